"""Layers of images as tar files that are the same, byte for byte, whenever the same goes in.

Called by build.py. A layer is known by the SHA-256 of its tar (diff_id); its compressed form is kept in the cache
under that name, so that a warm build compresses nothing.
"""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_CHUNK = 1024 * 1024
#: Go's programs shrink to a third at any level; higher ones only take longer.
_LEVEL = 3


@dataclass(frozen=True)
class Layer:
    """One compressed layer in the cache."""

    diff_id: str
    """SHA-256 of the tar, in hexadecimal."""
    file: Path
    """The tar, gzipped."""
    digest: str
    """SHA-256 of `file`, in hexadecimal."""
    size: int
    """Bytes of `file`."""


@dataclass(frozen=True)
class Entry:
    """One file, folder or link: `content` is a folder's None, bytes, or a file of this machine."""

    content: bytes | Path | None = None
    link: str = ""
    mode: int = 0o644
    owner: tuple[int, int] = (0, 0)


@dataclass
class Tree:
    """The files of a layer by their path in the image, without a leading slash; folders above are made."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def file(self, path: str, content: bytes | str | Path, mode: int = 0o644) -> "Tree":
        """Add a file."""
        self.entries[path] = Entry(content.encode() if isinstance(content, str) else content, mode=mode)
        return self

    def program(self, path: str, content: bytes | str | Path) -> "Tree":
        """Add a file that can be run."""
        return self.file(path, content, 0o755)

    def folder(self, path: str, mode: int = 0o755, owner: tuple[int, int] = (0, 0)) -> "Tree":
        """Add a folder."""
        self.entries[path] = Entry(mode=mode, owner=owner)
        return self

    def link(self, path: str, target: str) -> "Tree":
        """Add a symbolic link."""
        self.entries[path] = Entry(link=target, mode=0o777)
        return self

    def copy(self, source: Path, below: str = "") -> "Tree":
        """Add a folder of this machine with all in it; what can be run here can be run there."""
        for one in sorted(source.rglob("*")):
            path = str(PurePosixPath(below, *one.relative_to(source).parts))
            if one.is_file():
                self.file(path, one, 0o755 if one.stat().st_mode & 0o100 else 0o644)
        return self

    def write(self, output: tarfile.TarFile) -> None:
        """Write it all, in the order of the paths."""
        folders = {str(one) for path in self.entries for one in PurePosixPath(path).parents} - {"."}
        whole = {path: Entry(mode=0o755) for path in folders} | self.entries
        for path in sorted(whole):
            _add(output, path, whole[path])


def _add(output: tarfile.TarFile, path: str, entry: Entry) -> None:
    member = tarfile.TarInfo(path)
    member.mode, (member.uid, member.gid) = entry.mode, entry.owner
    if entry.link:
        member.type, member.linkname = tarfile.SYMTYPE, entry.link
        output.addfile(member)
    elif entry.content is None:
        member.type = tarfile.DIRTYPE
        output.addfile(member)
    elif isinstance(entry.content, bytes):
        member.size = len(entry.content)
        output.addfile(member, io.BytesIO(entry.content))
    else:
        member.size = entry.content.stat().st_size
        with entry.content.open("rb") as source:
            output.addfile(member, source)


def of_tree(tree: Tree, cache: Path) -> Layer:
    """The layer of these files."""
    return _made(tree.write, cache)


def of_tar(source: Path, wanted: Callable[[tarfile.TarInfo], bool], cache: Path) -> Layer:
    """The layer of those members of a tar that are wanted."""

    def write(output: tarfile.TarFile) -> None:
        with tarfile.open(source) as given:
            for member in given:
                if wanted(member):
                    output.addfile(member, given.extractfile(member) if member.isreg() else None)

    return _made(write, cache)


def read_files(source: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """The content of some files of a tar, by the names they have there; those that are missing are left out."""
    found, wanted = {}, set(names)
    with tarfile.open(source) as given:
        for member in given:
            if member.name in wanted and (content := given.extractfile(member)):
                found[member.name] = content.read()
    return found


def forget_others(cache: Path, kept: Iterable[Layer]) -> None:
    """Remove layers of former builds from the cache."""
    names = {one.diff_id for one in kept}
    for file in cache.iterdir():
        if file.name.partition(".")[0] not in names:
            file.unlink()


def _made(write: Callable[[tarfile.TarFile], None], cache: Path) -> Layer:
    cache.mkdir(parents=True, exist_ok=True)
    part = cache / "layer.part"
    try:
        with (
            part.open("w+b") as raw,
            tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as output,
        ):
            write(output)
        diff_id = digest_of(part)
        known = cache / f"{diff_id}.json"
        if not known.exists():
            _compress(part, cache / f"{diff_id}.tar.gz", known)
    finally:
        part.unlink(missing_ok=True)
    kept = json.loads(known.read_text())
    return Layer(diff_id, cache / f"{diff_id}.tar.gz", kept["digest"], kept["size"])


def _compress(source: Path, target: Path, known: Path) -> None:
    # No name and no time: the same tar is the same gzip.
    with (
        source.open("rb") as raw,
        target.open("wb") as output,
        gzip.GzipFile("", "wb", _LEVEL, output, mtime=0) as packed,
    ):
        shutil.copyfileobj(raw, packed, _CHUNK)
    # Written last: without it the compressed file counts for nothing.
    known.write_text(json.dumps({"digest": digest_of(target), "size": target.stat().st_size}))


def digest_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
