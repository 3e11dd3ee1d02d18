"""An object that is being deleted and stays, as somebody holds it. Called by `walk.py`, for each kind."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about

REASON = "HeldByFinalizer"
#: How a deletion is to be done, rather than who holds it up.
_WAYS = frozenset({"foregroundDeletion", "orphan"})


def find(one: Body, _evidence: Evidence) -> Finding | None:
    """An object with a deletion timestamp and finalizers."""
    metadata = one["metadata"]
    held = [each for each in metadata.get("finalizers") or () if each not in _WAYS]
    if not metadata.get("deletionTimestamp") or not held:
        return None
    return about(one, REASON, finalizers=", ".join(held))
