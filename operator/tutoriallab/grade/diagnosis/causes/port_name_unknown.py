"""A Service whose targetPort is a name that its pods do not know. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.causes.selector_matches_nothing import selected
from tutoriallab.grade.diagnosis.containers import declared_ports
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec

REASON = "PortNameUnknown"


def find(service: Body, evidence: Evidence) -> Finding | None:
    """The first targetPort by name that no container of the selected pods has."""
    pods = selected(service, evidence)
    known = {port.get("name") for pod in pods for port in declared_ports(pod)}
    for one in spec(service).get("ports") or ():
        target = one.get("targetPort")
        if pods and isinstance(target, str) and target not in known:
            return about(service, REASON, port=target)
    return None
