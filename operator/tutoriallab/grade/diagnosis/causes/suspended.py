"""A Job or CronJob that is not to start anything. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, describe, named, spec

REASON = "Suspended"


def find(job: Body, _evidence: Evidence) -> Finding | None:
    """One that says so."""
    return Finding(REASON, named(job), describe(job)) if spec(job).get("suspend") is True else None
