"""A readiness probe that does not succeed. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.probe import probe_failed, probe_in_words

REASON = "Readiness"


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that runs, and is not ready by its readiness probe."""
    if pod["metadata"].get("deletionTimestamp"):
        return None
    for one in containers(pod):
        probe = one.declared.get("readinessProbe")
        if probe and not one.init and one.running and not one.status.get("ready"):
            told = probe_failed(one, evidence, "Readiness")
            return one.finding(REASON, probe=probe_in_words(probe), told=told)
    return None
