"""A pod that was evicted from its node. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, status

REASON = "Evicted"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """A failed pod of which the kubelet says that it evicted it."""
    if status(pod).get("reason") != "Evicted":
        return None
    return about(pod, REASON, told=short(str(status(pod).get("message") or "")))
