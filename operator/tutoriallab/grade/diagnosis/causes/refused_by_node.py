"""A pod that its node has refused: it named the node itself, or the node had changed. Called by `walk.py`."""

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec, status

REASON = "RefusedByNode"
#: What the kubelet writes before the reason. Source: rejectPod in k8s.io/kubernetes/pkg/kubelet.
_REJECTED = "Pod was rejected: "


def find(pod: Body, _evidence: Evidence) -> Finding | None:
    """A failed pod that never started, as its kubelet says."""
    told = str(status(pod).get("message") or "")
    if status(pod).get("phase") != "Failed" or not told.startswith(_REJECTED):
        return None
    return about(
        pod, REASON, node=str(spec(pod).get("nodeName") or ""), told=short(told.removeprefix(_REJECTED))
    )
