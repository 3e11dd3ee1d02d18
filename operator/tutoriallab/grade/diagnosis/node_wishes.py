"""Whether a node has what a pod asks for: its node selector and its required node affinity."""

from collections.abc import Mapping

from tutoriallab.grade.diagnosis.finding import Body, spec


def fits(pod: Body, node: Body) -> bool:
    """Whether the node's labels (and its name) are as the pod wants them; taints and resources are another matter."""
    labels: Mapping[str, str] = node["metadata"].get("labels") or {}
    selector: Mapping[str, str] = spec(pod).get("nodeSelector") or {}
    if any(labels.get(key) != value for key, value in selector.items()):
        return False
    affinity = (spec(pod).get("affinity") or {}).get("nodeAffinity") or {}
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution")
    if not required:
        return True
    fields = {"metadata.name": node["metadata"]["name"]}
    return any(
        all(_holds(one, labels) for one in term.get("matchExpressions") or ())
        and all(_holds(one, fields) for one in term.get("matchFields") or ())
        for term in required.get("nodeSelectorTerms") or ()
    )


def _holds(one: Body, labels: Mapping[str, str]) -> bool:
    value = labels.get(one["key"])
    values: list[str] = one.get("values") or []
    match one["operator"]:
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "Exists":
            return value is not None
        case "DoesNotExist":
            return value is None
    try:
        number, bound = int(value or ""), int(values[0])
    except (ValueError, IndexError):
        return False
    return number > bound if one["operator"] == "Gt" else number < bound
