"""The processes of one embedded cluster, told by their command line; called by embedded.py and kwokctl.py.

kwokctl believes its pid files, so after a restart of the machine it would take (and kill) a stranger that got
an old pid. A component's first argument lies in its cluster's own bin folder: that is what counts here.
"""

import os
import re
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

COMPONENTS = ("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok-controller")
_PAUSE = 0.02
_TAIL, _LONGEST = 60, 300
_TELLING = re.compile(r"\b(error|fatal|panic|failed|fault|bad)\b|\berr=", re.IGNORECASE)
_STACK = re.compile(r"^\s|^goroutine |\(0x|\(\.\.\.\)")
#: The cause in a line of klog (err="…") or of JSON ("err":"…", "error":"…").
_CAUSE = re.compile(r'(?:\berr=|"err(?:or)?": ?)"((?:[^"\\]|\\.)+)"')


def running(folder: Path) -> dict[str, int]:
    """Component to process id, for those components of the cluster in this kwok folder that live now."""
    own = f"{folder / 'bin'}/"
    found: dict[str, int] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            program = (process / "cmdline").read_bytes().split(b"\0", 1)[0].decode(errors="replace")
            if program.startswith(own):
                found[program.removeprefix(own)] = int(process.name)
    return found


def ended(folder: Path) -> list[str]:
    """Components that were started and live no more, etcd before those that need it."""
    alive = running(folder)
    started = [name for name in COMPONENTS if (folder / "pids" / f"{name}.pid").exists()]
    return [name for name in started if name not in alive]


def forget_strangers(folder: Path) -> None:
    """Remove pid files of dead processes and of other programs, so that kwokctl starts what is missing."""
    alive = running(folder)
    for file in (folder / "pids").glob("*.pid"):
        with suppress(OSError, ValueError):
            if alive.get(file.stem) == int(file.read_text()):
                continue
        file.unlink(missing_ok=True)


def stop(folder: Path, patience: float) -> None:
    """End a cluster's processes, etcd last; what still lives after `patience` seconds (each) is killed."""
    others = [name for name in COMPONENTS if name != "etcd"]
    _end(folder, others, patience)
    _end(folder, ["etcd"], patience)


def last_words(folder: Path, component: str) -> str:
    """Why a component ended, as far as the end of its log tells; empty if it logged nothing."""
    lines = _tail(folder / "logs" / f"{component}.log")
    telling = [line for line in lines if _TELLING.search(line) and not _STACK.search(line)] or lines
    found = _CAUSE.search(telling[-1]) if telling else None
    return (found[1] if found else "".join(telling[-1:]))[:_LONGEST]


def any_says(folder: Path, words: str) -> bool:
    """Whether the end of any component's log has these words."""
    return any(words in line for file in (folder / "logs").glob("*.log") for line in _tail(file))


def _tail(log: Path) -> list[str]:
    with suppress(OSError):
        return log.read_text(errors="replace").strip().splitlines()[-_TAIL:]
    return []


def _end(folder: Path, names: Iterable[str], patience: float) -> None:
    deadline = time.monotonic() + patience
    wanted = signal.SIGTERM if patience > 0 else signal.SIGKILL
    while left := {name: pid for name, pid in running(folder).items() if name in names}:
        for pid in left.values():
            with suppress(ProcessLookupError):
                os.kill(pid, wanted)
        while _any_left(left.values()) and (wanted == signal.SIGKILL or time.monotonic() < deadline):
            time.sleep(_PAUSE)
        wanted = signal.SIGKILL


def _any_left(pids: Iterable[int]) -> bool:
    """Whether one of these still holds its files and ports: a dying process loses its command line first."""
    for pid in pids:
        with suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX":
                return True
    return False
