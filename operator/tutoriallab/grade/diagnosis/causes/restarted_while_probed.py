"""A container with a liveness or startup probe that is restarted: most likely by the kubelet. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.probe import probe_in_words

REASON = "RestartedWhileProbed"


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that was restarted, has a liveness probe, and is not ready now."""
    for one in containers(pod):
        probe = one.declared.get("livenessProbe")
        if probe and one.restarts and one.ended and not one.status.get("ready"):
            return one.finding(
                REASON,
                probe=probe_in_words(probe),
                restarts=str(one.restarts),
                code=str(one.ended.get("exitCode", "?")),
            )
    return None
