"""What a pod asks of its node: its node selector and its required node affinity, in words and as a question."""

from collections.abc import Iterator, Sequence

from tutoriallab.grade.diagnosis.finding import Body, spec
from tutoriallab.observe.selection import Requirement


def fits(pod: Body, node: Body) -> bool:
    """Whether the node's labels (and its name) are as the pod wants them; taints and resources are another matter."""
    labels: dict[str, str] = node["metadata"].get("labels") or {}
    if any(labels.get(key) != value for key, value in _selector(pod).items()):
        return False
    terms, fields = _terms(pod), {"metadata.name": node["metadata"]["name"]}
    return not terms or any(
        all(_holds(one, labels) for one in term.get("matchExpressions") or ())
        and all(_holds(one, fields) for one in term.get("matchFields") or ())
        for term in terms
    )


def wishes(pod: Body) -> Iterator[str]:
    """The labels that a node has to have, as the pod writes them."""
    for key, value in _selector(pod).items():
        yield f"{key}={value}"
    for term in _terms(pod):
        for one in term.get("matchExpressions") or ():
            values = ",".join(one.get("values") or ())
            yield f"{one.get('key')} {one.get('operator')} {values}".strip()


def _selector(pod: Body) -> dict[str, str]:
    return spec(pod).get("nodeSelector") or {}


def _terms(pod: Body) -> Sequence[Body]:
    """The terms of its required affinity, one of which has to hold; none where it requires nothing."""
    affinity = (spec(pod).get("affinity") or {}).get("nodeAffinity") or {}
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution") or {}
    return required.get("nodeSelectorTerms") or ()


def _holds(one: Body, labels: dict[str, str]) -> bool:
    """As in a label selector, which does not know Gt and Lt."""
    values: Sequence[str] = one.get("values") or ()
    if one["operator"] not in ("Gt", "Lt"):
        return Requirement(one["key"], one["operator"], tuple(values)).holds(labels)
    try:
        number, bound = int(labels.get(one["key"]) or ""), int(values[0])
    except (ValueError, IndexError):
        return False
    return number > bound if one["operator"] == "Gt" else number < bound
