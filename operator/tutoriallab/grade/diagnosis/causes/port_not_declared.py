"""A Service whose targetPort is none that its pods declare. Called by `walk.py`, when nothing else is wrong.

A port that is not declared may be open all the same: so the sentence says what is declared, and no more.
"""

from tutoriallab.grade.diagnosis.causes.selector_matches_nothing import selected
from tutoriallab.grade.diagnosis.containers import declared_ports
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec

REASON = "PortNotDeclared"


def find(service: Body, evidence: Evidence) -> Finding | None:
    """The first targetPort by number that no container of the selected pods declares, though they declare others."""
    ports = (port for pod in selected(service, evidence) for port in declared_ports(pod))
    declared = sorted({int(port.get("containerPort") or 0) for port in ports})
    for one in spec(service).get("ports") or ():
        target = one.get("targetPort", one.get("port"))
        if declared and isinstance(target, int) and target not in declared:
            return about(service, REASON, port=str(target), declared=", ".join(map(str, declared)))
    return None
