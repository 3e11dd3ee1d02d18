"""A container that ends with an error each time it is started. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.said import last_words

REASON = "Crashing"


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that waits to be started again after an exit code other than 0."""
    for one in containers(pod):
        code = one.ended.get("exitCode")
        if one.running or not one.restarts or code in (None, 0) or one.probed:
            continue
        values = {"code": str(code), "restarts": str(one.restarts), "told": last_words(one, evidence)}
        return one.finding(REASON, look=one.logs(previous=True), **values)
    return None
