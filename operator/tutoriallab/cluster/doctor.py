"""What `tutoriallab doctor` finds: what would be used here, what is missing, and what to do about it.

It changes nothing and gets nothing. The CLI renders the findings as a table or as JSON.
"""

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tutoriallab.cluster import beside, embedded, kind, kubeconfig
from tutoriallab.cluster.build import BuildError, find_go
from tutoriallab.cluster.embedded import Status
from tutoriallab.cluster.engine import NoEngine, find_engine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.in_cluster import InCluster
from tutoriallab.cluster.kind_config import LEAST_MEMORY
from tutoriallab.cluster.kubeconfig_text import NotAKubeconfig, current, parse
from tutoriallab.cluster.kubectl import Access
from tutoriallab.cluster.kwokctl import PORTS
from tutoriallab.cluster.pins import PROGRAMS
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.ports import CHOICE, is_free
from tutoriallab.cluster.programs import find
from tutoriallab.cluster.progress import Silent
from tutoriallab.cluster.up import CONTEXT

#: Bytes: 500 MB of programs, as much for a build's work, and a cluster.
_SPACE = 2 * 1000 * 1000 * 1000
_SAMPLE = CHOICE[::600]
_FROM = {"setting": "named by you", "path": "from PATH", "cache": "from the cache"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `way` says what to do; empty if there is nothing to do."""

    name: str
    state: Literal["ok", "missing", "note"]
    text: str
    way: str = ""


def examine(places: Places, environment: Mapping[str, str]) -> list[Finding]:
    """Everything that `up` depends on, in the order in which it would be met; takes about half a second."""
    return [
        _system(places),
        _python(),
        *_programs(places),
        _go(places),
        _engine(places),
        _cache(places),
        _ports(),
        _kubeconfig(environment),
        *_clusters(places, environment),
        *_contexts(places, environment),
    ]


def _system(places: Places) -> Finding:
    text = f"{platform.system()} {platform.release()} on {places.architecture}"
    if places.system == "linux":
        return Finding("system", "ok", text)
    return Finding(
        "system", "missing", f"{text}: the embedded cluster needs Linux", "tutoriallab up --context NAME"
    )


def _python() -> Finding:
    # An older one could not have imported this module.
    return Finding("python", "ok", f"{platform.python_version()} at {sys.executable}")


def _programs(places: Places) -> Iterator[Finding]:
    for name in PROGRAMS:
        try:
            search = find(name, places)
        except ClusterError as failure:
            yield Finding(name, "missing", str(failure), "correct or remove the setting")
            continue
        passed = "".join(f" ({tried})" for tried in search.tried if "is needed" in tried)
        if search.found:
            yield Finding(name, "ok", f"{_FROM[search.found.origin]}: {search.found.path}{passed}")
        else:
            yield _would_get(name, places, passed)


def _would_get(name: str, places: Places, passed: str) -> Finding:
    program = PROGRAMS[name]
    ways = []
    if places.downloads:
        ways.append(f"downloaded from {places.sites[program.site]}")
    if places.builds and _has_go(places):
        ways.append("built with go")
    if not ways:
        return Finding(name, "missing", f"not found{passed}", "install go, or allow downloads")
    return Finding(
        name, "note", f"not here yet: will be {', or '.join(ways)}{passed}", "tutoriallab up gets it"
    )


def _has_go(places: Places) -> bool:
    try:
        find_go(places)
    except BuildError:
        return False
    return True


def _go(places: Places) -> Finding:
    try:
        return Finding("go", "ok", str(find_go(places)))
    except BuildError as failure:
        return Finding("go", "note", str(failure), "only needed where downloads cannot be had")


def _engine(places: Places) -> Finding:
    try:
        engine = find_engine(places)
    except NoEngine as failure:
        return Finding("container engine", "note", str(failure), "the embedded cluster needs none")
    text = f"{engine.name} answers, {engine.memory / 1024**3:.1f} GiB of memory: up makes kind clusters"
    if engine.memory < LEAST_MEMORY:
        return Finding("container engine", "note", f"{text} with {LEAST_MEMORY / 1024**3:.0f} GiB or more")
    return Finding("container engine", "ok", text)


def _cache(places: Places) -> Finding:
    folder = next(one for one in (places.cache, *places.cache.parents) if one.exists())
    if not os.access(folder, os.W_OK):
        return Finding("cache", "missing", f"{folder} cannot be written", "set TUTORIALLAB_CACHE")
    free = shutil.disk_usage(folder).free
    text = f"{places.cache}, {free / 1e9:.1f} GB free"
    if free < _SPACE:
        return Finding("cache", "missing", text, f"free {_SPACE / 1e9:.0f} GB or set TUTORIALLAB_CACHE")
    return Finding("cache", "ok", text)


def _ports() -> Finding:
    free = sum(is_free(port) for port in _SAMPLE)
    text = f"a cluster takes {len(PORTS)} on 127.0.0.1; {free} of {len(_SAMPLE)} that were tried are free"
    state: Literal["ok", "missing"] = "ok" if free else "missing"
    return Finding("ports", state, text, "" if free else "end programs that listen on many ports")


def _kubeconfig(environment: Mapping[str, str]) -> Finding:
    file = kubeconfig.target(environment)
    try:
        name = current(parse(file.read_text()))
    except FileNotFoundError:
        return Finding("kubeconfig", "note", f"{file} does not exist: up makes it, down removes it")
    except (OSError, NotAKubeconfig, UnicodeDecodeError) as failure:
        return Finding("kubeconfig", "missing", f"{file}: {failure}", "repair it or set KUBECONFIG")
    if not os.access(_nearest(file), os.W_OK):
        return Finding("kubeconfig", "missing", f"{file} cannot be replaced", "set KUBECONFIG")
    return Finding("kubeconfig", "ok", f"{file}, current context {name or 'none'}")


def _nearest(file: Path) -> Path:
    return next(one for one in file.parents if one.exists())


def _clusters(places: Places, environment: Mapping[str, str]) -> Iterator[Finding]:
    for name in embedded.names(places):
        yield _cluster(name, embedded.status(name, places), places, environment)
    for name in kind.names(places):
        try:
            status = kind.status(name, places, kind.engine_of(name, places))
        except ClusterError as failure:
            yield Finding(f"cluster {name}", "missing", str(failure), "start the engine")
            continue
        yield _cluster(name, status, places, environment)


def _cluster(name: str, status: Status, places: Places, environment: Mapping[str, str]) -> Finding:
    way = f"tutoriallab up --name {name}"
    if status.state != "running":
        return Finding(f"cluster {name}", "missing" if status.state == "broken" else "ok", status.text, way)
    folder = places.cluster_folder(name)
    operator = _operator(folder, places, environment, kubeconfig=folder / "kubeconfig")
    return Finding(f"cluster {name}", "ok", f"{status.text}, {operator}")


def _contexts(places: Places, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Clusters of the user's own that `up` was called for."""
    for file in sorted((places.cache / "contexts").glob(f"*/{CONTEXT}")):
        context = file.read_text()
        operator = _operator(file.parent, places, environment, context=context)
        yield Finding(f"context {context}", "ok", operator)


def _operator(
    folder: Path,
    places: Places,
    environment: Mapping[str, str],
    *,
    kubeconfig: Path | None = None,
    context: str = "",
) -> str:
    """Where the operator of a cluster runs."""
    if pid := beside.pid(folder):
        return f"its operator runs beside it (process {pid})"
    program = find("kubectl", places).found
    if program is None:
        return "no operator runs beside it"
    cluster = InCluster(Access(program.path, kubeconfig, context), folder, places, environment, Silent())
    try:
        there = cluster.find()
    except ClusterError:
        return "no operator runs beside it, and it does not say whether one runs in it"
    return f"its operator runs in it, {there.text}" if there else "no operator runs"
