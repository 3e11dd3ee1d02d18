"""A preStop hook that fails, or holds up the end of its pod. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.said import by_the_container

FAILS, RUNS = "PreStop", "PreStopRuns"
REASONS = (FAILS, RUNS)
_SAYS = frozenset({"FailedPreStopHook"})


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container with such a hook, in a pod that ends or was restarted: it failed, or it runs still."""
    ending = bool(pod["metadata"].get("deletionTimestamp"))
    for one in containers(pod):
        hook = (one.declared.get("lifecycle") or {}).get("preStop")
        if not hook or not (one.restarts or ending):
            continue
        told = by_the_container(pod, evidence, _SAYS)
        if told:
            return one.finding(FAILS, told=short(told))
        if ending and one.running:
            grace = str(pod["metadata"].get("deletionGracePeriodSeconds", "?"))
            return one.finding(RUNS, grace=grace)
    return None
