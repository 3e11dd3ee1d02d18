"""A workload that is asked for no pods. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec

REASON = "ScaledToZero"


def find(workload: Body, _evidence: Evidence) -> Finding | None:
    """A Deployment, ReplicaSet or StatefulSet with no replicas; an old ReplicaSet has none, and should."""
    if spec(workload).get("replicas", 1) != 0 or workload["metadata"].get("ownerReferences"):
        return None
    return about(workload, REASON)
