"""Where a lab's pods run: nodes with their pods, and the pods that have no node. Pure; drawn by `show_map.py`.

What is read of a Pod or Node is kept, the rest let go: a cluster may have thousands.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tutoriallab.kube.conditions import condition, is_ready
from tutoriallab.provision.lease.machine import is_machines_taint

Kind = Literal["failing", "pending", "ready", "done"]
#: Reasons of waiting containers that are the normal way to a start.
_STARTING = frozenset({"ContainerCreating", "PodInitializing"})


@dataclass(frozen=True)
class PodSpot:
    """A pod: where it is, how it is, and the API's own word for why; empty when it is ready."""

    name: str
    node: str
    kind: Kind
    why: str = ""


@dataclass(frozen=True)
class NodeSpot:
    """A node: whether it is Ready and cordoned, and the taints that people put on it, as kubectl writes them."""

    name: str
    ready: bool
    cordoned: bool
    taints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A node of the map: its alias in the lab, its state where it may be known, the workspace's pods on it."""

    name: str
    alias: str
    node: NodeSpot | None
    pods: tuple[PodSpot, ...]


@dataclass(frozen=True)
class Map:
    """The lab's nodes first, in its own order, then others with pods of the workspace; pods without a node."""

    rows: tuple[Row, ...] = ()
    homeless: tuple[PodSpot, ...] = ()
    unknown: tuple[Literal["pods", "nodes"], ...] = ()
    """What whoever looks has no right to list."""


@dataclass(frozen=True)
class Sight:
    """What was seen of the cluster; None for what may not be listed."""

    pods: Mapping[str, PodSpot] | None
    nodes: Mapping[str, NodeSpot] | None


def draw_up(sight: Sight, aliases: Mapping[str, str]) -> Map:
    """The map of a lab whose leased nodes have these aliases."""
    pods = sorted((sight.pods or {}).values(), key=lambda pod: pod.name)
    names = {node: alias for alias, node in aliases.items()}
    others = sorted({pod.node for pod in pods if pod.node} - names.keys())
    rows = tuple(
        Row(
            name,
            names.get(name, ""),
            (sight.nodes or {}).get(name),
            tuple(pod for pod in pods if pod.node == name),
        )
        for name in [*names, *others]
    )
    asked: tuple[tuple[Literal["pods", "nodes"], object], ...] = (
        ("pods", sight.pods),
        ("nodes", sight.nodes),
    )
    return Map(
        rows,
        tuple(pod for pod in pods if not pod.node),
        tuple(what for what, known in asked if known is None),
    )


def pod_spot(body: Mapping[str, Any]) -> PodSpot:
    """A Pod as the map shows it."""
    name, node = body["metadata"]["name"], (body.get("spec") or {}).get("nodeName") or ""
    kind, why = _state(body)
    return PodSpot(name, node, kind, why)


def node_spot(body: Mapping[str, Any]) -> NodeSpot:
    """A Node as the map shows it; taints of the control plane are told as NotReady and cordoned."""
    spec = body.get("spec") or {}
    return NodeSpot(
        body["metadata"]["name"],
        is_ready(body),
        bool(spec.get("unschedulable")),
        tuple(_taint(one) for one in spec.get("taints") or () if not is_machines_taint(one)),
    )


def _state(body: Mapping[str, Any]) -> tuple[Kind, str]:
    status = body.get("status") or {}
    phase = status.get("phase", "Pending")
    if phase == "Succeeded":
        return "done", "Completed"
    if phase == "Failed":
        return "failing", next(_broken(status), "") or status.get("reason") or "Failed"
    if body["metadata"].get("deletionTimestamp"):
        return "pending", "Terminating"
    if broken := next(_broken(status), ""):
        return "failing", broken
    if phase == "Running":
        return ("ready", "") if is_ready(body) else ("pending", "NotReady")
    if not (body.get("spec") or {}).get("nodeName"):
        return "pending", condition(body, "PodScheduled").get("reason") or "Pending"
    return "pending", next(_waiting(status), "Pending")


def _containers(status: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for one in [*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())]:
        yield one.get("state") or {}


def _waiting(status: Mapping[str, Any]) -> Iterator[str]:
    """Why containers wait; an init container's reason before that of those behind it."""
    return (
        state["waiting"].get("reason") or "Pending" for state in _containers(status) if state.get("waiting")
    )


def _broken(status: Mapping[str, Any]) -> Iterator[str]:
    """Reasons of containers that cannot start, or ended badly."""
    for state in _containers(status):
        waiting, ended = (state.get("waiting") or {}).get("reason"), state.get("terminated") or {}
        if waiting and waiting not in _STARTING:
            yield waiting
        elif ended.get("exitCode"):
            yield ended.get("reason") or "Error"


def _taint(taint: Mapping[str, Any]) -> str:
    value = f"={taint['value']}" if taint.get("value") else ""
    return f"{taint.get('key')}{value}:{taint.get('effect')}"
