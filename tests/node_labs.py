"""Labs that lease nodes, and what tests see of nodes and leases; used by the integration tests of leases."""

import json
from typing import Any

from builders import Json, check, lab, step
from operator_process import eventually
from samples import plain
from world import World

GIVEN_NODE = {"node": {"apiVersion": "v1", "kind": "Node", "name": "${node1}"}}
WORKERS = ("worker1", "worker2", "worker3")
#: Taints that the control plane puts on cordoned and dead nodes, and takes off by itself.
MACHINES = (
    "node.kubernetes.io/unschedulable",
    "node.kubernetes.io/unreachable",
    "node.kubernetes.io/not-ready",
)


def pinned(name: str, *requests: Json, **changes: Any) -> Json:
    """A lab that wants these nodes (or one); it is done when node1 carries the label done."""
    done = check(
        "done",
        given=GIVEN_NODE,
        expect=["node.metadata.name == nodes.node1", "'done' in node.metadata.labels"],
    )
    wants = list(requests) or [{"name": "node1"}]
    task = {"en": "kubectl label node ${node1} done=yes"}
    return plain(lab(name, step("first", done, task=task), nodes=wants, **changes))


def tainted(name: str) -> Json:
    """A lab that changes two nodes."""
    taint = {"key": "tag", "value": "test", "effect": "NoSchedule"}
    return pinned(name, {"name": "node1", "labels": {"nodeenv": "pro"}, "taints": [taint]}, {"name": "node2"})


def what_people_see(world: World, node: str) -> Json:
    """All of a node that a lease may change, without the control plane's own taints."""
    found = world.get("node", node)
    taints = [one for one in found["spec"].get("taints", []) if one["key"] not in MACHINES]
    metadata = found["metadata"]
    return {
        "labels": metadata["labels"],
        "annotations": metadata.get("annotations"),
        "taints": taints,
        "unschedulable": found["spec"].get("unschedulable"),
    }


def nodes_now(world: World, *names: str) -> str:
    """The same of several nodes (all workers), as bytes to compare."""
    return json.dumps([what_people_see(world, node) for node in names or WORKERS], sort_keys=True, indent=1)


def until_nodes_are(world: World, before: str, *names: str) -> None:
    """Wait until these nodes (all workers) are again what they were."""
    eventually(
        lambda: nodes_now(world, *names) == before,
        f"the nodes are what they were:\n{before}",
        lambda: nodes_now(world, *names) + world.operator.log[-3_000:],
    )


def ledger(world: World) -> list[str]:
    """The ConfigMaps of leases."""
    return world.names("configmap", "tutoriallab-system", "-l", "tutoriallab.dev/lease")


def until_nothing_is_leased(world: World) -> None:
    """Wait until no lab has nodes."""
    eventually(lambda: ledger(world) == [], "nothing is leased", lambda: ledger(world))
