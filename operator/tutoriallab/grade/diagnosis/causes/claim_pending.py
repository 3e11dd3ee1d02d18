"""A volume claim that is not bound. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, describe, named, spec, status

REASON = "ClaimPending"


def find(claim: Body, _evidence: Evidence) -> Finding | None:
    """A PersistentVolumeClaim that is Pending."""
    if status(claim).get("phase") != "Pending":
        return None
    requests = (spec(claim).get("resources") or {}).get("requests") or {}
    values = {
        "storage_class": str(spec(claim).get("storageClassName") or '""'),
        "size": str(requests.get("storage", "?")),
        "modes": ",".join(spec(claim).get("accessModes") or ()) or "?",
    }
    return Finding(REASON, named(claim), describe(claim), values)
