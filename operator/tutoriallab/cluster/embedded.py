"""The embedded cluster: a real control plane as processes on loopback, workers simulated by kwok.

Called by the CLI's `up` and `down` and by the integration tests. `start` finds what is there, starts what is
stopped or half dead, makes anew what is broken; `stop` ends it, and removes it unless told otherwise.
"""

import json
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tutoriallab.cluster import components, credentials, heartbeats, kwokctl, workers
from tutoriallab.cluster.client import READY_WITHIN, Client
from tutoriallab.cluster.error import ClusterError, no_space, unwritable
from tutoriallab.cluster.kubectl import CACHE
from tutoriallab.cluster.lock import held
from tutoriallab.cluster.pins import EMBEDDED, ETCD, KUBERNETES, KWOK
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.ports import NOBODY, choose, holder, is_free
from tutoriallab.cluster.programs import find, obtain
from tutoriallab.cluster.progress import Progress

DEFAULT_NAME = "tutoriallab"
#: What such a cluster offers to labs, beside what every cluster does.
CAPABILITIES = ("NodePower",)
#: Bytes that a new cluster wants free; etcd preallocates 64 MB and grows with the labs.
SPACE = 500 * 1000 * 1000
_NAME = re.compile(r"[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?")
_ATTEMPTS = 3
_PORT_TAKEN = "address already in use"
_NO_SPACE = 50 * 1000 * 1000
_PORT_PATIENCE = 15.0
_HUNG_AFTER = 20.0
#: `configuration` counts the changes of kwokctl.configuration that a cluster made before does not have.
_VERSIONS = {"kubernetes": KUBERNETES, "etcd": ETCD, "kwok": KWOK, "configuration": 2}

State = Literal["absent", "stopped", "broken", "running"]


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs and is ready."""

    name: str
    context: str
    kubeconfig: Path
    """The administrator's, with certificates inside; in the cache, mode 0600."""
    kubectl: Path
    came: Literal["created", "started", "found"]
    tools: tuple[Path, ...] = ()
    """Further programs that labs on it have learners type."""


@dataclass(frozen=True)
class Status:
    """What is there of a cluster, without changing anything."""

    name: str
    state: State
    text: str
    processes: Mapping[str, int]


def context_name(name: str) -> str:
    """The context's name in the user's kubeconfig."""
    return DEFAULT_NAME if name == DEFAULT_NAME else f"{DEFAULT_NAME}-{name}"


def start(name: str, places: Places, progress: Progress, port: int = 0) -> Cluster:
    """Bring a cluster up and wait until its workers are Ready; raises ClusterError with the way out.

    `port` is wanted for the API server of a cluster that does not exist yet; 0 takes any free one.
    """
    _check(name, places)
    with held(places.cache / "clusters.lock", progress):
        kubectl = find("kubectl", places).found
        if kubectl and _healthy(name, places, kubectl.path):
            return _cluster(name, places, kubectl.path, "found")
        programs = obtain(EMBEDDED, places, progress)
        try:
            came = _bring_up(name, places, programs, progress, port)
        except OSError as failure:
            raise unwritable(places.cache, failure) from failure
        return _cluster(name, places, programs["kubectl"], came)


def stop(name: str, places: Places, progress: Progress, *, delete: bool = True) -> None:
    """End a cluster's processes; with `delete` also remove its data. Nothing there: nothing done."""
    _check(name, places)
    with held(places.cache / "clusters.lock", progress):
        progress.step(f"Stopping cluster {name}", 0, 0)
        if delete:
            _remove(name, places)
        else:
            components.stop(places.kwok_cluster(name), patience=5.0)


def status(name: str, places: Places) -> Status:
    """What is there of a cluster; never raises for a broken one."""
    folder = places.kwok_cluster(name)
    alive = components.running(folder)
    if not folder.exists() and not alive:
        return Status(name, "absent", "does not exist", alive)
    missing = [component for component in components.COMPONENTS if component not in alive]
    if len(missing) == len(components.COMPONENTS):
        return Status(name, "stopped", "is stopped", alive)
    if missing:
        return Status(name, "broken", f"runs without {', '.join(missing)}", alive)
    return Status(name, "running", "runs", alive)


def names(places: Places) -> list[str]:
    """The clusters that exist in the cache, running or not."""
    folder = places.kwok_folder / "clusters"
    return sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []


def version(name: str, places: Places) -> str:
    """The version of Kubernetes that a cluster was made with; empty when that is not known."""
    try:
        kept = json.loads((places.cluster_folder(name) / "cluster.json").read_text())
        return str(kept["kubernetes"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def require_space(folder: Path, wanted: int) -> None:
    """Raise ClusterError unless `wanted` bytes are free where `folder` lies."""
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < wanted:
        raise no_space(folder)


def _check(name: str, places: Places) -> None:
    if places.system != "linux":
        raise ClusterError(
            f"The embedded cluster runs on Linux, this is {places.system}: "
            "use a cluster that you have, with `tutoriallab up --context NAME`."
        )
    check_name(name)


def check_name(name: str) -> None:
    """Raise ClusterError unless a cluster can have this name; for kind clusters, too."""
    if not _NAME.fullmatch(name):
        raise ClusterError(
            f"{name!r} cannot name a cluster: take up to 40 lower-case letters, digits and hyphens, "
            "no hyphen at an end."
        )


def _healthy(name: str, places: Places, kubectl: Path) -> bool:
    """All components live, the API server answers, every worker is Ready; one kubectl call, about 0.1 s."""
    if status(name, places).state != "running" or _stale(name, places):
        return False
    return set(workers.WORKERS) <= _client(name, places, kubectl).ready_workers()


def _bring_up(
    name: str, places: Places, programs: Mapping[str, Path], progress: Progress, port: int
) -> Literal["created", "started"]:
    if places.kwok_cluster(name).exists() or components.running(places.kwok_cluster(name)):
        reason = _stale(name, places)
        if not reason:
            try:
                return _restart(name, places, programs, progress)
            except kwokctl.KwokctlError as failure:
                reason = f"could not be started ({failure})"
                if _disk_is_full(name, places):
                    raise no_space(places.cache) from failure
        progress.note(f"Cluster {name} {reason}: it is made anew, without the labs that were in it.")
        _remove(name, places)
    _create(name, places, programs, progress, port)
    return "created"


def _stale(name: str, places: Places) -> str:
    """Why the data of a cluster cannot be used, as the end of a sentence; empty if they can."""
    try:
        kept = json.loads((places.cluster_folder(name) / "cluster.json").read_text())
        kwokctl.settings_of(places.kwok_cluster(name))
    except (OSError, ValueError):
        return "was not finished"
    return "" if kept == _VERSIONS else "was made by another version of tutoriallab"


def _restart(
    name: str, places: Places, programs: Mapping[str, Path], progress: Progress
) -> Literal["started"]:
    folder = places.kwok_cluster(name)
    alive = components.running(folder)
    for component in kwokctl.settings_of(folder)["components"]:
        for port in component.get("ports", []) if component["name"] not in alive else []:
            _require_port(port["port"], f"{component['name']} of cluster {name}", name)
    progress.step(f"Starting cluster {name}", 0, 0)
    if len(alive) == len(components.COMPONENTS):
        try:
            _settle(name, places, programs["kubectl"], _HUNG_AFTER)
        except kwokctl.KwokctlError:
            # They live but do not answer: begin anew with the same data.
            components.stop(folder, patience=2.0)
        else:
            return "started"
    kwokctl.start(name, places, programs)
    _settle(name, places, programs["kubectl"])
    return "started"


def _create(name: str, places: Places, programs: Mapping[str, Path], progress: Progress, port: int) -> None:
    if port:
        _require_port(port, "the API server", name)
    require_space(places.cache, SPACE)
    progress.step(f"Making cluster {name}", 0, 0)
    for attempts_left in reversed(range(_ATTEMPTS)):
        try:
            _create_once(name, places, programs, port)
        except kwokctl.KwokctlError as failure:
            components.stop(places.kwok_cluster(name), patience=0)
            # The ports were free a second ago: another program came between.
            if _PORT_TAKEN in str(failure) and attempts_left:
                _remove(name, places)
                continue
            raise _not_up(name, places, failure) from failure
        return


def _create_once(name: str, places: Places, programs: Mapping[str, Path], port: int) -> None:
    home = places.cluster_folder(name)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    taken = {one for other in names(places) for one in kwokctl.ports_of(places.kwok_cluster(other))}
    chosen = choose(len(kwokctl.PORTS), taken | {port})
    if len(chosen) < len(kwokctl.PORTS):
        raise ClusterError("No free ports on 127.0.0.1: end programs that listen on many and run this again.")
    kwokctl.create(name, places, programs, [port or chosen[0], *chosen[1:]])
    credentials.write(places.kwok_cluster(name), context_name(name), _kubeconfig(name, places))
    _settle(name, places, programs["kubectl"])
    # Written last: a cluster without it was interrupted while it was made.
    (home / "cluster.json").write_text(json.dumps(_VERSIONS))


def _not_up(name: str, places: Places, failure: Exception) -> ClusterError:
    if _disk_is_full(name, places):
        return no_space(places.cache)
    logs = places.kwok_cluster(name) / "logs"
    return ClusterError(
        f"Cluster {name} did not come up: {failure}. See {logs}, then run the same command again."
    )


def _disk_is_full(name: str, places: Places) -> bool:
    # etcd may end by a signal there (its file is mapped), without a word about the disk.
    words = components.any_says(places.kwok_cluster(name), "no space left on device")
    return words or shutil.disk_usage(places.cache).free < _NO_SPACE


def _require_port(port: int, purpose: str, name: str) -> None:
    deadline = time.monotonic() + _PORT_PATIENCE
    while not is_free(port):
        # A process that was just killed keeps its ports for a moment, and has no name any more.
        if time.monotonic() < deadline and holder(port) == NOBODY:
            time.sleep(0.05)
            continue
        raise ClusterError(
            f"Port {port}, wanted for {purpose}, is taken by {holder(port)}: end that, "
            f"or run `tutoriallab down --name {name}` and then `up` again to get other ports."
        )


def _remove(name: str, places: Places) -> None:
    folder = places.kwok_cluster(name)
    components.stop(folder, patience=0)
    shutil.rmtree(folder, ignore_errors=True)
    home = places.cluster_folder(name)
    for file in ("cluster.json", "kubeconfig", "kwokctl.yaml", "kwokctl.log"):
        (home / file).unlink(missing_ok=True)
    shutil.rmtree(home / CACHE, ignore_errors=True)
    if home.is_dir() and not any(home.iterdir()):
        home.rmdir()


def _kubeconfig(name: str, places: Places) -> Path:
    return places.cluster_folder(name) / "kubeconfig"


def _client(name: str, places: Places, kubectl: Path) -> Client:
    return Client(kubectl, _kubeconfig(name, places))


def _settle(name: str, places: Places, kubectl: Path, within: float = READY_WITHIN) -> None:
    """Wait until the API server answers and the workers are Ready; raises KwokctlError when a component ends."""
    folder, deadline = places.kwok_cluster(name), time.monotonic() + within

    def still_up() -> None:
        if dead := components.ended(folder):
            raise kwokctl.KwokctlError(f"{dead[0]} ended: {components.last_words(folder, dead[0])}")
        if time.monotonic() > deadline:
            raise kwokctl.KwokctlError(f"it was not ready within {within:.0f} s")

    client = _client(name, places, kubectl)
    while not client.answers():
        still_up()
        time.sleep(0.1)
    try:
        for node in heartbeats.stopped(client):
            heartbeats.resume(client, node)
    except ClusterError as failure:
        raise kwokctl.KwokctlError(str(failure)) from failure
    client.make_workers(still_up)


def _cluster(
    name: str, places: Places, kubectl: Path, came: Literal["created", "started", "found"]
) -> Cluster:
    return Cluster(name, context_name(name), _kubeconfig(name, places), kubectl, came)
