"""A preStop hook that fails. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.said import by_the_container

REASON = "PreStop"
_SAYS = frozenset({"FailedPreStopHook"})


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container with such a hook, in a pod that ends or was restarted, and an Event that says it failed."""
    for one in containers(pod):
        hook = (one.declared.get("lifecycle") or {}).get("preStop")
        if hook and (one.restarts or pod["metadata"].get("deletionTimestamp")):
            told = by_the_container(pod, evidence, _SAYS)
            return one.finding(REASON, told=short(told)) if told else None
    return None
