"""A kind cluster: real kubelets in containers of the engine, a control plane and three workers.

Called by `up` and `down`. `start` finds what is there, starts what is stopped, makes anew what was interrupted;
what somebody else made is never touched. What is ours is told by a record in the cache, written before kind is called.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tutoriallab.cluster import dns, lab_images
from tutoriallab.cluster.client import Client
from tutoriallab.cluster.embedded import Cluster, Status, check_name, context_name
from tutoriallab.cluster.engine import LABEL, Engine, NoEngine, find_engine, last_line
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.k8s_version import of_image
from tutoriallab.cluster.kind_config import ALLOCATABLE, LEAST_MEMORY, configuration, nodes
from tutoriallab.cluster.kubectl import CACHE
from tutoriallab.cluster.lock import held
from tutoriallab.cluster.node_image import ANY_NODE, NodeImage, NodeWish, node_image
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.processes import ends_with_us
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Progress

#: What such a cluster offers to labs, beside what every cluster does.
CAPABILITIES = ("Containers", "DynamicVolumes", "ImageLoad", "NodePower")
#: Seconds from kind's end, or from the start of stopped nodes, to nodes that are Ready and resolve names.
READY_WITHIN = 180.0
#: Seconds for what is left of an interrupted run to go.
REMOVED_WITHIN = 60.0
#: Bytes that a new cluster wants free where the engine keeps its images.
SPACE = 5 * 1000**3
_RECORD = "kind.json"
_LOG = "kind.log"
_PAUSE = 0.3
_QUIET = 2.0
#: With the usual limit of 128 the third cluster of a machine gets none.
_ENDED = (
    "its nodes ended at their start, as a rule because the machine has no inotify instances left: remove other "
    "clusters, or `sudo sysctl fs.inotify.max_user_instances=512`"
)


class NoRoom(ClusterError):
    """The engine has too little memory or disk for a kind cluster; an embedded one needs far less."""


@dataclass(frozen=True)
class _Record:
    """What is known of a cluster of ours."""

    image: str
    state: Literal["creating", "made"] = "creating"
    engine: str = ""
    """Whose containers its nodes are; another engine would know of none. Empty: whichever answers."""


def start(name: str, places: Places, progress: Progress, wish: NodeWish = ANY_NODE) -> Cluster:
    """Bring a cluster up, wait until its nodes are Ready and resolve names; raises ClusterError with the way out."""
    check_name(name)
    with held(places.cache / "clusters.lock", progress):
        engine, record = engine_of(name, places), _read(name, places)
        there = engine.nodes(name)
        if there and record is None:
            raise ClusterError(
                f"There is a kind cluster {name} that tutoriallab did not make: take another name "
                f"(--name NAME), work on it (tutoriallab up --context kind-{name}), or remove it "
                f"(kind delete cluster --name {name})."
            )
        programs = obtain(("kubectl", "kind"), places, progress)
        came: Literal["created", "started", "found"] = "created"
        if there and record and record.state == "made" and set(there) == set(nodes(name)):
            came = _go_on(name, places, engine, programs["kubectl"], progress)
        else:
            if record:
                why = "was not finished" if record.state == "creating" else "has lost nodes"
                progress.note(f"Cluster {name} {why}: it is made anew, without the labs that were in it.")
                _remove(name, places, engine)
            _create(name, places, engine, (programs["kind"], programs["kubectl"], wish), progress)
        tools = (programs["kind"],)
        return Cluster(name, context_name(name), _kubeconfig(name, places), programs["kubectl"], came, tools)


def stop(name: str, places: Places, progress: Progress) -> None:
    """Remove a cluster of ours with all that is in it; raises NoEngine when its engine does not answer."""
    with held(places.cache / "clusters.lock", progress):
        if is_ours(name, places):
            progress.step(f"Removing cluster {name}", 0, 0)
            _remove(name, places, engine_of(name, places))


def is_ours(name: str, places: Places) -> bool:
    """Whether `up` has made, or begun, a kind cluster of this name."""
    return _read(name, places) is not None


def names(places: Places) -> list[str]:
    """The kind clusters that `up` has made."""
    return sorted(file.parent.name for file in (places.cache / "clusters").glob(f"*/{_RECORD}"))


def engine_of(name: str, places: Places) -> Engine:
    """The engine that a cluster of ours was made with, else the first that answers; raises NoEngine."""
    record = _read(name, places)
    try:
        return find_engine(places, record.engine if record else "")
    except NoEngine as failure:
        if record and record.engine:
            text = f"Cluster {name} was made with {record.engine}. {failure}"
            raise NoEngine(text, installed=failure.installed) from None
        raise


def version(name: str, places: Places) -> str:
    """The version of Kubernetes that a cluster of ours has; empty when that is not known."""
    record = _read(name, places)
    return of_image(record.image) if record else ""


def status(name: str, places: Places, engine: Engine) -> Status:
    """What is there of a cluster, without changing anything."""
    there, record = engine.nodes(name), _read(name, places)
    stopped = [node for node, runs in there.items() if not runs]
    if record is None:
        return Status(name, "absent", "does not exist", {})
    if record.state != "made" or set(there) != set(nodes(name)):
        return Status(name, "broken", "was not finished", {})
    if stopped:
        return Status(name, "stopped", f"has stopped nodes: {', '.join(sorted(stopped))}", {})
    return Status(name, "running", f"runs in {engine.name}", {})


def _go_on(
    name: str, places: Places, engine: Engine, kubectl: Path, progress: Progress
) -> Literal["started", "found"]:
    stopped = sorted(node for node, runs in engine.nodes(name).items() if not runs)
    if stopped:
        progress.step(f"Starting cluster {name}", 0, 0)
        engine.start(stopped)
    _settle(name, places, engine, kubectl, progress)
    return "started" if stopped else "found"


def _create(
    name: str, places: Places, engine: Engine, given: tuple[Path, Path, NodeWish], progress: Progress
) -> None:
    kind, kubectl, wish = given
    _require_room(engine, progress)
    image = node_image(engine, wish, places, progress)
    home = places.cluster_folder(name)
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    (home / "kind.yaml").write_text(configuration(name, engine.memory))
    _write(name, places, _Record(image.name, engine=engine.name))
    try:
        _run_kind(kind, name, image, engine, home, progress)
    except ClusterError:
        _remove(name, places, engine)
        raise
    (home / "kubeconfig").chmod(0o600)
    _settle(name, places, engine, kubectl, progress)
    if not image.offline:
        lab_images.bring(engine, kind, name, dict(os.environ), progress)
    _write(name, places, _Record(image.name, "made", engine.name))


def _require_room(engine: Engine, progress: Progress) -> None:
    has = engine.memory / 1024**3
    if engine.memory < LEAST_MEMORY:
        raise NoRoom(
            f"{engine.name} has {has:.1f} GiB of memory, a kind cluster needs {LEAST_MEMORY / 1024**3:.0f}: give it "
            "more, or run `tutoriallab up --provider embedded`."
        )
    if engine.memory < ALLOCATABLE:
        progress.note(f"Workers offer {has:.1f} GiB of memory instead of 8: {engine.name} has no more.")
    with suppress(OSError):
        # Elsewhere the engine runs on a virtual machine of its own, whose disk cannot be seen.
        if engine.root and shutil.disk_usage(engine.root).free < SPACE:
            raise NoRoom(
                f"The disk of {engine.root} has less than {SPACE // 1000**3} GB left, which a kind cluster needs: free "
                "some (`docker system prune` removes what is unused), and run this again."
            )


def _run_kind(
    kind: Path, name: str, image: NodeImage, engine: Engine, home: Path, progress: Progress
) -> None:
    command = [str(kind), "create", "cluster", "--name", name, "--image", image.name]
    command += ["--config", str(home / "kind.yaml"), "--kubeconfig", str(home / "kubeconfig")]
    said: list[str] = []
    with (
        (home / _LOG).open("w") as log,
        subprocess.Popen(
            command,
            env=engine.environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101
        with ends_with_us(process):
            for line in process.stdout:
                log.write(line)
                said.append(line.strip())
                if doing := under_way(line):
                    progress.step(f"Making cluster {name}: {doing}", 0, 0)
    if process.returncode != 0:
        raise ClusterError(
            f"kind cannot make cluster {name} ({reason(said)}): see {home / _LOG}, then run this again."
        )


def under_way(line: str) -> str:
    """What kind says that it does now, without its pictures; empty for any other line."""
    found = re.match(r"\s*•\s*(.+)", line)
    return re.sub(r"[^\x20-\x7e]", "", found[1]).strip(" .").lower() if found else ""


def reason(lines: Sequence[str]) -> str:
    """Why kind failed: the engine's own error, kind's line with ERROR (a stack may follow), else its last."""
    if any(line.endswith("is not running") for line in lines):
        return _ENDED
    # kind quotes the whole command that failed before what the engine said to it.
    engines = [
        found[1]
        for line in lines
        if (found := re.search(r"(?:^|: )Error(?: response from \w+)?: (.+)", line))
    ]
    if engines and any("failed with error" in line for line in lines):
        return engines[-1][:300]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR:")]
    return errors[0][:300] if errors else last_line("\n".join(lines))


def _settle(name: str, places: Places, engine: Engine, kubectl: Path, progress: Progress) -> None:
    """Wait for the API server, for Ready nodes, and for names that resolve on each; tells what it waits for."""
    client = Client(kubectl, _kubeconfig(name, places))
    deadline = time.monotonic() + READY_WITHIN

    def wait(missing: Callable[[], str]) -> None:
        while what := missing():
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"Cluster {name} is not ready after {READY_WITHIN:.0f} s, {what}: see `{engine.name} logs` of its "
                    f"nodes, or make it anew (tutoriallab down --name {name}, then up)."
                )
            progress.step(f"Waiting for cluster {name}: {what}", 0, 0)
            time.sleep(_PAUSE)

    wait(lambda: "" if client.answers() else "the API server does not answer")
    wait(lambda: _listed("not Ready", set(nodes(name)) - client.ready_workers()))
    resolving: set[str] = set()
    wait(lambda: _listed("names do not resolve on", _mute(name, engine, client, resolving)))


def _listed(what: str, missing: set[str]) -> str:
    return f"{what}: {', '.join(sorted(missing))}" if missing else ""


def _mute(name: str, engine: Engine, client: Client, resolving: set[str]) -> set[str]:
    """Nodes on which the cluster's name service has not answered yet; those that heard it are kept in `resolving`."""
    service = client.run(
        "get", "service", "kube-dns", "-n", "kube-system", "-o", "jsonpath={.spec.clusterIP}"
    )
    left = set(nodes(name)) - resolving
    for node in sorted(left) if service.stdout else ():
        if dns.answered(engine.run("exec", node, *dns.command(service.stdout), timeout=10).stdout):
            resolving.add(node)
    return left - resolving


def _remove(name: str, places: Places, engine: Engine) -> None:
    home = places.cluster_folder(name)
    record = _read(name, places)
    unsettled = _end_strays(name, home) or (record is not None and record.state == "creating")
    engine.remove(sorted(engine.nodes(name)))
    deadline = time.monotonic() + REMOVED_WITHIN
    while unsettled:
        # What the engine had begun for a run that was killed may come to be only now.
        time.sleep(_QUIET)
        late = engine.nodes(name)
        if late and time.monotonic() > deadline:
            raise ClusterError(
                f"{engine.name} does not remove {', '.join(sorted(late))}: restart {engine.name}, and run this again."
            )
        engine.remove(sorted(late))
        unsettled = bool(late)
    # The log stays: a message may just have named it.
    for file in (_RECORD, "kind.yaml", "kubeconfig", "kubeconfig.lock"):
        (home / file).unlink(missing_ok=True)
    shutil.rmtree(home / CACHE, ignore_errors=True)
    if home.is_dir() and not any(home.iterdir()):
        home.rmdir()


def _end_strays(name: str, home: Path) -> bool:
    """End what a run that was killed left at work (kind, the engine's commands for nodes); whether there was some."""
    mine, nodes_of, found = str(home / "kubeconfig").encode(), f"{LABEL}={name}".encode(), False
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes().split(b"\0")
            if (mine in words and b"create" in words) or (nodes_of in words and b"run" in words):
                os.kill(int(process.name), signal.SIGKILL)
                found = True
    return found


def _read(name: str, places: Places) -> _Record | None:
    file = places.cluster_folder(name) / _RECORD
    try:
        return _Record(**json.loads(file.read_text()))
    except (ValueError, TypeError):
        # Cut off while it was written: then nothing was made of it.
        return _Record("")
    except OSError:
        return None


def _write(name: str, places: Places, record: _Record) -> None:
    file = places.cluster_folder(name) / _RECORD
    part = file.with_suffix(".part")
    part.write_text(json.dumps(asdict(record)))
    part.replace(file)


def _kubeconfig(name: str, places: Places) -> Path:
    return places.cluster_folder(name) / "kubeconfig"
