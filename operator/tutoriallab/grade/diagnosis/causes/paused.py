"""A Deployment that is paused in the middle of a change. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec, status

REASON = "Paused"


def find(deployment: Body, _evidence: Evidence) -> Finding | None:
    """A paused Deployment of whose pods some are of an older template."""
    behind = int(status(deployment).get("updatedReplicas") or 0) < int(spec(deployment).get("replicas", 1))
    if not spec(deployment).get("paused") or not behind:
        return None
    return about(deployment, REASON)
