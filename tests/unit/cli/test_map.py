"""What of Pods and Nodes the map tells."""

from typing import Any

import pytest

from tutoriallab.cli.map import Map, NodeSpot, PodSpot, Row, Sight, draw_up, node_spot, pod_spot

Json = dict[str, Any]


def container(**state: Any) -> Json:
    return {"name": "web", "state": state}


def pod(phase: str, *containers: Json, node: str = "worker1", ready: str = "", **changes: Any) -> Json:
    metadata = {"name": "web", **changes.pop("metadata", {})}
    conditions = changes.pop("conditions", [{"type": "Ready", "status": ready}])
    status = {"phase": phase, "conditions": conditions, "containerStatuses": list(containers), **changes}
    return {"metadata": metadata, "spec": {"nodeName": node}, "status": status}


REFUSED = [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}]
GATED = [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]
LEAVING = {"deletionTimestamp": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [
        (pod("Running", ready="True"), "ready", ""),
        (pod("Running", ready="False"), "pending", "NotReady"),
        (pod("Running", ready="True", metadata=LEAVING), "pending", "Terminating"),
        (pod("Pending", container(waiting={"reason": "ContainerCreating"})), "pending", "ContainerCreating"),
        (pod("Pending", container(waiting={"reason": "ImagePullBackOff"})), "failing", "ImagePullBackOff"),
        (pod("Pending"), "pending", "Pending"),
        (pod("Pending", node="", conditions=REFUSED), "pending", "Unschedulable"),
        (pod("Pending", node="", conditions=GATED), "pending", "SchedulingGated"),
        (pod("Pending", node="", conditions=[]), "pending", "Pending"),
        (pod("Running", container(waiting={"reason": "CrashLoopBackOff"})), "failing", "CrashLoopBackOff"),
        (pod("Running", container(terminated={"exitCode": 1})), "failing", "Error"),
        (pod("Failed", reason="Evicted"), "failing", "Evicted"),
        (
            pod("Failed", container(terminated={"exitCode": 137, "reason": "OOMKilled"})),
            "failing",
            "OOMKilled",
        ),
        (pod("Failed"), "failing", "Failed"),
        (pod("Succeeded", container(terminated={"exitCode": 0})), "done", "Completed"),
        (
            pod(
                "Pending",
                container(waiting={"reason": "PodInitializing"}),
                initContainerStatuses=[container(waiting={"reason": "CrashLoopBackOff"})],
            ),
            "failing",
            "CrashLoopBackOff",
        ),
    ],
)
def test_a_pod_is_ready_pending_failing_or_done_and_the_api_says_why(body: Json, kind: str, why: str) -> None:
    seen = pod_spot(body)

    assert (seen.kind, seen.why) == (kind, why)


def test_a_pod_that_has_no_status_yet_is_pending_on_no_node() -> None:
    assert pod_spot({"metadata": {"name": "web"}}) == PodSpot("web", "", "pending", "Pending")


def test_of_a_nodes_taints_those_of_the_control_plane_are_left_to_ready_and_the_cordon() -> None:
    taints = [
        {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"},
        {"key": "node.kubernetes.io/not-ready", "effect": "NoExecute"},
        {"key": "tag", "value": "test", "effect": "NoSchedule"},
        {"key": "lone", "effect": "NoExecute"},
    ]
    body = {
        "metadata": {"name": "worker1"},
        "spec": {"unschedulable": True, "taints": taints},
        "status": {"conditions": [{"type": "Ready", "status": "Unknown"}]},
    }

    assert node_spot(body) == NodeSpot("worker1", False, True, ("tag=test:NoSchedule", "lone:NoExecute"))


def spot(name: str, node: str) -> PodSpot:
    return PodSpot(name, node, "ready")


def test_the_labs_nodes_come_first_then_others_with_its_pods() -> None:
    pods = {name: spot(name, node) for name, node in {"b": "worker9", "a": "worker9", "c": "worker2"}.items()}
    nodes = {name: NodeSpot(name, True, False) for name in ("worker1", "worker2", "worker9")}

    made = draw_up(Sight(pods, nodes), {"node2": "worker2", "node1": "worker1"})

    assert made.rows == (
        Row("worker2", "node2", nodes["worker2"], (spot("c", "worker2"),)),
        Row("worker1", "node1", nodes["worker1"], ()),
        Row("worker9", "", nodes["worker9"], (spot("a", "worker9"), spot("b", "worker9"))),
    )


def test_pods_without_a_node_stand_apart() -> None:
    waiting = PodSpot("web", "", "pending", "Unschedulable")

    assert draw_up(Sight({"web": waiting}, {}), {}) == Map((), (waiting,))


def test_what_may_not_be_listed_is_named_and_pods_still_have_their_nodes() -> None:
    assert draw_up(Sight({"a": spot("a", "worker1")}, None), {}) == Map(
        (Row("worker1", "", None, (spot("a", "worker1"),)),), (), ("nodes",)
    )
    assert draw_up(Sight(None, None), {}).unknown == ("pods", "nodes")
