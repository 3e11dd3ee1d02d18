"""A ConfigMap, a Secret or a key that a container's environment refers to is missing. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding

REASON = "ConfigMissing"
#: Why such a container waits, as the kubelet says it.
WAITS = frozenset({"CreateContainerConfigError"})


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that waits for one of these reasons."""
    for one in containers(pod):
        if one.waiting.get("reason") in WAITS:
            return one.finding(REASON, told=short(str(one.waiting.get("message") or one.waiting["reason"])))
    return None
