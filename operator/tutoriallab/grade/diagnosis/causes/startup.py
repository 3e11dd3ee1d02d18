"""A startup probe that does not succeed. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.probe import probe_failed, probe_in_words

REASON = "Startup"


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that has not started, by its own startup probe, and was restarted for it or still runs."""
    for one in containers(pod):
        probe = one.declared.get("startupProbe")
        if not probe or one.status.get("started") is not False or not (one.running or one.restarts):
            continue
        told = probe_failed(one, evidence, "Startup")
        if one.running or told:
            return one.finding(REASON, probe=probe_in_words(probe), told=told)
    return None
