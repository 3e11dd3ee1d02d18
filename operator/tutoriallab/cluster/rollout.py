"""How far the operator's pods have come, told from the Deployment, its ReplicaSets and its Pods; pure.

Called by in_cluster.py with what kubectl shows, again and again until all are ready or one cannot be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutoriallab.kube.conditions import condition, is_ready, is_true

Object = Mapping[str, Any]
_CRASHES = 2
_REVISION = "deployment.kubernetes.io/revision"
#: Reasons for which a container waits that do not go by themselves, and what to do then.
_STUCK = {
    "ErrImageNeverPull": "load it onto the nodes, or name one that they can pull (--operator-image REFERENCE)",
    "ImagePullBackOff": "name an image that the nodes can pull (--operator-image REFERENCE)",
    "InvalidImageName": "name another image (--operator-image REFERENCE)",
    "CreateContainerConfigError": "see kubectl describe pod -n {namespace} {pod}",
    "CreateContainerError": "see kubectl describe pod -n {namespace} {pod}",
    "RunContainerError": "see kubectl describe pod -n {namespace} {pod}",
    "CrashLoopBackOff": "see kubectl logs -n {namespace} {pod} --previous",
}


@dataclass(frozen=True)
class Rollout:
    """How many pods of the newest template are ready, of how many, and what is in the way."""

    ready: int
    wanted: int
    done: bool
    """All pods are of the newest template and ready, and no other is left."""
    waits_for: str = ""
    """What the first pod that is not ready waits for; empty when nothing is known."""
    stuck: str = ""
    """What does not go by itself: the sentence so far, without what to do."""
    way: str = ""
    """What to do about it."""
    crashed: str = ""
    """The pod whose last words tell why it is stuck; empty when there is none such."""


def rollout(deployment: Object, replica_sets: Sequence[Object], pods: Sequence[Object]) -> Rollout:
    """What there is to tell of a Deployment's pods, those of its newest template."""
    status, wanted = deployment.get("status", {}), int(deployment["spec"].get("replicas", 1))
    settled = status.get("observedGeneration") == deployment["metadata"]["generation"]
    if wanted == 0:
        name, namespace = deployment["metadata"]["name"], deployment["metadata"]["namespace"]
        way = f"kubectl scale deployment {name} --namespace {namespace} --replicas=2"
        return Rollout(0, 0, done=False, stuck="it is scaled to 0", way=way)
    counts = [status.get(one, 0) for one in ("replicas", "updatedReplicas", "availableReplicas")]
    if settled and counts == [wanted] * 3:
        return Rollout(wanted, wanted, done=True)
    newest = sorted(_newest(deployment, replica_sets, pods), key=lambda pod: str(pod["metadata"]["name"]))
    ready = sum(is_ready(pod) for pod in newest)
    for pod in newest:
        if found := _stuck(pod):
            return Rollout(ready, wanted, False, "", *found)
    waiting = next((words for pod in newest if (words := _waits_for(pod))), "")
    return Rollout(ready, wanted, done=False, waits_for=waiting or _not_made(deployment))


def _newest(deployment: Object, replica_sets: Sequence[Object], pods: Sequence[Object]) -> Iterator[Object]:
    """Pods of the newest template: older ones may be stuck in what was just mended."""
    revision = _annotation(deployment, _REVISION)
    uids = {
        one["metadata"]["uid"] for one in replica_sets if revision and _annotation(one, _REVISION) == revision
    }
    for pod in pods:
        owners = {one["uid"] for one in pod["metadata"].get("ownerReferences", ())}
        if owners & uids and "deletionTimestamp" not in pod["metadata"]:
            yield pod


def _stuck(pod: Object) -> tuple[str, str, str] | None:
    """(sentence, way, pod that has last words) for a container that waits for what will not come."""
    metadata = pod["metadata"]
    for container in pod.get("status", {}).get("containerStatuses", ()):
        waiting = container.get("state", {}).get("waiting") or {}
        reason = waiting.get("reason", "")
        # The API server may be out of reach for a moment; the second crash is none of that.
        transient = reason == "CrashLoopBackOff" and container.get("restartCount", 0) < _CRASHES
        if reason in _STUCK and not transient:
            said = waiting.get("message", "") if reason != "CrashLoopBackOff" else ""
            sentence = f"pod {metadata['name']}: {reason}" + (f", {said}" if said else "")
            way = _STUCK[reason].format(namespace=metadata["namespace"], pod=metadata["name"])
            return sentence, way, metadata["name"] if reason == "CrashLoopBackOff" else ""
    return None


def _waits_for(pod: Object) -> str:
    if is_ready(pod):
        return ""
    name, scheduled = pod["metadata"]["name"], condition(pod, "PodScheduled")
    if scheduled.get("status") == "False":
        return f"pod {name} has no node: {scheduled.get('message', scheduled.get('reason', ''))}"
    for container in pod.get("status", {}).get("containerStatuses", ()):
        state = container.get("state", {})
        if waiting := state.get("waiting"):
            return f"pod {name}: {waiting.get('reason', 'waiting')}"
        if "running" in state:
            return f"pod {name} runs, and is not ready yet"
    return f"pod {name} is {pod.get('status', {}).get('phase', 'Pending')}"


def _not_made(deployment: Object) -> str:
    """Why pods are not even made: a quota, a policy; empty when the Deployment has no complaint."""
    if not is_true(deployment, "ReplicaFailure"):
        return ""
    failure = condition(deployment, "ReplicaFailure")
    return f"no pod can be made: {failure.get('message', failure.get('reason', ''))}"


def _annotation(one: Object, name: str) -> str:
    return str((one["metadata"].get("annotations") or {}).get(name, ""))
