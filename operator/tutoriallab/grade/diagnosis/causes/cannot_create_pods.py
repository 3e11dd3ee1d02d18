"""A controller whose pods the API server refuses: a quota, Pod Security, something else. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, condition, describe, named

QUOTA, SECURITY, OTHER = "Quota", "PodSecurity", "CannotCreatePods"
REASONS = (QUOTA, SECURITY, OTHER)


def find(workload: Body, _evidence: Evidence) -> Finding | None:
    """A Deployment or ReplicaSet with the condition ReplicaFailure."""
    failure = condition(workload, "ReplicaFailure")
    if failure.get("status") != "True":
        return None
    message = str(failure.get("message") or "")
    reason = (
        QUOTA if "exceeded quota" in message else SECURITY if "violates PodSecurity" in message else OTHER
    )
    return Finding(reason, named(workload), describe(workload), {"told": short(_refusal(message))})


def _refusal(message: str) -> str:
    """The refusal itself: before it stands which pod it was, with a name that is new each time."""
    return message.partition(" is forbidden: ")[2] or message
