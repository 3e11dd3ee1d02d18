"""A volume that cannot be mounted: its ConfigMap, its Secret or a key is missing, or its disk is elsewhere.

Called by `walk.py`. The kubelet says so in an Event alone.
"""

from tutoriallab.grade.diagnosis.containers import first_waiting, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about
from tutoriallab.grade.diagnosis.said import happened

REASON = "FailedMount"
_WAITS = frozenset({"ContainerCreating", "PodInitializing"})
_SAYS = frozenset({"FailedMount", "FailedAttachVolume", "FailedMapVolume"})


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """A pod on a node whose containers are not made, and an Event that says which volume keeps them."""
    if first_waiting(pod, _WAITS) is None:
        return None
    told = happened(pod, evidence, _SAYS)
    return about(pod, REASON, told=short(told)) if told else None
