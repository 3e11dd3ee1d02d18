"""A Service of type LoadBalancer in a cluster that has none. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec, status

REASON = "NoLoadBalancer"


def find(service: Body, _evidence: Evidence) -> Finding | None:
    """A LoadBalancer without an address."""
    if spec(service).get("type") != "LoadBalancer" or (status(service).get("loadBalancer") or {}).get(
        "ingress"
    ):
        return None
    return about(service, REASON)
