"""The kinds that a check can read: those that the operator's role lets it get, list and watch.

Called by the parser, so that a lab with another kind is refused with its path, and by the selections of checks.
`tests/unit/lab/test_kinds.py` holds this list and the operator's role together.
"""

#: (apiVersion, kind) to whether its objects are in namespaces.
READABLE: dict[tuple[str, str], bool] = {
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
    ("apps/v1", "ControllerRevision"): True,
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


def kind_problem(api_version: str, kind: str) -> str | None:
    """Why no check can read this kind, with the way out; None when it can."""
    if (api_version, kind) in READABLE:
        return None
    versions = [version for version, name in READABLE if name == kind]
    if versions:
        return f"{kind} is read as {versions[0]}, not as {api_version}: write apiVersion: {versions[0]}"
    near = sorted(name for _, name in READABLE if name.lower() == kind.lower().rstrip("s"))
    if near:
        return f"there is no kind {kind}: did you mean {near[0]}?"
    return f"checks cannot read {api_version} {kind}: they read {', '.join(sorted({name for _, name in READABLE}))}"
