"""Two runs that get programs or start a cluster take turns; called by programs.py and embedded.py.

A kernel lock (flock) ends with its process, however it ends: nothing is left to clean up after a SIGKILL.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutoriallab.cluster.error import ClusterError, unwritable
from tutoriallab.cluster.progress import Progress


@contextmanager
def held(file: Path, progress: Progress, timeout: float = 900.0) -> Iterator[None]:
    """Hold the lock on `file`; waits `timeout` seconds at most, then raises ClusterError."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as failure:
        raise unwritable(file.parent, failure) from failure
    try:
        _wait(handle, file, progress, timeout)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, file: Path, progress: Progress, timeout: float) -> None:
    begun, told = time.monotonic(), -1
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - begun
            if waited > timeout:
                raise ClusterError(
                    f"Another tutoriallab has held {file} for {timeout:.0f} s: end it and run this again."
                ) from None
            if int(waited) > told:
                told = int(waited)
                progress.step(f"Waiting for another tutoriallab on this machine: {told} s", 0, 0)
            time.sleep(0.1)
        else:
            return
