"""Which node image a kind cluster is made of: of an archive, of the engine, or pulled; called by kind.py.

An archive is what `make node-image` writes: for `docker load`, with tutoriallab.json as its first file.
"""

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path

from tutoriallab.cluster.engine import Engine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.k8s_version import fits, of_image
from tutoriallab.cluster.pins import KUBERNETES, NODE_IMAGE
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress

#: Repository of the images that `make node-image` builds.
OFFLINE = "tutoriallab.dev/node"
_DESCRIPTION = "tutoriallab.json"
_LARGEST_DESCRIPTION = 4 * 1024 * 1024
_FORMAT = 1


class NoImage(ClusterError):
    """No node image can be had: nothing is wrong with the engine, only with the way to a registry."""


@dataclass(frozen=True)
class NodeImage:
    """A node image that the engine has."""

    name: str

    @property
    def offline(self) -> bool:
        """Whether it brings the images that labs name, and asks no registry."""
        return self.name.startswith(f"{OFFLINE}:")


@dataclass(frozen=True)
class NodeWish:
    """What the user asks of the nodes."""

    archive: Path | None = None
    version: str = ""
    """Of Kubernetes; empty for any that is tested."""


#: No wish at all.
ANY_NODE = NodeWish()


def node_image(engine: Engine, wish: NodeWish, places: Places, progress: Progress) -> NodeImage:
    """The image to make nodes of; raises NoImage, or ClusterError about the archive."""
    archive = wish.archive
    if archive:
        name = read_name(archive, places.architecture)
        if not fits(wish.version, of_image(name)):
            raise ClusterError(
                f"{archive} makes nodes with Kubernetes {of_image(name)}, not {wish.version}: take another archive, "
                "or leave out --k8s-version."
            )
        if not engine.has_image(name):
            engine.load(archive, progress)
            _require(engine, name, archive)
        return NodeImage(name)
    from_registry = fits(wish.version, of_image(NODE_IMAGE))
    if from_registry and engine.has_image(NODE_IMAGE):
        return NodeImage(NODE_IMAGE)
    for name in engine.images(OFFLINE) if fits(wish.version, KUBERNETES) else ():
        if name.startswith(f"{OFFLINE}:v{KUBERNETES}-"):
            progress.note(f"The nodes are made of {name}, which was loaded here before.")
            return NodeImage(name)
    if not from_registry:
        raise NoImage(
            f"Kubernetes {wish.version} is in the offline node image alone: give its archive (`tutoriallab up "
            f"--offline ARCHIVE`), or choose {of_image(NODE_IMAGE)}."
        )
    failure = engine.pull(NODE_IMAGE, progress)
    if failure:
        raise NoImage(
            f"The node image {NODE_IMAGE.partition('@')[0]} cannot be pulled ({failure}): connect to a network, or "
            "give an archive of the offline node image (`tutoriallab up --offline ARCHIVE`)."
        )
    return NodeImage(NODE_IMAGE)


def read_name(archive: Path, architecture: str) -> str:
    """The name of the image in an archive; raises ClusterError when it is none that can be used here."""
    try:
        with tarfile.open(archive, "r:") as given:
            first = given.next()
            content = given.extractfile(first) if first and first.name == _DESCRIPTION else None
            told = json.loads(content.read(_LARGEST_DESCRIPTION)) if content else {}
    except FileNotFoundError as failure:
        raise ClusterError(
            f"{archive} does not exist: name the archive that `make node-image` wrote."
        ) from failure
    except (OSError, tarfile.TarError, ValueError) as failure:
        raise ClusterError(f"{archive} cannot be read ({failure}): get it again.") from failure
    if told.get("format") != _FORMAT:
        raise ClusterError(
            f"{archive} is no archive of a node image that this version knows: make one with `make node-image`."
        )
    if told["architecture"] != architecture:
        raise ClusterError(
            f"{archive} is for {told['architecture']}, this machine is {architecture}: "
            f"run `make node-image` on a machine with {architecture}."
        )
    return str(told["image"])


def _require(engine: Engine, name: str, archive: Path) -> None:
    if not engine.has_image(name):
        raise ClusterError(
            f"{archive} was loaded, but {name} is not there: see what `{engine.name} images` shows."
        )
