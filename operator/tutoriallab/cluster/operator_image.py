"""The operator's image: which one, and that the nodes of a kind cluster have it; called by up.py for in_cluster.py.

Without a word of the user it is what `make operator-image` wrote, else what the engine has by that name. An image
that is brought to the nodes is never pulled: a registry may have another one of that name.
"""

import json
import os
import re
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from tutoriallab.cluster.engine import Engine, last_line
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.processes import ends_with_us
from tutoriallab.cluster.progress import Progress

REPOSITORY = "tutoriallab/operator"
_REFERENCE = re.compile(
    r"(?P<repository>[a-z0-9][a-z0-9._-]*(?::[0-9]+)?(?:/[a-z0-9][a-z0-9._-]*)*)"
    r"(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(?P<digest>sha256:[0-9a-f]{64}))?"
)
_LARGEST_MANIFEST = 1024 * 1024


@dataclass(frozen=True)
class OperatorImage:
    """An image as the pods of the operator name it."""

    repository: str
    tag: str = ""
    digest: str = ""
    pull: Literal["Never", "IfNotPresent"] = "IfNotPresent"
    identity: str = ""
    """What tells it from another image of the same name; empty where only a registry knows."""

    @property
    def name(self) -> str:
        """As people write it."""
        tag, digest = f":{self.tag}" if self.tag else "", f"@{self.digest}" if self.digest else ""
        return f"{self.repository}{tag}{digest}"


def default_name() -> str:
    """The image of this version of tutoriallab."""
    return f"{REPOSITORY}:{version('tutoriallab')}"


def named(reference: str) -> OperatorImage:
    """The image that the user names, which the nodes pull; without a name: one that they have already.

    Raises ClusterError for what cannot name an image.
    """
    if reference and Path(reference).is_file():
        raise ClusterError(
            f"{reference} cannot be loaded onto nodes that are not ours: load it there yourself and leave out "
            "--operator-image, or name an image that they can pull."
        )
    if not reference:
        return _parsed(default_name(), "Never", "")
    return _parsed(reference, "IfNotPresent", "")


def bring(
    asked: str, cluster: str, engine: Engine, kind: Path, places: Places, progress: Progress
) -> OperatorImage:
    """The image for a kind cluster, on all its nodes; raises ClusterError when there is none.

    `asked` is an archive, an image that the engine has or the nodes can pull, or empty.
    """
    archive = Path(asked) if asked else places.operator_archive(version("tutoriallab"))
    if archive.is_file():
        return _bring_archive(archive, cluster, engine, kind, progress)
    name = asked or default_name()
    image = _parsed(name, "IfNotPresent", "")
    if not engine.has_image(name):
        if asked:
            return image
        raise ClusterError(
            f"The operator's image {name} is not here: build it (make operator-image, or docker build -f "
            f"hack/operator_image/Dockerfile -t {name} .), or name one (--operator-image REFERENCE or ARCHIVE)."
        )
    progress.step(f"Loading {name} onto the nodes", 0, 0)
    _run_kind([str(kind), "load", "docker-image", name, "--name", cluster], engine)
    identity = engine.run("image", "inspect", name, "--format", "{{.Id}}").stdout.strip()
    return _parsed(name, "Never", identity)


def _bring_archive(
    archive: Path, cluster: str, engine: Engine, kind: Path, progress: Progress
) -> OperatorImage:
    name, identity = read_archive(archive)
    lacking = [
        node for node in sorted(engine.nodes(cluster)) if not _has(engine, node, full_name(name), identity)
    ]
    if lacking:
        progress.step(f"Loading {archive.name} onto the nodes", 0, 0)
        only = ["--nodes", ",".join(lacking)]
        _run_kind([str(kind), "load", "image-archive", str(archive), "--name", cluster, *only], engine)
    return _parsed(name, "Never", identity)


def read_archive(archive: Path) -> tuple[str, str]:
    """Name and digest of the image in an archive of `docker save`; raises ClusterError when there is none."""
    try:
        with tarfile.open(archive, "r:") as given:
            content = given.extractfile("manifest.json")
            [told] = json.loads(content.read(_LARGEST_MANIFEST)) if content else [{}]
            return told["RepoTags"][0], "sha256:" + re.findall(r"[0-9a-f]{64}", told["Config"])[-1]
    except (OSError, tarfile.TarError, ValueError, KeyError, IndexError, TypeError) as failure:
        raise ClusterError(
            f"{archive} is no archive of one image ({failure}): make one with `make operator-image`."
        ) from failure


def full_name(name: str) -> str:
    """As containerd names it: with its registry."""
    first = name.partition("/")[0]
    if "/" in name and ("." in first or ":" in first or first == "localhost"):
        return name
    return f"docker.io/{name}" if "/" in name else f"docker.io/library/{name}"


def _has(engine: Engine, node: str, name: str, identity: str) -> bool:
    """Whether containerd of a node has this very image: the name alone may be an older one's."""
    listed = engine.run("exec", node, "ctr", "--namespace=k8s.io", "images", "ls", f"name=={name}")
    manifest = next((word for word in listed.stdout.split() if word.startswith("sha256:")), "")
    if not manifest:
        return False
    shown = engine.run("exec", node, "ctr", "--namespace=k8s.io", "content", "get", manifest)
    try:
        told: Mapping[str, Any] = json.loads(shown.stdout)
    except ValueError:
        return False
    return bool(told.get("config", {}).get("digest") == identity)


def _run_kind(command: Sequence[str], engine: Engine) -> None:
    with (
        subprocess.Popen(
            list(command),
            env=engine.environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process,
        ends_with_us(process),
    ):
        said = process.communicate()[1]
    if process.returncode != 0:
        raise ClusterError(
            f"kind cannot load the operator's image ({last_line(said)}): see that {engine.name} has room, "
            "and run this again."
        )


def _parsed(name: str, pull: Literal["Never", "IfNotPresent"], identity: str) -> OperatorImage:
    found = _REFERENCE.fullmatch(name)
    if not found:
        raise ClusterError(
            f"--operator-image {name!r} names no image: write it as registry/repository:tag, or give an archive."
        )
    tag = found["tag"] or ("" if found["digest"] else "latest")
    return OperatorImage(found["repository"], tag, found["digest"] or "", pull, identity)
