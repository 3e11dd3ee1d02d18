"""The container engine, Docker or podman: found, asked what it has, and told to load, pull and remove.

Called by kind.py and doctor.py. Both engines understand the same commands; what their `info` says differs.
"""

import json
import os
import shutil
import subprocess
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.processes import ends_with_us
from tutoriallab.cluster.progress import Progress

Name = Literal["docker", "podman"]
NAMES: tuple[Name, ...] = ("docker", "podman")
#: What kind itself writes on the containers that are its nodes.
LABEL = "io.x-k8s.kind.cluster"
_ASK_TIMEOUT = 20.0
_CHUNK = 4 * 1024 * 1024


class NoEngine(ClusterError):
    """No container engine answers; the message says why, and what to do. `installed`: there is one."""

    def __init__(self, message: str, *, installed: bool = False) -> None:
        super().__init__(message)
        self.installed = installed


@dataclass(frozen=True)
class Engine:
    """An engine that answers, and what it has."""

    name: Name
    program: Path
    memory: int
    """Bytes of the machine that containers run on; a virtual one's, where the engine has its own."""
    root: str
    """Folder of its images and volumes, on that machine."""

    def run(
        self, *arguments: str, timeout: float = 60.0, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the engine; a failure is in the return code, a timeout in it as 124."""
        command = [str(self.program), *arguments]
        try:
            return subprocess.run(
                command, input=stdin, capture_output=True, text=True, check=False, timeout=timeout
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 124, "", f"no answer within {timeout:.0f} s")

    def nodes(self, cluster: str) -> dict[str, bool]:
        """The containers of a kind cluster, and whether each runs."""
        listed = self._said(
            "ps", "-a", "--filter", f"label={LABEL}={cluster}", "--format", "{{.Names}} {{.State}}"
        )
        rows = (line.split(maxsplit=1) for line in listed.splitlines() if line.strip())
        return {row[0]: row[1].lower().startswith(("running", "up")) for row in rows}

    def clusters(self) -> list[str]:
        """Names of all kind clusters that this engine runs."""
        shown = '{{.Label "' + LABEL + '"}}' if self.name == "docker" else '{{index .Labels "' + LABEL + '"}}'
        listed = self._said("ps", "-a", "--filter", f"label={LABEL}", "--format", shown)
        return sorted(set(listed.split()))

    def has_image(self, image: str) -> bool:
        """Whether the image is here, so that nothing has to be pulled."""
        return self.run("image", "inspect", image).returncode == 0

    def images(self, repository: str) -> list[str]:
        """Names with tags of the images of one repository, the newest first."""
        listed = self._said("images", repository, "--format", "{{.Repository}}:{{.Tag}}")
        return [name for name in listed.split() if not name.endswith(":<none>")]

    def start(self, names: Sequence[str]) -> None:
        """Start containers that are stopped; raises ClusterError."""
        self._said("start", *names)

    def stop(self, names: Sequence[str], grace: str) -> None:
        """Stop containers; what has not ended after `grace` seconds is killed. Raises ClusterError."""
        self._said("stop", "-t", grace, *names)

    def remove(self, names: Sequence[str]) -> None:
        """Remove containers with their volumes, running or not; raises ClusterError."""
        if not names:
            return
        self._said("rm", "-f", "-v", *names, timeout=180.0)
        if self.name == "podman":
            # There kind makes each node's volume itself, labelled with the node: it goes with no container.
            left = [
                self._said("volume", "ls", "--quiet", "--filter", f"label={name}").split() for name in names
            ]
            if volumes := [volume for some in left for volume in some]:
                self._said("volume", "rm", "-f", *volumes)

    def load(self, archive: Path, progress: Progress) -> None:
        """Load an archive of images, telling how much of it is read; raises ClusterError or OSError."""
        total, done = archive.stat().st_size, 0
        command = [str(self.program), "load"]
        with (
            archive.open("rb") as source,
            subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            ) as process,
        ):
            assert process.stdin is not None  # noqa: S101
            # A broken pipe: it has given up, and its own words say why.
            with ends_with_us(process), suppress(BrokenPipeError):
                while chunk := source.read(_CHUNK):
                    process.stdin.write(chunk)
                    done += len(chunk)
                    progress.step(
                        f"Loading {archive.name}: {done // 10**6} of {total // 10**6} MB", done, total
                    )
            said = process.communicate()[1].decode(errors="replace").strip()
        if process.returncode != 0:
            raise ClusterError(
                f"{self.name} cannot load {archive} ({last_line(said)}): get the archive again."
            )

    def pull(self, image: str, progress: Progress) -> str:
        """Pull an image, telling the engine's own words as they come; why it failed, empty if it did not."""
        last = deque[str](maxlen=3)
        with subprocess.Popen(
            [str(self.program), "pull", image],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout is not None  # noqa: S101
            with ends_with_us(process):
                for line in process.stdout:
                    last.append(line.strip())
                    progress.step(f"Pulling {image}: {line.strip()[:80]}", 0, 0)
        return "" if process.returncode == 0 else last_line("\n".join(last))

    def environment(self, environment: Mapping[str, str]) -> dict[str, str]:
        """The environment that makes kind use this engine."""
        return {**environment, "KIND_EXPERIMENTAL_PROVIDER": self.name}

    def _said(self, *arguments: str, timeout: float = 60.0) -> str:
        done = self.run(*arguments, timeout=timeout)
        if done.returncode != 0:
            raise ClusterError(
                f"{self.name} {arguments[0]} failed ({last_line(done.stderr)}): see that {self.name} works, "
                "and run this again."
            )
        return done.stdout


def find_engine(places: Places, only: str = "") -> Engine:
    """The first engine that answers, Docker before podman, or `only` this one; raises NoEngine that says why none."""
    reasons = []
    for name in (one for one in NAMES if only in ("", one)):
        path = shutil.which(name, path=places.search_path)
        if path is None:
            continue
        found = _ask(name, Path(path))
        if isinstance(found, Engine):
            return found
        reasons.append(found)
    if reasons:
        raise NoEngine(reasons[0], installed=True)
    if only:
        raise NoEngine(f"There is no {only} on PATH: put it there, or install it.")
    raise NoEngine("There is no container engine on PATH: install Docker or podman.")


def _ask(name: Name, program: Path) -> Engine | str:
    """The engine, or a sentence why it does not serve."""
    try:
        asked = subprocess.run(
            [str(program), "info", "--format", "{{json .}}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=_ASK_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        return f"{name} does not answer within {_ASK_TIMEOUT:.0f} s: restart it, and run this again."
    except OSError as failure:
        return f"{program} cannot be run ({failure.strerror}): install {name} again."
    try:
        told: dict[str, Any] = json.loads(asked.stdout)
    except ValueError:
        told = {}
    # The client answers for itself even where no engine does, and keeps the reason in its answer.
    said = "\n".join([asked.stderr, *(told.get("ServerErrors") or [])])
    if asked.returncode != 0 or told.get("ServerErrors"):
        return _refusal(name, said)
    host, store = told.get("host") or {}, told.get("store") or {}
    memory = told.get("MemTotal") or host.get("memTotal") or 0
    return Engine(name, program, int(memory), told.get("DockerRootDir") or store.get("graphRoot") or "")


def _refusal(name: Name, said: str) -> str:
    if "permission denied" in said.lower():
        user = os.environ.get("USER") or "$USER"
        return (
            f"{name} runs, but this user may not speak to it: `sudo usermod -aG {name} {user}`, log in again, "
            "and run this again."
        )
    if "cannot connect" in said.lower() or "is the docker daemon running" in said.lower():
        return f"{name} is installed, but its engine does not run: start it (`sudo systemctl start {name}`)."
    return f"{name} does not work ({last_line(said)}): see what `{name} info` says."


def last_line(text: str) -> str:
    """The last line that says something, cut to a sentence's length."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it gave no reason"
