"""A container whose program cannot be started: no such file, no right to run it. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import containers, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding

REASON = "CannotStart"
#: Why such a container waits, and why it ended, as kubelet and runtime say it; `config_missing.py` looks first.
WAITS = frozenset({"RunContainerError", "CreateContainerError", "CreateContainerConfigError"})
ENDS = frozenset({"StartError", "ContainerCannotRun"})


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that could not be started."""
    for one in containers(pod):
        told = one.waiting if one.waiting.get("reason") in WAITS else one.ended
        if not one.running and told.get("reason") in WAITS | ENDS:
            return one.finding(REASON, told=short(_end(str(told.get("message") or told["reason"]))))
    return None


def _end(message: str) -> str:
    """The part that says why; runtimes put what they were doing before it."""
    return message.rpartition("unable to start container process: ")[2]
