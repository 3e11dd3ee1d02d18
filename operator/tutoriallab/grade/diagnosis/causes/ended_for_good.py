"""A container that has ended with an error and is not started again. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers, printable
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, spec

REASON = "EndedForGood"


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that has failed under restartPolicy Never."""
    policy = spec(pod).get("restartPolicy", "Always")
    for one in containers(pod) if policy == "Never" else ():
        code = (one.status.get("state") or {}).get("terminated", {}).get("exitCode")
        if code not in (None, 0):
            said = printable(evidence.last_line(pod, one.name))
            values = {"code": str(code), "policy": policy, "told": f'"{said}"' if said else ""}
            return one.finding(REASON, look=one.logs(), **values)
    return None
