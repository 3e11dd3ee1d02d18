"""A container that does its work and ends, in a pod that is to run for ever. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, spec

REASON = "EndsByItself"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that ended with exit code 0 and is started again and again."""
    if spec(pod).get("restartPolicy", "Always") != "Always":
        return None
    for one in containers(pod):
        if not one.init and not one.running and not one.probed and one.ended.get("exitCode") == 0:
            return one.finding(REASON, look=one.logs(), restarts=str(one.restarts))
    return None
