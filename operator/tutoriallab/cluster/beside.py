"""The operator as a process beside the learner: started, found again, ended; called by up.py and down.py.

It has the rights of its own ServiceAccount, never the learner's. `in_cluster.py` is the other place for it.
"""

import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

import tutoriallab
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.install import install
from tutoriallab.cluster.processes import alive, marked, start_process, stop_process
from tutoriallab.cluster.progress import Progress
from tutoriallab.settings import InvalidSetting, Settings

OPERATOR = "operator"
#: Seconds from the operator's start until it watches.
READY_WITHIN = 30.0
_PAUSE = 0.05


def operate(
    kubectl: list[str], folder: Path, environment: Mapping[str, str], settings: Settings, progress: Progress
) -> Literal["started", "found"]:
    """CRD and rights are installed, the operator runs and watches; raises ClusterError with the way out."""
    progress.step("Installing the CRD and the operator's rights", 0, 0)
    credentials = install(kubectl, folder, outside=settings.allow_outside, extra_kinds=settings.extra_kinds)
    wanted = _environment(folder, credentials, environment)
    if _watches(folder) and _is_set(folder, wanted):
        return "found"
    progress.step("Starting the operator", 0, 0)
    # Whatever runs is set otherwise, or does not watch: it is stuck, or strayed from a run that was killed here.
    stop_operator(folder)
    start_process(OPERATOR, [sys.executable, "-m", "tutoriallab", "operator"], wanted, folder)
    _await_ready(folder)
    return "started"


def stop_operator(folder: Path) -> bool:
    """End the operator of the cluster with this folder, found or strayed; whether there was one."""
    stopped = stop_process(folder, OPERATOR)
    for pid in marked(_mark(folder)):
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
            stopped = True
    _ready_file(folder).unlink(missing_ok=True)
    return stopped


def pid(folder: Path) -> int | None:
    """The process that is the operator of the cluster with this folder; None when there is none."""
    return alive(folder, OPERATOR)


def _environment(folder: Path, credentials: Path, environment: Mapping[str, str]) -> dict[str, str]:
    # The process starts in another folder: a relative PYTHONPATH would not find the package again.
    source = str(Path(tutoriallab.__file__ or "").resolve().parent.parent)
    return {
        **environment,
        "KUBECONFIG": str(credentials),
        "TUTORIALLAB_READY_FILE": str(_ready_file(folder)),
        "PYTHONPATH": source,
    }


def _await_ready(folder: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    log = folder / f"{OPERATOR}.log"
    while not _watches(folder):
        if alive(folder, OPERATOR) is None:
            raise ClusterError(
                f"The operator ended at its start ({_last_words(log)}): see {log}, then run this again."
            )
        if time.monotonic() > deadline:
            raise ClusterError(
                f"The operator did not watch within {READY_WITHIN:.0f} s ({_last_words(log)}): "
                f"see {log}, then run this again."
            )
        time.sleep(_PAUSE)


def _watches(folder: Path) -> bool:
    """Whether the operator that lives now is the one that said that it watches."""
    pid = alive(folder, OPERATOR)
    with suppress(OSError, ValueError):
        return pid is not None and int(_ready_file(folder).read_text()) == pid
    return False


def _is_set(folder: Path, wanted: Mapping[str, str]) -> bool:
    """Whether the operator that lives now has these settings, by which its rights are installed."""
    pid = alive(folder, OPERATOR)
    with suppress(OSError, InvalidSetting):
        told = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="surrogateescape").split("\0")
        has = dict(one.split("=", 1) for one in told if "=" in one)
        return Settings.from_environment(has) == Settings.from_environment(wanted)
    return False


def _ready_file(folder: Path) -> Path:
    return folder / f"{OPERATOR}.ready"


def _mark(folder: Path) -> str:
    """Of the operator's environment: tells it where its pid was never recorded."""
    return f"TUTORIALLAB_READY_FILE={_ready_file(folder)}"


def _last_words(log: Path) -> str:
    with suppress(OSError):
        lines = log.read_text(errors="replace").strip().splitlines()
        return lines[-1][-300:] if lines else "it said nothing"
    return "it said nothing"
