"""A Service whose targetPort is none that its pods declare. Called by `walk.py`, when nothing else is wrong.

A port that is not declared may be open all the same: so the sentence says what is declared, and no more.
"""

from collections.abc import Iterator

from tutoriallab.grade.diagnosis.causes.selector_matches_nothing import selected
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, describe, named, spec

REASON = "PortNotDeclared"


def find(service: Body, evidence: Evidence) -> Finding | None:
    """The first targetPort by number that no container of the selected pods declares, though they declare others."""
    declared = sorted({port for pod in selected(service, evidence) for port in _ports(pod)})
    for one in spec(service).get("ports") or ():
        target = one.get("targetPort", one.get("port"))
        if declared and isinstance(target, int) and target not in declared:
            values = {"port": str(target), "declared": ", ".join(map(str, declared))}
            return Finding(REASON, named(service), describe(service), values)
    return None


def _ports(pod: Body) -> Iterator[int]:
    for container in spec(pod).get("containers") or ():
        for port in container.get("ports") or ():
            yield int(port.get("containerPort") or 0)
