"""A container that used more memory than its limit. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding

REASON = "OutOfMemory"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that was ended as OOMKilled and is not ready again."""
    for one in containers(pod):
        if one.ended.get("reason") == "OOMKilled" and not one.status.get("ready"):
            limits = (one.declared.get("resources") or {}).get("limits") or {}
            return one.finding(REASON, limit=str(limits.get("memory", "?")))
    return None
