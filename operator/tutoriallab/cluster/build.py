"""Builds programs from the pinned Go modules in hack/programs; called by programs.py if no download serves.

go.sum pins every module's hash, so that a build is as trustworthy as a checked download. All of them take
about 6 minutes on two cores, once; `go build -v` names each package that it compiles: that is the progress.
"""

import os
import re
import shutil
import subprocess
import time
from collections import deque
from pathlib import Path

from tutoriallab.cluster.pins import Module, Program
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.processes import ends_with_us
from tutoriallab.cluster.progress import Progress
from tutoriallab.data import programs_dir

OLDEST_GO = (1, 24)
_GO_VERSION = re.compile(r"\bgo(\d+)\.(\d+)")


class BuildError(Exception):
    """The programs of a module could not be built; the message says why, in go's own last words."""


def find_go(places: Places) -> Path:
    """The go command on PATH if it is new enough; raises BuildError that says what is missing."""
    path = shutil.which("go", path=places.search_path)
    if path is None:
        raise BuildError(f"go is not on PATH (go {_dotted(OLDEST_GO)} or newer builds it)")
    output = subprocess.run([path, "version"], capture_output=True, text=True, check=False).stdout
    found = _GO_VERSION.search(output)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_GO:
        raise BuildError(
            f"{path} is {output.strip() or 'broken'}; go {_dotted(OLDEST_GO)} or newer is needed"
        )
    return Path(path)


def build(module: Module, programs: list[Program], places: Places, progress: Progress) -> list[Path]:
    """Build programs of one module into the cache and return their paths; raises BuildError or OSError."""
    go = find_go(places)
    source = programs_dir() / module.name
    folder = places.program_folder(module.version)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    made = folder / f".build-{os.getpid()}"
    made.mkdir(exist_ok=True)
    try:
        _run(go, source, made, module, programs, progress)
        return [_installed(made / program.name, program, folder) for program in programs]
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _run(
    go: Path, source: Path, made: Path, module: Module, programs: list[Program], progress: Progress
) -> None:
    title = f"Building {', '.join(program.name for program in programs)} {module.version}"
    packages = [program.package for program in programs]
    progress.step(f"{title}: getting the sources", 0, 0)
    total = _count(go, source, packages)
    # In a folder go names a program after its package: right for all but etcd, which it would call server.
    output = f"{made}/{programs[0].name}" if len(packages) == 1 else f"{made}/"
    command = [
        str(go),
        "build",
        "-v",
        "-trimpath",
        "-buildvcs=false",
        "-ldflags",
        module.ldflags,
        "-o",
        output,
    ]
    begun, done, last = time.monotonic(), 0, deque[str](maxlen=8)
    with _started([*command, *packages], source) as process:
        assert process.stderr is not None  # noqa: S101
        with ends_with_us(process):
            for line in process.stderr:
                last.append(line.strip())
                done += 1
                spent = time.monotonic() - begun
                progress.step(f"{title}: {done} of at most {total} packages, {spent:.0f} s", done, total)
    if process.returncode != 0:
        raise BuildError("go build failed: " + " | ".join(last))


def _started(command: list[str], source: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=source,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def environment() -> dict[str, str]:
    """The user's environment (proxies, module caches) with what makes the build the same everywhere."""
    return {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly", "GOWORK": "off"}


def _count(go: Path, source: Path, packages: list[str]) -> int:
    listed = subprocess.run(
        [str(go), "list", "-deps", *packages],
        cwd=source,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        raise BuildError(
            "the Go modules cannot be had: " + " | ".join(listed.stderr.strip().splitlines()[-3:])
        )
    return len(listed.stdout.splitlines())


def _installed(made: Path, program: Program, folder: Path) -> Path:
    made.chmod(0o755)
    target = folder / program.name
    made.replace(target)
    return target


def _sweep(folder: Path) -> None:
    """Remove what builds left that were killed."""
    for left in folder.glob(".build-*"):
        if not Path("/proc", left.name.removeprefix(".build-")).exists():
            shutil.rmtree(left, ignore_errors=True)


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"
