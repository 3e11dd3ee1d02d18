"""The kinds that a check can read: those that the operator's role lets it list and watch.

Called by the parser, so that a lab with another kind is refused with its path, and by the selections of checks.
`tests/unit/cluster/test_install.py` holds this list and the operator's role together. Further kinds are opted in by
whoever runs the operator (the setting extra_kinds); what is not listed here is in namespaces.
"""

from collections.abc import Set

from tutoriallab.settings import EXTRA_KINDS, InvalidSetting

Kind = tuple[str, str]
"""An apiVersion and a kind."""

#: (apiVersion, kind) to whether its objects are in namespaces.
READABLE: dict[Kind, bool] = {
    ("v1", "Pod"): True,
    ("v1", "Service"): True,
    ("v1", "Endpoints"): True,
    ("v1", "ConfigMap"): True,
    ("v1", "Secret"): True,
    ("v1", "PersistentVolumeClaim"): True,
    ("v1", "ReplicationController"): True,
    ("v1", "ServiceAccount"): True,
    ("v1", "ResourceQuota"): True,
    ("v1", "LimitRange"): True,
    ("v1", "Event"): True,
    ("apps/v1", "Deployment"): True,
    ("apps/v1", "ReplicaSet"): True,
    ("apps/v1", "StatefulSet"): True,
    ("apps/v1", "DaemonSet"): True,
    ("batch/v1", "Job"): True,
    ("batch/v1", "CronJob"): True,
    ("discovery.k8s.io/v1", "EndpointSlice"): True,
    ("networking.k8s.io/v1", "Ingress"): True,
    ("networking.k8s.io/v1", "NetworkPolicy"): True,
    ("policy/v1", "PodDisruptionBudget"): True,
    ("autoscaling/v2", "HorizontalPodAutoscaler"): True,
    ("v1", "Namespace"): False,
    ("v1", "Node"): False,
    ("v1", "PersistentVolume"): False,
    ("storage.k8s.io/v1", "StorageClass"): False,
}

#: Kinds whose values nobody else may learn: read per workspace, and shown in no message.
SECRET_KINDS = frozenset({("v1", "Secret")})


def kind_problem(api_version: str, kind: str, extra: Set[Kind] = frozenset()) -> str | None:
    """Why no check can read this kind, with the way out; None when it can. `extra` are the kinds that are opted in."""
    if (api_version, kind) in READABLE or (api_version, kind) in extra:
        return None
    known = [*READABLE, *sorted(extra)]
    versions = [version for version, name in known if name == kind]
    if versions:
        return f"{kind} is read as {versions[0]}, not as {api_version}: write apiVersion: {versions[0]}"
    near = sorted(name for _, name in known if name.lower() == kind.lower().rstrip("s"))
    if near:
        return f"there is no kind {kind}: did you mean {near[0]}?"
    return (
        f"checks cannot read {api_version} {kind}: they read {', '.join(sorted({name for _, name in known}))}. "
        f"Who runs the operator opts in further kinds of objects in namespaces: {EXTRA_KINDS}={api_version}/{kind}"
    )


def require_new(extra: Set[Kind]) -> None:
    """Raise InvalidSetting when a kind that is opted in can be read anyway.

    Called where the operator and `up` begin. A Secret, above all, is read in workspaces alone: with a right of the
    operator's own it would be read everywhere.
    """
    for api_version, kind in sorted(extra & READABLE.keys()):
        raise InvalidSetting(
            f"{EXTRA_KINDS} has {api_version}/{kind}, which checks read already: leave it out"
        )


def cluster_scoped(api_version: str, kind: str) -> str:
    """What is said of a kind that is opted in and is in no namespace: its objects are everybody's."""
    return f"{EXTRA_KINDS} has {api_version}/{kind}, which is in no namespace: leave it out"
