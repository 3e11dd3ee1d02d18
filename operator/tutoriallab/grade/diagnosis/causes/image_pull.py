"""An image that cannot be pulled. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import first_waiting, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding

REASON = "ImagePull"
#: Why such a container waits, as the kubelet says it.
WAITS = frozenset({"ErrImagePull", "ImagePullBackOff", "RegistryUnavailable"})


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """The first container that waits for one of these reasons."""
    one = first_waiting(pod, WAITS)
    return one.finding(REASON, told=short(_core(one.message))) if one else None


def _core(message: str) -> str:
    """What the registry or the runtime said last.

    Before it stands what each of them was doing; the kubelet says it in other words each time that it tries and waits.
    """
    error = message.rpartition("desc = ")[2]
    return error.rpartition('": ')[2] or error
