"""Nodes of an embedded cluster that lose their power and get it again: the control plane itself finds out."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from node_labs import WORKERS, ledger, nodes_now, pinned, until_nodes_are
from operator_process import eventually
from proving import typed_on
from running_cluster import RunningCluster
from tutoriallab.cluster import embedded
from tutoriallab.cluster.progress import Silent
from tutoriallab.kube.conditions import is_ready
from world import World

pytestmark = pytest.mark.integration
#: Seconds: 40 without a heartbeat, a look every 5, and a busy machine.
NOTICED_WITHIN = 90


@pytest.fixture
def powered(world: World, cluster: RunningCluster) -> Iterator[World]:
    """A world whose nodes have their power again afterwards, whatever a test did."""
    yield world
    for node in WORKERS:
        types(cluster, "start", node)
    until_all_serve(world)


def types(cluster: RunningCluster, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """kubectl lab node …"""
    argv = [sys.executable, "-m", "tutoriallab", "node", *arguments]
    environment = {**os.environ, **typed_on(cluster)}
    return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False, timeout=60)


def ready(world: World, node: str) -> dict[str, Any]:
    conditions: list[dict[str, Any]] = world.get("node", node)["status"]["conditions"]
    return next(one for one in conditions if one["type"] == "Ready")


def until_missed(world: World, node: str) -> None:
    eventually(lambda: ready(world, node)["status"] == "Unknown", f"{node} is missed", timeout=NOTICED_WITHIN)


def until_all_serve(world: World) -> None:
    def serve() -> bool:
        found = [world.get("node", one) for one in WORKERS]
        return all(is_ready(one) and "taints" not in one["spec"] for one in found)

    eventually(serve, "the nodes serve", lambda: world.kubectl("describe", "nodes"), timeout=90)


def test_the_control_plane_misses_a_stopped_node_until_it_is_started(
    powered: World, cluster: RunningCluster
) -> None:
    before = nodes_now(powered)
    powered.apply(pinned("power"))
    node = powered.until_phase("power", "Active")["nodes"]["node1"]
    other = next(one for one in WORKERS if one != node)
    refused = types(cluster, "stop", other)
    assert refused.returncode == 1
    assert f"No lab has leased {other}" in refused.stderr
    assert f"Node {node} is stopped." in types(cluster, "stop", "node1").stdout
    assert f"Node {node} is stopped already." in types(cluster, "stop", node).stdout
    until_missed(powered, node)
    # Said by the node lifecycle controller, in its own words.
    assert ready(powered, node)["reason"] == "NodeStatusUnknown"
    eventually(lambda: taints(powered, node) >= {"NoSchedule", "NoExecute"}, "tainted")
    assert ready(powered, other)["status"] == "True"
    assert f"Node {node} is started" in types(cluster, "start", "node1").stdout
    assert f"Node {node} is not stopped." in types(cluster, "start", "node1").stdout
    until_all_serve(powered)
    powered.delete_lab("power")
    until_nodes_are(powered, before)


def taints(world: World, node: str) -> set[str]:
    found = world.get("node", node)["spec"].get("taints", [])
    return {one["effect"] for one in found if one["key"] == "node.kubernetes.io/unreachable"}


def test_a_stopped_node_ends_no_pod_and_a_lab_that_ends_gives_it_back_with_its_power(
    powered: World, cluster: RunningCluster
) -> None:
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "web"},
        "spec": {"nodeName": "${node1}", "containers": [{"name": "web", "image": "nginx:1.7.9"}]},
    }
    powered.apply(pinned("dark", provision=[pod]))
    node = powered.until_phase("dark", "Active")["nodes"]["node1"]
    stopped = types(cluster, "stop", "node1")
    assert stopped.returncode == 0, stopped.stderr
    powered.kubectl("delete", "pod", "web", "-n", "dark", "--wait=false")
    until_missed(powered, node)
    assert "deletionTimestamp" in powered.get("pod", "web", "dark")["metadata"]
    powered.kubectl("annotate", "lab", "dark", "tutoriallab.dev/reset=1")
    eventually(
        lambda: (
            powered.status("dark")["handled"].get("reset") == "1"
            and powered.status("dark")["phase"] == "Active"
        ),
        "the lab has begun anew",
        lambda: powered.status("dark"),
        timeout=NOTICED_WITHIN,
    )
    until_all_serve(powered)
    powered.delete_lab("dark", timeout="60s")
    assert ledger(powered) == []


def test_up_starts_a_stopped_node(powered: World, cluster: RunningCluster) -> None:
    stopped = types(cluster, "stop", "worker3", "--force")
    assert stopped.returncode == 0, stopped.stderr
    # The control plane has not missed it yet.
    assert embedded.start(cluster.name, cluster.places, Silent()).came == "started"
    assert "worker3 is not stopped" in types(cluster, "start", "worker3").stdout
    assert ready(powered, "worker3")["status"] == "True"
