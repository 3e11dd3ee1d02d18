"""What a field means that the API leaves out: counters are 0, well-known lists and maps are empty.

Called by `projection.py` when an expression's fields are known, never per object. A field that the
expression tests with has() keeps its absence.
"""

from typing import Any

#: Counters that the API omits when they are 0; only under status.
COUNTERS = frozenset(
    {
        "active", "availableReplicas", "currentHealthy", "currentNumberScheduled", "currentReplicas",
        "desiredHealthy", "desiredNumberScheduled", "disruptionsAllowed", "expectedPods", "failed",
        "fullyLabeledReplicas", "numberAvailable", "numberMisscheduled", "numberReady", "numberUnavailable",
        "observedGeneration", "ready", "readyReplicas", "replicas", "restartCount", "succeeded",
        "terminating", "terminatingReplicas", "unavailableReplicas", "updatedNumberScheduled",
        "updatedReplicas",
    }
)  # fmt: skip
#: Lists that the API omits when they are empty.
LISTS = frozenset(
    {
        "accessModes", "addresses", "args", "claims", "command", "completedIndexes", "conditions",
        "configMapRefs", "containerStatuses", "containers", "endpoints", "env", "envFrom",
        "ephemeralContainerStatuses", "ephemeralContainers", "externalIPs", "finalizers", "hostAliases",
        "images", "imagePullSecrets", "ingress", "initContainerStatuses", "initContainers",
        "loadBalancerSourceRanges", "managedFields", "matchExpressions", "matchLabelExpressions",
        "notReadyAddresses", "ownerReferences", "podCIDRs", "podIPs", "ports",
        "preferredDuringSchedulingIgnoredDuringExecution", "readinessGates", "rules", "schedulingGates",
        "subsets", "sysctls", "taints", "tls", "tolerations", "topologySpreadConstraints", "values",
        "volumeClaimTemplates", "volumeDevices", "volumeMounts", "volumes", "volumesAttached",
        "volumesInUse",
    }
)  # fmt: skip
#: Maps from text to text that the API omits when they are empty; their keys are written in brackets.
MAPS = frozenset({"annotations", "binaryData", "data", "labels", "matchLabels", "nodeSelector", "stringData"})
#: Parents that are made where they lack, so that a default below them can stand.
_PARENTS = frozenset({("status",), ("metadata",), ("spec",)})
#: No default: the field's absence is an error that names it.
NOTHING: Any = object()


def default(path: tuple[str, ...]) -> Any:
    """What the field at this path of an object reads as when it is absent: 0, a list, a map or NOTHING."""
    name = path[-1]
    if path in _PARENTS:
        return {}
    if name in COUNTERS and len(path) > 1 and path[0] == "status":
        # ready of a container status is a truth value, and always there.
        return NOTHING if "*" in path and name == "ready" else 0
    if name in LISTS:
        return []
    return {} if name in MAPS else NOTHING
