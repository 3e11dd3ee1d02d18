"""A Service whose selector fits no pod. Called by `walk.py`."""

from collections.abc import Mapping

from tutoriallab.grade.diagnosis.evidence import DEPLOYMENT, POD, STATEFUL_SET, Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec
from tutoriallab.grade.diagnosis.labels import in_words

REASON = "SelectorMatchesNothing"
#: How many different sets of labels are told.
MAX_TOLD = 3


def find(service: Body, evidence: Evidence) -> Finding | None:
    """A Service with a selector, and pods in its namespace none of which it selects, nor ever would."""
    selector: Mapping[str, str] = spec(service).get("selector") or {}
    if not selector or not evidence.knows(POD) or selected(service, evidence):
        return None
    if workloads(service, evidence):
        return None
    found = dict.fromkeys(in_words(one["metadata"].get("labels") or {}) for one in evidence.all(POD))
    labels = "; ".join([*list(found)[:MAX_TOLD], *(["…"] if len(found) > MAX_TOLD else [])])
    if not labels:
        return None
    look = f"kubectl get pods -n {service['metadata']['namespace']} --show-labels"
    return about(service, REASON, look=look, selector=in_words(selector), labels=labels)


def selected(service: Body, evidence: Evidence) -> list[Body]:
    """The pods that a Service selects; none without a selector."""
    selector = spec(service).get("selector")
    return evidence.labelled(POD, selector) if selector else []


def workloads(service: Body, evidence: Evidence) -> list[Body]:
    """The workloads whose pods a Service would select."""
    selector: Mapping[str, str] = spec(service).get("selector") or {}
    return [
        one
        for kind in (DEPLOYMENT, STATEFUL_SET)
        for one in evidence.all(kind)
        if selector and selector.items() <= _labels(one).items()
    ]


def _labels(workload: Body) -> Mapping[str, str]:
    labels: Mapping[str, str] = ((spec(workload).get("template") or {}).get("metadata") or {}).get(
        "labels"
    ) or {}
    return labels
