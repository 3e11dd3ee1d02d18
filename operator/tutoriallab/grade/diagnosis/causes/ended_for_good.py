"""A container that has ended with an error and is not started again. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, spec
from tutoriallab.grade.diagnosis.said import last_words

REASON = "EndedForGood"


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that has failed under restartPolicy Never."""
    policy = spec(pod).get("restartPolicy", "Always")
    for one in containers(pod) if policy == "Never" else ():
        code = (one.status.get("state") or {}).get("terminated", {}).get("exitCode")
        if code not in (None, 0):
            values = {"code": str(code), "policy": policy, "told": last_words(one, evidence)}
            return one.finding(REASON, look=one.logs(), **values)
    return None
