"""A controller whose pods the API server refuses: a quota, a LimitRange, Pod Security, something else.

Called by `walk.py`.
"""

from collections.abc import Mapping

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec, status
from tutoriallab.grade.diagnosis.said import happened, passes
from tutoriallab.kube.conditions import condition

QUOTA, LIMITS, SECURITY, OTHER = "Quota", "LimitRange", "PodSecurity", "CannotCreatePods"
REASONS = (QUOTA, LIMITS, SECURITY, OTHER)
_SAYS = frozenset({"FailedCreate"})
#: Words of a refusal and what they mean, from the admission plugins of Kubernetes.
_MEANS: Mapping[str, str] = {
    "exceeded quota": QUOTA,
    "failed quota": QUOTA,
    "violates PodSecurity": SECURITY,
    " usage per ": LIMITS,
}


def find(workload: Body, evidence: Evidence) -> Finding | None:
    """A Deployment or ReplicaSet with the condition ReplicaFailure; another that lacks pods, by its Events."""
    failure = condition(workload, "ReplicaFailure")
    message = str(failure.get("message") or "") if failure.get("status") == "True" else ""
    if passes(message):
        message = ""
    if not message and _lacks_pods(workload):
        message = happened(workload, evidence, _SAYS)
    if not message:
        return None
    reason = next((meant for words, meant in _MEANS.items() if words in message), OTHER)
    return about(workload, reason, told=short(_refusal(message)))


def _lacks_pods(workload: Body) -> bool:
    """Whether it has fewer pods than it is to have, of the kinds that say why in an Event alone."""
    now = status(workload)
    match workload["kind"]:
        case "StatefulSet":
            return int(now.get("replicas") or 0) < int(spec(workload).get("replicas", 1))
        case "DaemonSet":
            wanted = int(now.get("desiredNumberScheduled") or 0)
            return int(now.get("currentNumberScheduled") or 0) < wanted
        case "Job":
            return not any(now.get(one) for one in ("active", "succeeded", "failed", "completionTime"))
    return False


def _refusal(message: str) -> str:
    """The refusal itself: before it stands which pod it was, with a name that is new each time."""
    return message.partition(" is forbidden: ")[2] or message.partition(" error: ")[2] or message
