"""When the API server collects its garbage: from the lines that Go's `gctrace` leaves in its log. Used by D and I.

A collection takes it two to three seconds of half a core, of two that are busy, and whoever writes meanwhile waits.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.machine import started

#: What makes Go leave a line for each collection; for the environment of a cluster.
TRACE = "gctrace=1"
#: Seconds after a collection in which what it has heaped up is worked off.
AFTER = 1.0
#: `gc 54 @252.991s 4%: 4.1+1936+0.049 ms clock, …`: seconds from the process's start, milliseconds of each phase.
_LINE = re.compile(r"^gc \d+ @([\d.]+)s \d+%: ([\d.]+)\+([\d.]+)\+([\d.]+) ms clock")

Interval = tuple[float, float]


def collections(log: Path, pid: int) -> list[Interval]:
    """Beginning and end (time.monotonic) of each collection of this process, which writes this log."""
    return parsed(log.read_text(encoding="utf-8", errors="replace").splitlines(), started(pid))


def parsed(lines: Iterable[str], started: float) -> list[Interval]:
    """Beginning and end of each collection in these lines of a log, of a process that was started then. Pure."""
    found = []
    for traced in filter(None, map(_LINE.match, lines)):
        begins = started + float(traced[1])
        found.append((begins, begins + sum(map(float, traced.groups()[1:])) / 1000))
    return found


def between(measured: Iterable[Interval], collected: Sequence[Interval]) -> list[float]:
    """How long those took that no collection fell into, nor the second after one. Pure.

    `measured`: when something began and how long it took, in seconds.
    """
    return [
        took
        for at, took in measured
        if not any(begins <= at + took and at <= ends + AFTER for begins, ends in collected)
    ]
