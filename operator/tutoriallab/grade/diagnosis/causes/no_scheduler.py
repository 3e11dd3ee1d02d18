"""A pod that no scheduler has looked at, as the one that it names does not run. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec
from tutoriallab.kube.conditions import condition

REASON = "NoScheduler"
_DEFAULT = "default-scheduler"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """A pod on no node that names a scheduler of its own, and of which nobody says why it is on none."""
    name = str(spec(pod).get("schedulerName") or _DEFAULT)
    if name == _DEFAULT or spec(pod).get("nodeName") or condition(pod, "PodScheduled"):
        return None
    return about(pod, REASON, scheduler=name)
