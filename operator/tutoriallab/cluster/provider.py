"""Which kind of cluster `up` makes: the one that is there, else kind when an engine answers, else the embedded one.

Called by up.py and down.py. A cluster keeps its kind for as long as it exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tutoriallab.cluster import embedded, k8s_version, kind
from tutoriallab.cluster.embedded import Cluster
from tutoriallab.cluster.engine import NoEngine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.node_image import NodeWish, NoImage
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress

Provider = Literal["auto", "kind", "embedded"]


@dataclass(frozen=True)
class Wish:
    """What the user asks for."""

    provider: Provider = "auto"
    archive: Path | None = None
    """An archive of the offline node image; with it only kind will do."""
    version: str = ""
    """Of Kubernetes, as the user writes it; empty for any."""
    in_cluster: bool | None = None
    """Whether the operator runs in the cluster; None leaves it where it is, or begins beside."""
    operator_image: str = ""
    """For an operator in the cluster: a reference or an archive; empty for what this machine has."""

    @property
    def only(self) -> Provider:
        """The provider that has to serve; auto when another may step in."""
        return "kind" if self.archive or self.in_cluster else self.provider


#: No wish at all.
ANY = Wish()


def start(name: str, places: Places, progress: Progress, wish: Wish = ANY) -> tuple[Cluster, Sequence[str]]:
    """A cluster of this name that is ready, and the capabilities that it offers; raises ClusterError."""
    version, provider = k8s_version.asked(wish.version), existing(name, places)
    _refuse_without_containers(wish, provider, name)
    if provider and wish.only not in ("auto", provider):
        raise ClusterError(
            f"Cluster {name} is there, and it is made with {provider}: take it away first "
            f"(tutoriallab down --name {name}), or take another name (--name NAME)."
        )
    if provider:
        has = kind.version(name, places) if provider == "kind" else embedded.version(name, places)
        k8s_version.require_running(version, name, has)
    provider = provider or wish.only
    k8s_version.require_tested(version, "embedded" if provider == "embedded" else "kind")
    if provider == "embedded":
        return embedded.start(name, places, progress), embedded.CAPABILITIES
    try:
        return kind.start(name, places, progress, NodeWish(wish.archive, version)), kind.CAPABILITIES
    except (NoEngine, NoImage, kind.NoRoom) as failure:
        if provider == "kind":
            raise
        k8s_version.require_tested(version, "embedded")
        if not isinstance(failure, NoEngine) or failure.installed:
            # Whoever has an engine expects real containers: say why there are none.
            progress.note(f"Containers are simulated: {failure}")
    return embedded.start(name, places, progress), embedded.CAPABILITIES


def _refuse_without_containers(wish: Wish, provider: Provider | None, name: str) -> None:
    """Raise ClusterError for what an embedded cluster cannot have."""
    if wish.archive and wish.provider == "embedded":
        raise ClusterError("--offline is for kind clusters: leave out --provider, or say --provider kind.")
    if wish.in_cluster and "embedded" in (provider, wish.provider):
        raise ClusterError(
            "An embedded cluster runs no containers, and so no operator: leave out --in-cluster, or make a kind "
            f"cluster (tutoriallab up --provider kind --in-cluster{f' --name {name}-kind' if provider else ''})."
        )


def existing(name: str, places: Places) -> Provider | None:
    """What a cluster of ours with this name is made with; None when there is none."""
    if kind.is_ours(name, places):
        return "kind"
    return "embedded" if embedded.status(name, places).state != "absent" else None
