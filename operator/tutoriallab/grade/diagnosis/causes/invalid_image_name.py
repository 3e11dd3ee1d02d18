"""An image name that nobody can read. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import first_waiting
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding

REASON = "InvalidImageName"
#: Why such a container waits, as the kubelet says it.
WAITS = frozenset({"InvalidImageName"})


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that waits for one of these reasons."""
    one = first_waiting(pod, WAITS)
    return one.finding(REASON) if one else None
