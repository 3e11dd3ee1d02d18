"""A pod that was put by hand (`nodeName`) on a node that does not exist. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import NODE, Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec

REASON = "NodeMissing"


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """A pod whose node is not among those of the cluster."""
    node = spec(pod).get("nodeName")
    if not node or not evidence.knows(NODE) or evidence.one(NODE, node):
        return None
    return about(pod, REASON, look="kubectl get nodes", node=node)
