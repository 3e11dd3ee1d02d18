"""No node takes a pod: what the scheduler says, put into the part that excludes most nodes. Called by `walk.py`."""

import re
from collections.abc import Iterable, Mapping

from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import NODE, Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec, status
from tutoriallab.grade.diagnosis.node_wishes import fits, wishes
from tutoriallab.kube.conditions import condition

RESOURCES, NODES, PODS = "NotEnoughResources", "NoNodeMatches", "PodAffinity"
TAINT, CORDONED, CLAIM, OTHER = "Taint", "Cordoned", "ClaimNotBound", "Unschedulable"
HOST_PORT = "HostPortTaken"
REASONS = (RESOURCES, NODES, PODS, TAINT, CORDONED, HOST_PORT, CLAIM, OTHER)

#: Parts of the scheduler's message and what they mean, from pkg/scheduler/framework/plugins of Kubernetes.
_MEANS: Mapping[str, str] = {
    "Insufficient ": RESOURCES,
    "Too many pods": RESOURCES,
    "node affinity/selector": NODES,
    "node(s) didn't match Pod's node": NODES,
    "pod affinity rules": PODS,
    "pod anti-affinity rules": PODS,
    "existing pods anti-affinity": PODS,
    "topology spread": PODS,
    "untolerated taint": TAINT,
    "were unschedulable": CORDONED,
    "free ports for the requested pod ports": HOST_PORT,
    "unbound immediate PersistentVolumeClaims": CLAIM,
    "persistentvolumeclaim ": CLAIM,
    "volume node affinity conflict": CLAIM,
}
#: A taint that every control plane has: no learner wonders about it.
_OF_CONTROL_PLANES = "node-role.kubernetes.io/control-plane"
#: How the scheduler tells of taints without their names.
_UNNAMED = "untolerated taint(s)"
#: What follows the reasons: what ending other pods, and since 1.34 giving back their devices, would help.
_AFTERTHOUGHT = re.compile(r"(?: no new claims to deallocate,)? preemption:")
_PART = re.compile(r"(?:(\d+) )?(.+)")


def find(pod: Body, evidence: Evidence) -> Finding | None:
    """A pod that the scheduler has looked at, and found no node for."""
    scheduled = condition(pod, "PodScheduled")
    if scheduled.get("status") != "False" or scheduled.get("reason") != "Unschedulable":
        return None
    message = _AFTERTHOUGHT.split(str(scheduled.get("message") or ""))[0]
    reason = _reason(message, pod, evidence)
    values = {"told": short(message)}
    if reason == RESOURCES:
        values["asks"] = ", ".join(_requests(pod, message)) or "?"
    if reason == NODES:
        values["asks"] = ", ".join(wishes(pod)) or "?"
    return about(pod, reason, **values)


def of_daemon_set(daemon_set: Body, evidence: Evidence) -> Finding | None:
    """A DaemonSet that wants no pod at all, as no node fits its node selector."""
    template = spec(daemon_set).get("template") or {}
    asks = ", ".join(wishes(template))
    if not asks or status(daemon_set).get("desiredNumberScheduled") != 0 or _wished(template, evidence):
        return None
    return about(daemon_set, NODES, asks=asks, told="desiredNumberScheduled is 0")


def _wished(pod: Body, evidence: Evidence) -> bool:
    """Whether a node has what the pod's node selector and required affinity ask for; not where nodes are not seen."""
    return any(fits(pod, node) for node in evidence.all(NODE))


def _control_planes(evidence: Evidence) -> int:
    """How many nodes have the taint of control planes, which the scheduler of 1.34 counts and no longer names."""
    return sum(
        any(taint.get("key") == _OF_CONTROL_PLANES for taint in spec(node).get("taints") or ())
        for node in evidence.all(NODE)
    )


def _reason(message: str, pod: Body, evidence: Evidence) -> str:
    """What excludes most nodes; of parts that exclude as many, the one that is told first.

    Where there are nodes that the pod asks for, the others do not count: it is what keeps it from those.
    """
    _, _, parts = message.partition(": ")
    found: dict[str, int] = {}
    for part in _split(parts or message):
        match = _PART.fullmatch(part)
        if match is None or _OF_CONTROL_PLANES in part:
            continue
        meant = next((reason for text, reason in _MEANS.items() if text in part), None)
        if meant:
            found[meant] = found.get(meant, 0) + int(match[1] or 1)
    if TAINT in found and _UNNAMED in message:
        found[TAINT] -= min(found[TAINT], _control_planes(evidence))
    if NODES in found and len(found) > 1 and _wished(pod, evidence):
        del found[NODES]
    return max(found, key=lambda reason: found[reason]) if found else OTHER


def _split(parts: str) -> list[str]:
    """The message's parts; a taint in braces has commas of its own."""
    return [one.strip().rstrip(".") for one in re.split(r",\s+(?=\d+ )", parts)]


def _requests(pod: Body, message: str) -> list[str]:
    """What its containers request of the resources that the message names."""
    lacking = re.findall(r"Insufficient ([\w./-]+\w)", message)
    return [
        f"{name} {amount}"
        for name in dict.fromkeys(lacking)
        for amount in _amounts(spec(pod).get("containers") or (), name)
    ]


def _amounts(containers: Iterable[Body], resource: str) -> list[str]:
    requests = ((one.get("resources") or {}).get("requests") or {} for one in containers)
    return [str(one[resource]) for one in requests if resource in one]
