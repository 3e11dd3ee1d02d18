"""Background processes such as the operator: started detached, found again, ended; called by up and down.

A pid alone proves nothing, as pids come round again: the process's start time is kept with it.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_PAUSE = 0.02


@contextmanager
def ends_with_us(process: "subprocess.Popen[Any]") -> Iterator[None]:
    """Meanwhile whatever ends us, Ctrl-C too, kills the program: `with Popen` alone would wait for its end."""
    try:
        yield
    except BaseException:
        process.kill()
        raise


def start_process(name: str, argv: Sequence[str], env: Mapping[str, str], folder: Path) -> int:
    """Start a program detached from this terminal; its output goes to `folder`/NAME.log. Returns its pid.

    One that runs already is left alone and its pid returned. Raises OSError if the program cannot be started.
    """
    running = alive(folder, name)
    if running is not None:
        return running
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            list(argv),
            env=dict(env),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    # Not ours to wait for: it outlives us. Without this the interpreter warns that it still runs.
    process.returncode = 0
    part = folder / f"{name}.pid.part"
    part.write_text(json.dumps({"pid": process.pid, "started": _start_time(process.pid)}))
    part.replace(_file(folder, name))
    return process.pid


def stop_process(folder: Path, name: str, patience: float = 10.0) -> bool:
    """End a process: SIGTERM, and SIGKILL after `patience` seconds. Returns whether one was running."""
    pid = alive(folder, name)
    if pid is not None:
        _end(folder, name, pid, patience)
    _file(folder, name).unlink(missing_ok=True)
    return pid is not None


def alive(folder: Path, name: str) -> int | None:
    """The pid of the process that `start_process` started, if it still lives."""
    try:
        kept = json.loads(_file(folder, name).read_text())
        pid, started = int(kept["pid"]), kept["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pid if started and _start_time(pid) == started else None


def marked(variable: str) -> Iterator[int]:
    """The processes that have this NAME=VALUE in their environment: those of a run that was killed, as a rule."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if variable.encode() in (process / "environ").read_bytes().split(b"\0"):
                yield int(process.name)


def _end(folder: Path, name: str, pid: int, patience: float) -> None:
    deadline = time.monotonic() + patience
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
        while alive(folder, name) == pid and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        if alive(folder, name) == pid:
            os.kill(pid, signal.SIGKILL)
        while alive(folder, name) == pid:
            time.sleep(_PAUSE)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.pid"


def _start_time(pid: int) -> str:
    """Boot, and clock ticks from it to a process's start; empty if it is gone or a zombie."""
    with suppress(OSError, IndexError):
        # The name in parentheses may hold spaces: count from its end.
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return "" if words[0] in "ZX" else f"{boot} {words[19]}"
    return ""
