"""Takes away what `up` made: operator, context, cluster, and all that was kept about it.

Called by `cli/down.py`. What is gone already is passed over, so that an interrupted run is finished by the next.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from tutoriallab.cluster import embedded, kind, kubeconfig
from tutoriallab.cluster.lock import held
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress
from tutoriallab.cluster.provider import existing
from tutoriallab.cluster.up import existing_folder, stop_operator


@dataclass(frozen=True)
class Gone:
    """What was there and is gone now."""

    operator: bool
    cluster: bool
    context: str
    """The context that was taken out of the kubeconfig; empty when it was not in it."""
    now: str
    """The context that is current now; empty for none."""

    @property
    def anything(self) -> bool:
        """Whether there was something to take away."""
        return self.operator or self.cluster or bool(self.context)


def down(name: str, places: Places, environment: Mapping[str, str], progress: Progress) -> Gone:
    """Take away the cluster of this name; nothing there: nothing done. Raises ClusterError."""
    with held(places.cache / "up.lock", progress):
        folder, provider = places.cluster_folder(name), existing(name, places)
        progress.step("Stopping the operator", 0, 0)
        operator = stop_operator(folder)
        there = provider is not None or (folder / "kubeconfig").exists()
        removed = kubeconfig.remove(name, places, environment)
        if provider == "kind":
            kind.stop(name, places, progress)
        else:
            embedded.stop(name, places, progress)
        shutil.rmtree(folder, ignore_errors=True)
        context = embedded.context_name(name) if there else ""
        return Gone(operator, there, context if removed.was_current or there else "", removed.now)


def down_existing(context: str, places: Places, progress: Progress) -> Gone:
    """Stop the operator that runs here for a cluster of the user's own; CRD and labs stay on it."""
    with held(places.cache / "up.lock", progress):
        folder = existing_folder(context, places)
        operator = stop_operator(folder)
        shutil.rmtree(folder, ignore_errors=True)
        return Gone(operator, cluster=False, context="", now=context)
