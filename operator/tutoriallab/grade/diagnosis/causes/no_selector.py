"""A Service without a selector: nobody writes endpoints for it. Called by `walk.py`, when nothing else is wrong."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec

REASON = "NoSelector"


def find(service: Body, _evidence: Evidence) -> Finding | None:
    """A Service that is to lead to pods, and does not say to which."""
    if spec(service).get("selector") or spec(service).get("type") == "ExternalName":
        return None
    return about(service, REASON)
