"""Which version of Kubernetes a cluster is made with, of those that are tested; pure.

Called by provider.py, kind.py and node_image.py.
"""

import re
from collections.abc import Sequence

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.pins import KUBERNETES, NODE_IMAGE

_ASKED = re.compile(r"v?(\d+\.\d+(?:\.\d+)?)")
_OF_IMAGE = re.compile(r":v(\d+\.\d+\.\d+)")


def of_image(name: str) -> str:
    """The version that a node image's name tells; empty when it tells none."""
    found = _OF_IMAGE.search(name)
    return found[1] if found else ""


#: What clusters of each kind are made with. kind's own image and the offline one differ in the patch.
TESTED = {"kind": (of_image(NODE_IMAGE), KUBERNETES), "embedded": (KUBERNETES,)}


def asked(text: str) -> str:
    """The version that `--k8s-version` asks for, without its v; empty for any. Raises ClusterError for none."""
    if not text:
        return ""
    found = _ASKED.fullmatch(text.strip())
    if not found:
        raise ClusterError(f"--k8s-version {text!r} is no version of Kubernetes: {_choose('kind')}.")
    return found[1]


def fits(wish: str, version: str) -> bool:
    """Whether a version is the one that is asked for: all of it, or its minor alone."""
    return not wish or version == wish or version.startswith(f"{wish}.")


def require_tested(wish: str, provider: str) -> None:
    """Raise ClusterError unless clusters of this kind can be made with the version that is asked for."""
    if not any(fits(wish, version) for version in TESTED[provider]):
        raise ClusterError(
            f"Kubernetes {wish} is not tested with {provider} clusters: {_choose(provider)}, or bring a cluster of "
            "your own (tutoriallab up --context NAME)."
        )


def require_running(wish: str, name: str, version: str) -> None:
    """Raise ClusterError when the cluster that is there has another version than the one that is asked for."""
    if version and not fits(wish, version):
        raise ClusterError(
            f"Cluster {name} is there, and it has Kubernetes {version}, not {wish}: take it away first "
            f"(tutoriallab down --name {name}), or take another name (--name NAME)."
        )


def _choose(provider: str) -> str:
    versions: Sequence[str] = sorted({*TESTED[provider]})
    return f"choose {' or '.join(versions)}" if len(versions) > 1 else f"choose {versions[0]}"
