"""A pod whose scheduling gates are not taken off. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec
from tutoriallab.kube.conditions import condition

REASON = "SchedulingGated"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """A pod that the scheduler does not look at yet."""
    if condition(pod, "PodScheduled").get("reason") != "SchedulingGated":
        return None
    gates = ", ".join(str(one.get("name")) for one in spec(pod).get("schedulingGates") or ())
    return about(pod, REASON, gates=gates)
