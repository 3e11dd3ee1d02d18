"""In which order manifests are applied so that each finds what it needs; called by render and apply."""

from collections.abc import Iterable
from itertools import groupby

from tutoriallab.lab.model import Manifest

#: Kinds in ranks: what others mount or are limited by, then Services (pods get their environment from those
#: that stand before them), then workloads, then bare pods (which a ReplicaSet that stands may adopt).
_RANKS: tuple[frozenset[str], ...] = tuple(
    frozenset(kinds.split())
    for kinds in (
        "ServiceAccount ResourceQuota LimitRange ConfigMap Secret PersistentVolumeClaim",
        "Service",
        "Deployment StatefulSet DaemonSet ReplicaSet ReplicationController Job CronJob",
        "Pod",
        "Ingress HorizontalPodAutoscaler PodDisruptionBudget",
    )
)
#: Kinds that are not Kubernetes' own need not be served yet: they come last.
LAST = len(_RANKS)


def rank(manifest: Manifest) -> int:
    """Manifests of a lower rank are applied before those of a higher one."""
    kind = manifest.get("kind")
    return next((rank for rank, kinds in enumerate(_RANKS) if isinstance(kind, str) and kind in kinds), LAST)


def ordered(manifests: Iterable[Manifest]) -> list[Manifest]:
    """By rank, and within a rank as the author wrote them."""
    return sorted(manifests, key=rank)


def ranks(manifests: Iterable[Manifest]) -> list[list[Manifest]]:
    """The manifests of each rank together, in order; those of one rank may be applied side by side."""
    return [list(group) for _, group in groupby(ordered(manifests), key=rank)]
