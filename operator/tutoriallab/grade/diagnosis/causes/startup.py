"""A startup probe that has not succeeded yet. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.probe import probe_in_words

REASON = "Startup"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that runs and has not started, by its own startup probe."""
    for one in containers(pod):
        probe = one.declared.get("startupProbe")
        if probe and one.running and one.status.get("started") is False:
            return one.finding(REASON, probe=probe_in_words(probe))
    return None
