"""A node that is not ready. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, condition, describe, named

REASON = "NodeNotReady"


def find(node: Body, _evidence: Evidence) -> Finding | None:
    """A Node whose condition Ready is not True."""
    ready = condition(node, "Ready")
    if not ready or ready.get("status") == "True":
        return None
    return Finding(REASON, named(node), describe(node), {"told": short(str(ready.get("message") or "?"))})
