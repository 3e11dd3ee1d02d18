"""A container with a liveness probe that is restarted: by the kubelet, as its Events say, or most likely so.

Called by `walk.py`.
"""

from tutoriallab.grade.diagnosis.containers import containers
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding
from tutoriallab.grade.diagnosis.probe import probe_failed, probe_in_words

LIVENESS, LIKELY = "LivenessFailing", "RestartedWhileProbed"
REASONS = (LIVENESS, LIKELY)


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """The first container that was restarted, has a liveness probe, and fails it or is not ready now."""
    for one in containers(pod):
        probe = one.declared.get("livenessProbe")
        if not probe or not one.restarts or not one.ended:
            continue
        values = {"probe": probe_in_words(probe), "restarts": str(one.restarts)}
        told = probe_failed(one, evidence, "Liveness")
        if told:
            return one.finding(LIVENESS, told=told, **values)
        if not one.status.get("ready"):
            return one.finding(LIKELY, code=str(one.ended.get("exitCode", "?")), **values)
    return None
