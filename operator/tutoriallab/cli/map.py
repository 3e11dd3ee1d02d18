"""Where a lab's pods run: nodes with their pods, and the pods that have no node. Pure; drawn by `show_map.py`.

What is read of a Pod or Node is kept, the rest let go: a cluster may have thousands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tutoriallab.kube.conditions import is_ready
from tutoriallab.provision.lease.machine import is_machines_taint
from tutoriallab.web.item import taint
from tutoriallab.web.pod import Kind, state


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
    kind, why = state(body)
    return PodSpot(name, node, kind, why)


def node_spot(body: Mapping[str, Any]) -> NodeSpot:
    """A Node as the map shows it; taints of the control plane are told as NotReady and cordoned."""
    spec = body.get("spec") or {}
    return NodeSpot(
        body["metadata"]["name"],
        is_ready(body),
        bool(spec.get("unschedulable")),
        tuple(taint(one) for one in spec.get("taints") or () if not is_machines_taint(one)),
    )
