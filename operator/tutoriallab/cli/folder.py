"""Writes a lab's files into a folder: never outside of it, and over nothing that somebody changed unless told so.

Called by `files`, for the learner, and by `scripts.py`, for solutions and mutants. A lab may be a stranger's, and the
folder may hold anything: below it no symbolic link is followed, and each file comes into its place whole.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tutoriallab.cli.error import CliError
from tutoriallab.lab.files import MOST_BYTES, is_clean

State = Literal["written", "same", "kept"]
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
# Without waiting for the other end, should a pipe stand there.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
#: Bytes: a file that is longer is none of ours.
_ENOUGH = 4 * MOST_BYTES


@dataclass(frozen=True)
class Written:
    """What became of one file: `same` was there as it is wanted, `kept` is another one that was left alone."""

    path: str
    state: State


def write(folder: Path, files: Mapping[str, str], *, force: bool = False) -> list[Written]:
    """Write what is missing, and with `force` what is different; raises CliError before anything is written

    where something else than a file or a folder is in the way.
    """
    for path in files:
        if not is_clean(path):
            raise CliError(f"{path!r} is no plain relative path: ask the lab's author to change it.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The folder itself was named by its user, and may be a link.
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as failure:
        raise _unwritable(folder, failure) from None
    try:
        there = {path: _content(root, folder, path) for path in files}
        return [_put(root, folder, path, there[path], files[path], force) for path in files]
    finally:
        os.close(root)


def _put(root: int, folder: Path, path: str, there: bytes | None, wanted: str, force: bool) -> Written:
    content = wanted.encode()
    if there == content:
        return Written(path, "same")
    if there is not None and not force:
        return Written(path, "kept")
    parents, _, name = path.rpartition("/")
    try:
        with _opened(root, parents, make=True) as place:
            _replace(place, name, content)
    except OSError as failure:
        raise _unwritable(folder / path, failure) from None
    return Written(path, "written")


def _content(root: int, folder: Path, path: str) -> bytes | None:
    """What the file holds now; None when there is none. Raises CliError for what is no plain file."""
    parents, _, name = path.rpartition("/")
    found: bytes | None = None
    try:
        with _opened(root, parents) as place:
            found = _read(os.open(name, _FILE, dir_fd=place))
    except FileNotFoundError:
        return None
    except PermissionError as failure:
        raise _unwritable(folder / path, failure) from None
    except OSError:
        # A link: the file itself, or a part of the way to it.
        pass
    if found is None:
        raise CliError(
            f"{folder / path}, or what should be a folder above it, is a link or no plain file: "
            "move it away, or choose another folder with --into."
        )
    return found


def _read(file: int) -> bytes | None:
    """What an open file holds, as far as it can matter; None when it is a folder, a pipe, a device."""
    try:
        return os.read(file, _ENOUGH) if stat.S_ISREG(os.fstat(file).st_mode) else None
    finally:
        os.close(file)


@contextmanager
def _opened(root: int, parents: str, *, make: bool = False) -> Iterator[int]:
    """The folder at this path below the root, step by step, so that no part of it can be a link."""
    place = os.dup(root)
    try:
        for part in parents.split("/") if parents else ():
            if make:
                with suppress(FileExistsError):
                    os.mkdir(part, dir_fd=place)
            deeper = os.open(part, _FOLDER, dir_fd=place)
            os.close(place)
            place = deeper
        yield place
    finally:
        os.close(place)


def _replace(place: int, name: str, content: bytes) -> None:
    """Put a whole file into its place; a hard link to what was there before keeps that."""
    part = f".{name}.{os.getpid()}.part"
    try:
        file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666, dir_fd=place)
        with os.fdopen(file, "wb") as stream:
            stream.write(content)
        os.replace(part, name, src_dir_fd=place, dst_dir_fd=place)
    except OSError:
        with suppress(FileNotFoundError):
            os.unlink(part, dir_fd=place)
        raise


def _unwritable(path: Path, failure: OSError) -> CliError:
    return CliError(f"{path} cannot be written ({failure.strerror}): choose another folder with --into.")
