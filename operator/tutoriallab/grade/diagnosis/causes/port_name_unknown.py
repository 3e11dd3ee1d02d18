"""A Service whose targetPort is a name that its pods do not know. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.causes.selector_matches_nothing import selected
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, describe, named, spec

REASON = "PortNameUnknown"


def find(service: Body, evidence: Evidence) -> Finding | None:
    """The first targetPort by name that no container of the selected pods has."""
    pods = selected(service, evidence)
    known = {
        port.get("name")
        for pod in pods
        for container in spec(pod).get("containers") or ()
        for port in container.get("ports") or ()
    }
    for one in spec(service).get("ports") or ():
        target = one.get("targetPort")
        if pods and isinstance(target, str) and target not in known:
            return Finding(REASON, named(service), describe(service), {"port": target})
    return None
