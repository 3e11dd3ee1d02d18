"""A Job that has given up. Called by `walk.py`, after its pods, which say why."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, describe, named
from tutoriallab.kube.conditions import condition

REASON = "JobFailed"


def find(job: Body, _evidence: Evidence) -> Finding | None:
    """A Job with the condition Failed."""
    failed = condition(job, "Failed")
    if failed.get("status") != "True":
        return None
    why = f"{failed.get('reason') or '?'}: {failed.get('message') or ''}"
    return Finding(REASON, named(job), describe(job), {"told": short(why)})
