"""Gets one program from its publisher and believes it only with the right SHA-256; called by programs.py.

The publisher's checksum is fetched at first use and recorded in the cache (sha256.json); from then on a file
that differs from the record is refused, whoever serves it.
"""

import hashlib
import http.client
import json
import shutil
import tarfile
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from tutoriallab.cluster.pins import Program
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress

_CHUNK = 256 * 1024
_LARGEST_CHECKSUMS = 4 * 1024 * 1024
_BROKEN = (OSError, http.client.HTTPException)


class DownloadError(Exception):
    """A program could not be had from its publisher; `unreachable`: its site did not answer at all."""

    def __init__(self, reason: str, *, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.unreachable = unreachable


def download(program: Program, places: Places, progress: Progress) -> Path:
    """Fetch, check and install one program into the cache; raises DownloadError or OSError."""
    path = _filled(program.path, program, places)
    wanted = _checksum(program, places, path)
    folder = places.program_folder(program.module.version)
    folder.mkdir(parents=True, exist_ok=True)
    # A fixed name: what an interrupted run left is written over by the next one, under the caller's lock.
    part = folder / f".{program.name}.part"
    try:
        seen = _fetch(f"{places.sites[program.site]}/{path}", part, places, _reporter(program, progress))
        if seen != wanted:
            raise DownloadError(
                f"{path} has SHA-256 {seen[:12]}…, its publisher says {wanted[:12]}…: thrown away"
            )
        return _install(program, places, part, folder / program.name)
    finally:
        part.unlink(missing_ok=True)


def _filled(template: str, program: Program, places: Places) -> str:
    return template.format(os=places.system, arch=places.architecture, version=program.module.version)


def _checksum(program: Program, places: Places, path: str) -> str:
    """The hash that a file must have: as recorded, or from the publisher now, and then recorded."""
    file = places.cache / "sha256.json"
    recorded = _recorded(file)
    if path not in recorded:
        base = places.github_api if program.checksums.startswith("repos/") else places.sites[program.site]
        url = f"{base}/{_filled(program.checksums, program, places)}"
        recorded[path] = find_checksum(_small(url, places), path.rsplit("/", 1)[-1])
        _record(file, recorded)
    return recorded[path]


def find_checksum(text: str, name: str) -> str:
    """The SHA-256 of file `name` in a publisher's checksums (see pins.py); raises DownloadError."""
    if text.lstrip().startswith("{"):
        assets = json.loads(text).get("assets", [])
        found = [
            str(one.get("digest") or "").removeprefix("sha256:") for one in assets if one.get("name") == name
        ]
    else:
        lines = [line.split() for line in text.splitlines() if line.strip()]
        found = [words[0] for words in lines if len(words) == 1 or words[-1].lstrip("*") == name]
    for text_hash in found:
        if len(text_hash) == 64 and set(text_hash.lower()) <= set("0123456789abcdef"):
            return text_hash.lower()
    raise DownloadError(f"the publisher offers no SHA-256 for {name}")


def _recorded(file: Path) -> dict[str, str]:
    try:
        return cast("dict[str, str]", json.loads(file.read_text()))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise DownloadError(f"{file} is damaged; remove it to record the publishers' hashes anew") from None


def _record(file: Path, hashes: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps(hashes, indent=1, sort_keys=True) + "\n")
    part.replace(file)


def _small(url: str, places: Places) -> str:
    with _opened(url, places) as answer:
        try:
            return cast("bytes", answer.read(_LARGEST_CHECKSUMS)).decode(errors="replace")
        except _BROKEN as failure:
            raise DownloadError(f"{url} was cut: {failure}") from failure


def _fetch(url: str, part: Path, places: Places, report: Callable[[int, int], None]) -> str:
    """Write a URL's body to a file and return its SHA-256; raises DownloadError, or OSError of the disk."""
    digest, done = hashlib.sha256(), 0
    with _opened(url, places) as answer, part.open("wb") as file:
        total = int(answer.headers.get("Content-Length") or 0)
        while chunk := _read(answer, url):
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            report(done, total)
    if total and done != total:
        raise DownloadError(f"{url} was cut after {done} of {total} bytes")
    return digest.hexdigest()


def _read(answer: Any, url: str) -> bytes:
    try:
        return cast("bytes", answer.read(_CHUNK))
    except _BROKEN as failure:
        raise DownloadError(f"{url} was cut: {failure}") from failure


def _opened(url: str, places: Places) -> Any:
    """An open answer. A thread bounds the wait: resolving a name knows no timeout of ours."""
    answers: list[Any] = []

    def run() -> None:
        try:
            answers.append(urllib.request.urlopen(url, timeout=places.connect_timeout))  # noqa: S310
        except (*_BROKEN, ValueError) as failure:
            answers.append(failure)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(places.connect_timeout + 1)
    answer = answers[0] if answers else TimeoutError(f"no answer within {places.connect_timeout:.0f} s")
    if isinstance(answer, urllib.error.HTTPError):
        answer.close()
        raise DownloadError(f"{url} answers {answer.code} {answer.reason}")
    if isinstance(answer, Exception):
        reason = getattr(answer, "reason", answer)
        raise DownloadError(f"{url} cannot be reached ({reason})", unreachable=True)
    _patient(answer, places.read_timeout)
    return answer


def _patient(answer: Any, timeout: float) -> None:
    # The connect timeout is too short for a slow line; only the buffered reader leads to the socket.
    sock = getattr(getattr(getattr(answer, "fp", None), "raw", None), "_sock", None)
    if sock is not None:
        sock.settimeout(timeout)


def _reporter(program: Program, progress: Progress) -> Callable[[int, int], None]:
    def report(done: int, total: int) -> None:
        size = f" of {total / 1e6:.0f}" if total else ""
        progress.step(
            f"Downloading {program.name} {program.module.version}: {done / 1e6:.0f}{size} MB", done, total
        )

    return report


def _install(program: Program, places: Places, part: Path, target: Path) -> Path:
    ready = part.with_suffix(".ready")
    try:
        if program.member:
            _extract(part, _filled(program.member, program, places), ready)
        else:
            part.rename(ready)
        ready.chmod(0o755)
        ready.replace(target)
    finally:
        ready.unlink(missing_ok=True)
    return target


def _extract(archive: Path, member: str, target: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            source = tar.extractfile(member)
            if source is None:
                raise DownloadError(f"{member} in the archive is not a file")
            with source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
    except (tarfile.TarError, KeyError, EOFError) as failure:
        raise DownloadError(f"the archive lacks {member}: {failure}") from failure
