"""The cluster's context in the user's kubeconfig: added and made current by `up`, taken away again by `down`.

The context that was current before is remembered in the cluster's cache folder, before the file is changed.
Writes are atomic (a new file, renamed) and hold the lock that kubectl itself uses for this file.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from tutoriallab.cluster import kubeconfig_text as edit
from tutoriallab.cluster.embedded import context_name
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places

_MEMORY = "context.json"
_LOCK_PATIENCE = 2.0


@dataclass(frozen=True)
class Added:
    """What `add` did: the file, our context in it, and the one that was current before (empty: none)."""

    file: Path
    context: str
    before: str


@dataclass(frozen=True)
class Removed:
    """What `remove` did: whether our context was current, and what is current now (empty: none)."""

    file: Path
    was_current: bool
    now: str


@dataclass(frozen=True)
class _Memory:
    """Kept from add to remove."""

    file: str
    before: str
    """Current over all files of KUBECONFIG, for people."""
    own: str | None
    """current-context of the file itself, to be put back exactly."""
    made_file: bool
    made_folder: bool


def target(environment: Mapping[str, str]) -> Path:
    """The file that is changed: the first of KUBECONFIG, else ~/.kube/config; links are followed."""
    return _files(environment)[0].resolve()


def add(name: str, places: Places, environment: Mapping[str, str]) -> Added:
    """Put the cluster's context into the user's kubeconfig and make it current; again: brings it up to date.

    Raises ClusterError if the file cannot be read or written.
    """
    context, file = context_name(name), target(environment)
    entry, made_folder = _entry(name, places), not file.parent.exists()
    with _locked(file):
        text = _read(file)
        before = _current(environment)
        if edit.current(_parsed(text, file)) != context:
            own = _parsed(text, file).get("current-context")
            _remember(name, places, _Memory(str(file), before, own, not file.exists(), made_folder))
        _write(file, edit.with_current(edit.with_entry(text, entry), context), text)
    kept = _recall(name, places)
    return Added(file, context, kept.before if kept else "")


def remove(name: str, places: Places, environment: Mapping[str, str]) -> Removed:
    """Take the cluster's context out of the kubeconfig; if it is current, put back the one before.

    A user who has switched to another context keeps it. Raises ClusterError if the file cannot be written.
    """
    context, kept = context_name(name), _recall(name, places)
    file = Path(kept.file) if kept else target(environment)
    with _locked(file):
        text = _read(file)
        was_current = edit.current(_parsed(text, file)) == context
        left = edit.without_entry(text, context)
        if was_current:
            left = edit.with_current(left, _back(kept, left, environment))
        if kept and kept.made_file and _is_empty(left):
            file.unlink(missing_ok=True)
        else:
            _write(file, left, text)
    if kept and kept.made_folder:
        with suppress(OSError):
            file.parent.rmdir()
    _forget(name, places, kept)
    return Removed(file, was_current, _current(environment))


def _files(environment: Mapping[str, str]) -> list[Path]:
    listed = [Path(one) for one in environment.get("KUBECONFIG", "").split(os.pathsep) if one]
    home = Path(environment.get("HOME") or Path.home())
    return listed or [home / ".kube" / "config"]


def _current(environment: Mapping[str, str]) -> str:
    """The context that kubectl would use: the first that any of the files names."""
    for file in _files(environment):
        with suppress(OSError, edit.NotAKubeconfig):
            if found := edit.current(edit.parse(file.read_text())):
                return found
    return ""


def _entry(name: str, places: Places) -> edit.Entry:
    made: Any = yaml.safe_load((places.cluster_folder(name) / "kubeconfig").read_text())
    return edit.Entry(context_name(name), made["clusters"][0]["cluster"], made["users"][0]["user"])


def _back(kept: _Memory | None, text: str, environment: Mapping[str, str]) -> str | None:
    """The current-context to put back: as it was, unless that context is gone meanwhile."""
    own = kept.own if kept else None
    if not own:
        return own
    known = edit.names(edit.parse(text), "contexts")
    for file in _files(environment):
        with suppress(OSError, edit.NotAKubeconfig):
            known += edit.names(edit.parse(file.read_text()), "contexts")
    return own if own in known else ""


def _is_empty(text: str) -> bool:
    data = edit.parse(text)
    return not any(data.get(key) for key in (*edit.LISTS, "current-context"))


def _remember(name: str, places: Places, memory: _Memory) -> None:
    file = places.cluster_folder(name) / _MEMORY
    kept = _recall(name, places)
    if kept and kept.file == memory.file:
        # Added before: it is still we who made the file.
        made = {
            "made_file": kept.made_file or memory.made_file,
            "made_folder": kept.made_folder or memory.made_folder,
        }
        memory = _Memory(**{**asdict(memory), **made})
    part = file.with_suffix(".part")
    part.write_text(json.dumps(asdict(memory)))
    part.replace(file)


def _recall(name: str, places: Places) -> _Memory | None:
    try:
        return _Memory(**json.loads((places.cluster_folder(name) / _MEMORY).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _forget(name: str, places: Places, kept: _Memory | None) -> None:
    """Drop the memory; another cluster that would go back to our context goes back to what was before us.

    It is then the other's, too, to take away a file that we made.
    """
    ours, kept = context_name(name), kept or _Memory("", "", None, made_file=False, made_folder=False)
    for folder in (places.cache / "clusters").glob("*"):
        other = _recall(folder.name, places)
        if other is None or folder.name == name:
            continue
        changed = asdict(other)
        if ours in (other.before, other.own):
            # Two that each would go back to the other: then there was nothing before both.
            theirs = context_name(folder.name)
            changed["before"] = kept.before if kept.before != theirs else ""
            if other.own == ours:
                changed["own"] = kept.own if kept.own != theirs else None
        if other.file == kept.file:
            changed["made_file"] |= kept.made_file
            changed["made_folder"] |= kept.made_folder
        if changed != asdict(other):
            _remember(folder.name, places, _Memory(**changed))
    home = places.cluster_folder(name)
    (home / _MEMORY).unlink(missing_ok=True)
    if home.is_dir() and not any(home.iterdir()):
        home.rmdir()


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as failure:
        raise ClusterError(f"{file} cannot be read ({failure}): repair it or set KUBECONFIG.") from failure


def _parsed(text: str, file: Path) -> edit.Data:
    try:
        return edit.parse(text)
    except edit.NotAKubeconfig as failure:
        raise ClusterError(f"{file} is no kubeconfig ({failure}): repair it or set KUBECONFIG.") from failure


def _write(file: Path, text: str, before: str) -> None:
    if text == before:
        return
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o600
    # One name: what an interrupted write left is written over by the next.
    part = file.with_name(f".{file.name}.tutoriallab")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
            output.write(text)
            output.flush()
            os.fsync(output.fileno())
        part.chmod(mode)
        part.replace(file)
    except OSError as failure:
        raise ClusterError(f"{file} cannot be written ({failure}): free it or set KUBECONFIG.") from failure


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold kubectl's own lock on a kubeconfig: a file beside it that exists. Ours names its holder."""
    lock = file.with_name(file.name + ".lock")
    made_folder = not file.parent.exists()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _take(lock)
    except OSError as failure:
        raise ClusterError(f"{file} cannot be locked ({failure}): free it or set KUBECONFIG.") from failure
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        if made_folder:
            with suppress(OSError):
                file.parent.rmdir()


def _take(lock: Path) -> None:
    deadline = time.monotonic() + _LOCK_PATIENCE
    while True:
        try:
            with os.fdopen(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as output:
                output.write(str(os.getpid()))
        except FileExistsError:
            if _abandoned(lock):
                lock.unlink(missing_ok=True)
            elif time.monotonic() > deadline:
                raise ClusterError(
                    f"Another program holds {lock}: wait for it, or remove that file if none runs."
                ) from None
            time.sleep(0.05)
        else:
            return


def _abandoned(lock: Path) -> bool:
    """Whether a killed run of ours left the lock; kubectl's locks are empty and are left alone."""
    with suppress(OSError, ValueError):
        return not Path("/proc", str(int(lock.read_text()))).exists()
    return False
