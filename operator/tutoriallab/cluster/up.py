"""Brings everything up: programs, cluster, context, rights, operator; each part is left alone when it is there.

Called by `cli/up.py`, which shows the progress and starts the first lab. Interrupted at any moment and called
again, it goes on: every part is found again by what it left, never by what a former run remembers.
"""

import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import tutoriallab
from tutoriallab.cluster import kubeconfig
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.install import install
from tutoriallab.cluster.lock import held
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.processes import alive, start_process, stop_process
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Progress
from tutoriallab.cluster.provider import ANY, Wish, start
from tutoriallab.lab.kinds import require_new
from tutoriallab.settings import InvalidSetting, Settings

OPERATOR = "operator"
#: Seconds from the operator's start until it watches.
READY_WITHIN = 30.0
_PAUSE = 0.05


@dataclass(frozen=True)
class Running:
    """What is up now, and how it came."""

    context: str
    kubectl: Path
    came: str
    """How the cluster came: created, started, found, or existing (the user's own)."""
    operator: str
    """started or found."""
    log: Path
    before: str = ""
    """The context that was current before; empty for none, or when it was not changed."""
    kubeconfig: Path | None = None
    """The file that got the context; None when it was not changed."""
    tools: tuple[Path, ...] = ()
    """Further programs that labs on it have learners type."""


def up(
    name: str,
    places: Places,
    environment: Mapping[str, str],
    progress: Progress,
    wish: Wish = ANY,
) -> Running:
    """Bring up the cluster of this name with its operator; raises ClusterError with the way out."""
    with held(places.cache / "up.lock", progress):
        cluster, capabilities = start(name, places, progress, wish)
        added = kubeconfig.add(name, places, environment)
        folder = places.cluster_folder(name)
        if cluster.came == "created":
            # An operator of a cluster that is gone speaks to nobody.
            stop_operator(folder)
        argv = [str(cluster.kubectl), "--kubeconfig", str(cluster.kubeconfig)]
        # A cluster of the learner's own: no one else is put at risk by privileged pods, or loses an object.
        own = {"TUTORIALLAB_ALLOW_PRIVILEGED": "true", "TUTORIALLAB_ALLOW_OUTSIDE": "true"}
        own["TUTORIALLAB_CAPABILITIES"] = ",".join(capabilities)
        operator = _operate(argv, folder, {**own, **environment}, progress)
        return Running(
            context=added.context,
            kubectl=cluster.kubectl,
            came=cluster.came,
            operator=operator,
            log=folder / f"{OPERATOR}.log",
            before=added.before,
            kubeconfig=added.file,
            tools=cluster.tools,
        )


def up_existing(context: str, places: Places, environment: Mapping[str, str], progress: Progress) -> Running:
    """Put the CRD and the operator's rights on a cluster that exists, and run the operator here."""
    with held(places.cache / "up.lock", progress):
        kubectl = obtain(["kubectl"], places, progress)["kubectl"]
        folder = existing_folder(context, places)
        operator = _operate([str(kubectl), f"--context={context}"], folder, environment, progress)
        return Running(context, kubectl, "existing", operator, folder / f"{OPERATOR}.log")


def existing_folder(context: str, places: Places) -> Path:
    """What is kept about a cluster of the user's own."""
    return places.cache / "contexts" / re.sub(r"[^A-Za-z0-9._-]", "_", context)


def stop_operator(folder: Path) -> bool:
    """End the operator of the cluster with this folder, found or strayed; whether there was one."""
    stopped = stop_process(folder, OPERATOR)
    for pid in _strays(folder):
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
            stopped = True
    _ready_file(folder).unlink(missing_ok=True)
    return stopped


def _operate(kubectl: list[str], folder: Path, environment: Mapping[str, str], progress: Progress) -> str:
    """The operator runs and watches: `found` or `started`."""
    progress.step("Installing the CRD and the operator's rights", 0, 0)
    try:
        settings = Settings.from_environment(environment)
        require_new(settings.extra_kinds)
    except InvalidSetting as error:
        raise ClusterError(f"{error}.") from None
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


def _strays(folder: Path) -> Iterator[int]:
    """Operators of this cluster whose pid was never recorded, told by their environment."""
    mark = f"TUTORIALLAB_READY_FILE={_ready_file(folder)}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (process / "environ").read_bytes().split(b"\0"):
                yield int(process.name)


def _last_words(log: Path) -> str:
    with suppress(OSError):
        lines = log.read_text(errors="replace").strip().splitlines()
        return lines[-1][-300:] if lines else "it said nothing"
    return "it said nothing"
