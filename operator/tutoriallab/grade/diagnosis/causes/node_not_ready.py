"""A node that is not ready, and a pod on such a node. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import NODE, Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec
from tutoriallab.kube.conditions import condition, is_ready

REASON = "NodeNotReady"


def find(node: Body, _evidence: Evidence) -> Finding | None:
    """A Node whose condition Ready is not True."""
    ready = condition(node, "Ready")
    if not ready or ready.get("status") == "True":
        return None
    return about(node, REASON, told=short(str(ready.get("message") or "?")))


def of_pod(pod: Body, evidence: Evidence) -> Finding | None:
    """The node of a pod that is not ready itself."""
    if is_ready(pod):
        return None
    node = evidence.one(NODE, str(spec(pod).get("nodeName") or ""))
    return find(node, evidence) if node else None
