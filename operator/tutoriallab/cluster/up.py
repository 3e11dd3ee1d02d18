"""Brings everything up: programs, cluster, context, rights, operator; each part is left alone when it is there.

Called by `cli/up.py`, which shows the progress and starts the first lab. Interrupted at any moment and called
again, it goes on: every part is found again by what it left, never by what a former run remembers.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tutoriallab.cluster import beside, embedded, kind, kubeconfig, operator_image, page
from tutoriallab.cluster.embedded import context_name
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.in_cluster import InCluster
from tutoriallab.cluster.kubectl import Access
from tutoriallab.cluster.lock import held
from tutoriallab.cluster.operator_image import OperatorImage
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Progress
from tutoriallab.cluster.provider import ANY, Wish, start
from tutoriallab.lab.kinds import require_new
from tutoriallab.settings import InvalidSetting, Settings

#: In the folder of a cluster of the user's own: its context, as the folder's name cannot have all of it.
CONTEXT = "context"


@dataclass(frozen=True)
class Running:
    """What is up now, and how it came."""

    context: str
    kubectl: Path
    came: str
    """How the cluster came: created, started, found, or existing (the user's own)."""
    operator: str
    """started or found."""
    before: str = ""
    """The context that was current before; empty for none, or when it was not changed."""
    kubeconfig: Path | None = None
    """The file that got the context; None when it was not changed."""
    tools: tuple[Path, ...] = ()
    """Further programs that labs on it have learners type."""
    where: Literal["beside", "in the cluster"] = "beside"
    """Where the operator runs."""


@dataclass(frozen=True)
class _Ground:
    """A cluster that is ready for an operator, and what is kept about it here."""

    access: Access
    folder: Path
    places: Places
    environment: Mapping[str, str]
    image: Callable[[], OperatorImage]
    """Sees to the image for an operator in the cluster; takes seconds, and may raise ClusterError."""


def up(
    name: str,
    places: Places,
    environment: Mapping[str, str],
    progress: Progress,
    wish: Wish = ANY,
) -> Running:
    """Bring up the cluster of this name with its operator; raises ClusterError with the way out."""
    _refuse_needless_image(wish)
    with held(places.cache / "up.lock", progress):
        cluster, capabilities = start(name, places, progress, wish)
        added = kubeconfig.add(name, places, environment)
        folder = places.cluster_folder(name)
        if cluster.came == "created":
            # An operator of a cluster that is gone speaks to nobody.
            beside.stop_operator(folder)
        # A cluster of the learner's own: no one else is put at risk by privileged pods, or loses an object.
        own = {"TUTORIALLAB_ALLOW_PRIVILEGED": "true", "TUTORIALLAB_ALLOW_OUTSIDE": "true"}
        own["TUTORIALLAB_CAPABILITIES"] = ",".join(capabilities)

        def image() -> OperatorImage:
            programs = obtain(["kind"], places, progress)
            return operator_image.bring(
                wish.operator_image, name, kind.engine_of(name, places), programs["kind"], places, progress
            )

        access = Access(cluster.kubectl, cluster.kubeconfig)
        ground = _Ground(access, folder, places, {**own, **environment}, image)
        operator, where = _operate(ground, wish.in_cluster, progress)
        return Running(
            context=added.context,
            kubectl=cluster.kubectl,
            came=cluster.came,
            operator=operator,
            before=added.before,
            kubeconfig=added.file,
            tools=cluster.tools,
            where=where,
        )


def up_existing(
    context: str, places: Places, environment: Mapping[str, str], progress: Progress, wish: Wish = ANY
) -> Running:
    """Put the CRD and the operator's rights on a cluster that exists, and run the operator here, or there."""
    _refuse_needless_image(wish)
    if wish.version:
        raise ClusterError("--k8s-version is for clusters that `up` makes: leave it out with --context.")
    for name in (*kind.names(places), *embedded.names(places)):
        if context == context_name(name):
            # As a cluster of somebody else's it would get a second operator.
            raise ClusterError(f"{context} is of cluster {name}, which `up` made: say --name {name} instead.")
    with held(places.cache / "up.lock", progress):
        kubectl = obtain(["kubectl"], places, progress)["kubectl"]
        folder = existing_folder(context, places)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CONTEXT).write_text(context)

        def image() -> OperatorImage:
            return operator_image.named(wish.operator_image)

        ground = _Ground(Access(kubectl, context=context), folder, places, environment, image)
        operator, where = _operate(ground, wish.in_cluster, progress)
        return Running(context, kubectl, "existing", operator, where=where)


def existing_folder(context: str, places: Places) -> Path:
    """What is kept about a cluster of the user's own."""
    return places.cache / "contexts" / re.sub(r"[^A-Za-z0-9._-]", "_", context)


def _operate(
    ground: _Ground, wanted: bool | None, progress: Progress
) -> tuple[str, Literal["beside", "in the cluster"]]:
    """One operator runs and watches, beside or in the cluster: how it came, and where it is."""
    settings = _settings(ground.environment)
    cluster = InCluster(ground.access, ground.folder, ground.places, ground.environment, progress)
    if wanted:
        page.forget(ground.folder)
        return cluster.operate(settings, ground.image()), "in the cluster"
    if cluster.find():
        if wanted is None:
            if beside.stop_operator(ground.folder):
                progress.note("The operator beside is stopped: there is one in the cluster.")
            cluster.await_ready()
            return "found", "in the cluster"
        cluster.remove()
    folder = ground.folder
    runs = beside.pid(folder) is not None
    environment = page.with_page(ground.environment, folder, ground.access, operator_runs=runs)
    return beside.operate(ground.access.command, folder, environment, settings, progress), "beside"


def _settings(environment: Mapping[str, str]) -> Settings:
    try:
        settings = Settings.from_environment(environment)
        require_new(settings.extra_kinds)
    except InvalidSetting as error:
        raise ClusterError(f"{error}.") from None
    return settings


def _refuse_needless_image(wish: Wish) -> None:
    if wish.operator_image and not wish.in_cluster:
        raise ClusterError("--operator-image is for an operator in the cluster: say --in-cluster, too.")
