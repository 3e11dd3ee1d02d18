"""A ConfigMap, a Secret or a key that a container's environment refers to is missing. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import first_waiting
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding

REASON = "ConfigMissing"
#: Why such a container waits, as the kubelet says it.
WAITS = frozenset({"CreateContainerConfigError"})
#: How it says that something is missing; it waits so, too, where a setting forbids the container (runAsNonRoot).
_MISSING = ("not found", "couldn't find key")


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that waits for one of these reasons."""
    one = first_waiting(pod, WAITS)
    if one is None or not any(text in str(one.waiting.get("message")) for text in _MISSING):
        return None
    return one.finding(REASON, told=one.told)
