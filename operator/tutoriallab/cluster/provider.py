"""Which kind of cluster `up` makes: the one that is there, else kind when an engine answers, else the embedded one.

Called by up.py and down.py. A cluster keeps its kind for as long as it exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tutoriallab.cluster import embedded, kind
from tutoriallab.cluster.embedded import Cluster
from tutoriallab.cluster.engine import NoEngine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.node_image import NoImage
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress

Provider = Literal["auto", "kind", "embedded"]


@dataclass(frozen=True)
class Wish:
    """What the user asks for."""

    provider: Provider = "auto"
    archive: Path | None = None
    """An archive of the offline node image; with it only kind will do."""

    @property
    def only(self) -> Provider:
        """The provider that has to serve; auto when another may step in."""
        return "kind" if self.archive else self.provider


#: No wish at all.
ANY = Wish()


def start(name: str, places: Places, progress: Progress, wish: Wish = ANY) -> tuple[Cluster, Sequence[str]]:
    """A cluster of this name that is ready, and the capabilities that it offers; raises ClusterError."""
    if wish.archive and wish.provider == "embedded":
        raise ClusterError("--offline is for kind clusters: leave out --provider, or say --provider kind.")
    provider = existing(name, places)
    if provider and wish.only not in ("auto", provider):
        raise ClusterError(
            f"Cluster {name} is there, and it is made with {provider}: take it away first "
            f"(tutoriallab down --name {name}), or take another name (--name NAME)."
        )
    provider = provider or wish.only
    if provider == "embedded":
        return embedded.start(name, places, progress), embedded.CAPABILITIES
    try:
        return kind.start(name, places, progress, wish.archive), kind.CAPABILITIES
    except (NoEngine, NoImage, kind.NoRoom) as failure:
        if provider == "kind":
            raise
        if not isinstance(failure, NoEngine) or failure.installed:
            # Whoever has an engine expects real containers: say why there are none.
            progress.note(f"Containers are simulated: {failure}")
    return embedded.start(name, places, progress), embedded.CAPABILITIES


def existing(name: str, places: Places) -> Provider | None:
    """What a cluster of ours with this name is made with; None when there is none."""
    if kind.is_ours(name, places):
        return "kind"
    return "embedded" if embedded.status(name, places).state != "absent" else None
