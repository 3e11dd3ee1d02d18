"""An init container that does not end. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding

REASON = "InitRunning"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The init container that runs; those that go on beside the others (restartPolicy Always) hold up nobody."""
    for one in containers(pod):
        if one.init and one.running and one.declared.get("restartPolicy") != "Always":
            return one.finding(REASON, look=one.logs())
    return None
