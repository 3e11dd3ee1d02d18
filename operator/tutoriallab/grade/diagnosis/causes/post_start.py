"""A postStart hook that fails. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.said import by_the_container, happened

REASON = "PostStart"
#: Why such a container waits, as the kubelet says it.
WAITS = frozenset({"PostStartHookError"})
_SAYS = frozenset({"FailedPostStartHook"})


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that waits for it; then for CrashLoopBackOff, and Events alone say why."""
    for one in containers(pod):
        hook = "postStart" in (one.declared.get("lifecycle") or {})
        waits = one.waiting.get("reason") in WAITS
        if waits or (hook and one.waiting and one.restarts and happened(pod, evidence, _SAYS)):
            return one.finding(REASON, told=short(by_the_container(pod, evidence, _SAYS)))
    return None
