"""Finds or gets the programs of a cluster: named by the user, PATH, cache, download, build, in this order.

Called by embedded.py, doctor.py and the CLI. `find` only looks; `obtain` gets what is missing.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tutoriallab.cluster import build as builds
from tutoriallab.cluster import download as downloads
from tutoriallab.cluster.error import ClusterError, no_space, unwritable
from tutoriallab.cluster.lock import held
from tutoriallab.cluster.pins import PROGRAMS, Module, Program, parse_version, serves, wanted
from tutoriallab.cluster.places import Places, setting_name
from tutoriallab.cluster.progress import Progress

Origin = Literal["setting", "path", "cache", "download", "build"]
_ASK_TIMEOUT = 10.0


@dataclass(frozen=True)
class Found:
    """A program that is there, and how it came."""

    name: str
    path: Path
    origin: Origin


@dataclass
class Search:
    """What was tried for one program; `found` is None until something served."""

    program: Program
    found: Found | None = None
    tried: list[str] = field(default_factory=list)


def find(name: str, places: Places) -> Search:
    """Look for a program without getting it; raises ClusterError if the path that the user named is none."""
    search = Search(PROGRAMS[name])
    search.found = _named(search, places) or _on_path(search, places) or _cached(search, places)
    return search


def obtain(names: Iterable[str], places: Places, progress: Progress) -> dict[str, Path]:
    """Paths of these programs, got if need be; raises ClusterError that lists for each what was tried."""
    searches = [find(name, places) for name in names]
    if not all(search.found for search in searches):
        with held(places.cache / "programs.lock", progress):
            # Another run may have got them while we waited.
            searches = [find(search.program.name, places) for search in searches]
            _get([search for search in searches if search.found is None], places, progress)
    _refuse([search for search in searches if search.found is None])
    return {search.program.name: search.found.path for search in searches if search.found}


def version_of(program: Program, path: Path) -> tuple[int, int, int] | None:
    """The version that a program says of itself; None when it does not run or says none."""
    try:
        asked = subprocess.run(
            [str(path), *program.version_arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=_ASK_TIMEOUT,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return parse_version(asked.stdout + asked.stderr)


def _named(search: Search, places: Places) -> Found | None:
    path = places.programs.get(search.program.name)
    if path is None:
        return None
    if not (path.is_file() and os.access(path, os.X_OK)):
        raise ClusterError(
            f"{path}, named for {search.program.name}, is not a program: name another or none."
        )
    return Found(search.program.name, path.absolute(), "setting")


def _on_path(search: Search, places: Places) -> Found | None:
    program = search.program
    path = shutil.which(program.name, path=places.search_path)
    if path is None:
        search.tried.append("PATH: not there")
        return None
    version = version_of(program, Path(path))
    if version is not None and serves(program, version):
        return Found(program.name, Path(path).absolute(), "path")
    said = "of an unknown version" if version is None else "version " + ".".join(map(str, version))
    search.tried.append(f"PATH: {path} is {said}, {wanted(program)} is needed")
    return None


def _cached(search: Search, places: Places) -> Found | None:
    path = places.program_folder(search.program.module.version) / search.program.name
    if path.is_file():
        return Found(search.program.name, path, "cache")
    search.tried.append(f"cache: not in {path.parent}")
    return None


def _get(missing: list[Search], places: Places, progress: Progress) -> None:
    try:
        _download(missing, places, progress)
        _build([search for search in missing if search.found is None], places, progress)
    except OSError as failure:
        raise unwritable(places.cache, failure) from failure


def _download(missing: list[Search], places: Places, progress: Progress) -> None:
    unreachable: dict[str, str] = {}
    for search in missing:
        site = search.program.site
        if not places.downloads:
            search.tried.append("download: switched off")
        elif site in unreachable:
            search.tried.append(f"download: {unreachable[site]}")
        else:
            try:
                path = downloads.download(search.program, places, progress)
                search.found = Found(search.program.name, path, "download")
            except downloads.DownloadError as failure:
                search.tried.append(f"download: {failure}")
                if failure.unreachable:
                    unreachable[site] = str(failure)
                else:
                    progress.note(f"{search.program.name}: {failure}")


def _build(missing: list[Search], places: Places, progress: Progress) -> None:
    modules: dict[str, Module] = {search.program.module.name: search.program.module for search in missing}
    for at, module in enumerate(modules.values(), start=1):
        wanting = [search for search in missing if search.program.module == module]
        if not places.builds:
            _tried(wanting, "build: switched off")
            continue
        progress.note(f"Building {module.name} from source, {at} of {len(modules)}")
        try:
            paths = builds.build(module, [search.program for search in wanting], places, progress)
        except (builds.BuildError, FileNotFoundError) as failure:
            if "no space left on device" in str(failure):
                raise no_space(places.cache) from failure
            _tried(wanting, f"build: {failure}")
            continue
        for search, path in zip(wanting, paths, strict=True):
            search.found = Found(search.program.name, path, "build")


def _tried(searches: list[Search], what: str) -> None:
    for search in searches:
        search.tried.append(what)


def _refuse(missing: list[Search]) -> None:
    if not missing:
        return
    lines = [f"{search.program.name}: {'; '.join(search.tried)}" for search in missing]
    ways = (
        f"Install go {builds.OLDEST_GO[0]}.{builds.OLDEST_GO[1]} or newer, or connect to a network, or name "
        f"each program ({setting_name(missing[0].program.name)}=/path/to/it), and run this again."
    )
    raise ClusterError("\n".join(["Programs are missing.", *lines, ways]))
