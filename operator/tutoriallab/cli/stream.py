"""A lab's changes as they happen, from `kubectl get -w`; called by `watch`, and by whatever waits for a lab.

kubectl ends its watch when the connection does: it is started again, ever more slowly while nothing answers.
"""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.refusal import Unreachable, refusal
from tutoriallab.status.seen import Seen, read

#: Seconds between the starts of watches: at first, and at most.
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
#: How often a quiet stream says that time passes, in seconds.
TICK = 1.0
#: Seconds after which a watch that has not even told the lab as it is counts as a watch of nothing.
SILENCE = 3.0
#: Seconds for kubectl to end once it has said its last.
_ENDS_WITHIN = 2.0


@dataclass(frozen=True)
class Happened:
    """What came: the lab as it is now, its end, time passing, or the connection going and coming back."""

    kind: Literal["lab", "gone", "tick", "lost"]
    lab: Seen | None = None
    text: str = ""


def follow(
    kubectl: Kubectl, name: str, namespace: str, tick: float = TICK
) -> Generator[Happened, None, None]:
    """The lab now and at every change, something at least every `tick` seconds; ends with `gone`.

    Raises CliError for what no waiting repairs (no such context, no rights).
    """
    pause = FIRST_PAUSE
    while True:
        begun, silent, failure = time.monotonic(), True, None
        with _watching(kubectl, name, namespace) as watch:
            for happened in watch.events(tick):
                yield happened
                if happened.kind == "gone":
                    return
                silent = silent and happened.kind != "lab"
                if silent and time.monotonic() - begun > SILENCE:
                    break
            else:
                failure = watch.failure(kubectl.context)
        if failure is not None and not isinstance(failure, Unreachable):
            raise failure
        if failure is not None:
            yield Happened("lost", text=str(failure))
        pause = FIRST_PAUSE if time.monotonic() - begun > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        time.sleep(pause)
        if _is_gone(kubectl, name, namespace):
            yield Happened("gone")
            return


def _is_gone(kubectl: Kubectl, name: str, namespace: str) -> bool:
    """Whether the lab was deleted while nobody watched: a watch of nothing is silent."""
    try:
        return kubectl.find_one(LABS, name, namespace) is None
    except Unreachable:
        return False


def documents(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The JSON documents of kubectl's stream: one a line, or pretty-printed, so that each ends with a line `}`."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        whole = len(held) == 1 and line.rstrip().endswith("}")
        if whole or line.rstrip() == "}":
            yield json.loads("".join(held))
            held = []


class _Watch:
    """kubectl while it watches, and the thread that reads it, so that time can pass while nothing comes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._arrived: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def events(self, tick: float) -> Iterator[Happened]:
        """What comes until kubectl ends, with ticks."""
        while True:
            try:
                event = self._arrived.get(timeout=tick)
            except queue.Empty:
                yield Happened("tick")
                continue
            if event is None:
                return
            if event["type"] == "DELETED":
                yield Happened("gone")
                return
            if event["type"] in {"ADDED", "MODIFIED"}:
                yield Happened("lab", read(event["object"]))

    def failure(self, context: str) -> CliError | None:
        """Why kubectl ended; None for a watch that simply ran out."""
        try:
            code = self._process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            # It said something that is no document, and goes on: begin anew.
            return None
        stderr = self._process.stderr.read() if self._process.stderr else ""
        return refusal(stderr, context) if code != 0 and stderr else None

    def close(self) -> None:
        """End kubectl and the thread."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe:
                pipe.close()

    def _read(self) -> None:
        # A document that is cut in its middle is no document: kubectl was ended, by us or by the connection.
        with suppress(ValueError):
            for document in documents(iter(self._process.stdout or ())):
                self._arrived.put(document)
        self._arrived.put(None)


@contextmanager
def _watching(kubectl: Kubectl, name: str, namespace: str) -> Iterator[_Watch]:
    watch = _Watch(kubectl.start_watch(name, namespace))
    try:
        yield watch
    finally:
        watch.close()
