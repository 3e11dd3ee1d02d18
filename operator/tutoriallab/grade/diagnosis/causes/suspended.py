"""A Job or CronJob that is not to start anything. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec

REASON = "Suspended"


def find(job: Body, _evidence: Evidence) -> Finding | None:
    """One that says so."""
    return about(job, REASON) if spec(job).get("suspend") is True else None
