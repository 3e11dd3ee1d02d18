"""A postStart hook that fails. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import first_waiting, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.said import by_the_container

REASON = "PostStart"
#: Why such a container waits, as the kubelet says it.
WAITS = frozenset({"PostStartHookError"})
_SAYS = frozenset({"FailedPostStartHook"})


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that waits for one of these reasons."""
    one = first_waiting(pod, WAITS)
    if one is None:
        return None
    return one.finding(REASON, told=short(by_the_container(pod, evidence, _SAYS)))
