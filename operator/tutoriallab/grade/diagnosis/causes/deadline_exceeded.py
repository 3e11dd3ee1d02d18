"""A rollout that has made no progress for too long. Called by `walk.py`, after the pods, which say why."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about
from tutoriallab.kube.conditions import condition

REASON = "DeadlineExceeded"


def find(deployment: Body, _evidence: Evidence) -> Finding | None:
    """A Deployment that says so."""
    progress = condition(deployment, "Progressing")
    if progress.get("reason") != "ProgressDeadlineExceeded":
        return None
    return about(deployment, REASON, told=short(str(progress.get("message") or "")))
