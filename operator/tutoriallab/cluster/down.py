"""Takes away what `up` made: operator, context, cluster, and all that was kept about it.

Called by `cli/down.py`. What is gone already is passed over, so that an interrupted run is finished by the next.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from tutoriallab.cluster import beside, embedded, kind, kubeconfig
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.in_cluster import InCluster, Present
from tutoriallab.cluster.kubectl import CACHE, Access, Kubectl, KubectlError
from tutoriallab.cluster.labs import delete_labs, labs, listed
from tutoriallab.cluster.lock import held
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import find
from tutoriallab.cluster.progress import Progress
from tutoriallab.cluster.provider import existing
from tutoriallab.cluster.up import existing_folder


@dataclass(frozen=True)
class Gone:
    """What was there and is gone now."""

    operator: bool
    cluster: bool
    context: str
    """The context that was taken out of the kubeconfig; empty when it was not in it."""
    now: str
    """The context that is current now; empty for none."""
    labs: int = 0
    """Labs that were deleted, from a cluster that stays."""
    in_cluster: bool = False
    """Whether the operator was in the cluster, and no lab was left."""

    @property
    def anything(self) -> bool:
        """Whether there was something to take away."""
        return self.operator or self.cluster or bool(self.context) or self.labs > 0


def down(name: str, places: Places, environment: Mapping[str, str], progress: Progress) -> Gone:
    """Take away the cluster of this name; nothing there: nothing done. Raises ClusterError."""
    with held(places.cache / "up.lock", progress):
        folder, provider = places.cluster_folder(name), existing(name, places)
        progress.step("Stopping the operator", 0, 0)
        operator = beside.stop_operator(folder)
        there = provider is not None or (folder / "kubeconfig").exists()
        removed = kubeconfig.remove(name, places, environment)
        if provider == "kind":
            kind.stop(name, places, progress)
        else:
            embedded.stop(name, places, progress)
        shutil.rmtree(folder, ignore_errors=True)
        context = embedded.context_name(name) if there else ""
        return Gone(operator, there, context if removed.was_current or there else "", removed.now)


def down_existing(
    context: str,
    places: Places,
    environment: Mapping[str, str],
    progress: Progress,
    *,
    with_labs: bool = False,
) -> Gone:
    """Stop the operator for a cluster of the user's own, here or there; the CRD stays, and labs unless `with_labs`.

    Raises ClusterError, before anything is changed, when labs would be left behind without the operator that is in
    the cluster.
    """
    with held(places.cache / "up.lock", progress):
        folder = existing_folder(context, places)
        cluster, kubectl = _reached(context, places, environment, progress)
        there = _find(cluster, progress)
        gone_labs = 0
        if kubectl and with_labs:
            gone_labs = delete_labs(kubectl, progress)
        if cluster and there and there.ours:
            _refuse_labs(labs(kubectl) if kubectl else {}, context)
            cluster.remove()
        elif there:
            progress.note(f"The operator in the cluster stays, `up` did not install it: {there.way_out}.")
        operator = beside.stop_operator(folder)
        shutil.rmtree(folder, ignore_errors=True)
        removed = bool(there and there.ours)
        return Gone(operator or removed, False, context="", now=context, labs=gone_labs, in_cluster=removed)


def _reached(
    context: str, places: Places, environment: Mapping[str, str], progress: Progress
) -> tuple[InCluster | None, Kubectl | None]:
    """The cluster, when there is a kubectl here; without one nothing was brought up from here."""
    program = find("kubectl", places).found
    if program is None:
        return None, None
    access, folder = Access(program.path, context=context), existing_folder(context, places)
    return InCluster(access, folder, places, environment, progress), Kubectl(access.command, folder / CACHE)


def _find(cluster: InCluster | None, progress: Progress) -> Present | None:
    """The operator in the cluster; a cluster that does not answer has none for us."""
    try:
        return cluster.find() if cluster else None
    except KubectlError as failure:
        progress.note(f"Whether an operator is in the cluster cannot be seen: {failure}")
        return None


def _refuse_labs(left: Mapping[str, str], context: str) -> None:
    if left:
        raise ClusterError(
            f"{listed(list(left))} would stay without an operator, with workspaces and nodes that nobody gives back: "
            f"take them away, too (tutoriallab down --context {context} --labs), or delete them first."
        )
