"""A Job that has given up. Called by `walk.py`, after its pods, which say why."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about
from tutoriallab.kube.conditions import condition

REASON = "JobFailed"


def find(job: Body, _evidence: Evidence) -> Finding | None:
    """A Job with the condition Failed."""
    failed = condition(job, "Failed")
    if failed.get("status") != "True":
        return None
    why = f"{failed.get('reason') or '?'}: {failed.get('message') or ''}"
    return about(job, REASON, told=short(why))
