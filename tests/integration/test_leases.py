"""Leases of nodes on a real control plane, with the operator as a process of its own."""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import yaml

from builders import Json, check, lab, step
from node_labs import (
    GIVEN_NODE,
    WORKERS,
    ledger,
    nodes_now,
    pinned,
    tainted,
    until_nodes_are,
    until_nothing_is_leased,
)
from operator_process import OperatorProcess, eventually
from running_cluster import RunningCluster
from samples import plain
from tutoriallab.cluster import embedded, workers
from tutoriallab.kube.conditions import is_ready
from world import World

pytestmark = pytest.mark.integration
THREE = [{"name": "node1"}, {"name": "node2"}, {"name": "node3"}]


@contextmanager
def not_ready(world: World, cluster: RunningCluster, node: str) -> Iterator[None]:
    """The node's kubelet is gone: whoever simulates it stands still, and its condition says so."""
    kwok = embedded.status(cluster.name, cluster.places).processes["kwok-controller"]
    os.kill(kwok, signal.SIGSTOP)
    conditions = [{"type": "Ready", "status": "False", "reason": "Gone", "message": "gone"}]
    try:
        world.kubectl(
            *("patch", "node", node, "--subresource=status", "--type=strategic"),
            *("-p", json.dumps({"status": {"conditions": conditions}})),
        )
        yield
    finally:
        os.kill(kwok, signal.SIGCONT)
        until_ready(world, node)


def until_ready(world: World, *nodes: str) -> None:
    """Wait until nodes serve again; the control plane takes its taints off up to half a minute later."""

    def serve() -> bool:
        found = [world.get("node", one) for one in nodes]
        return all(is_ready(one) and "taints" not in one["spec"] for one in found)

    eventually(serve, "the nodes serve", lambda: world.kubectl("describe", "nodes"), timeout=90)


def self_passing(name: str, *requests: Json) -> Json:
    """A lab that is done as soon as it has its node."""
    has = check("has", given=GIVEN_NODE, expect=["node.metadata.name == nodes.node1"])
    return plain(lab(name, step("first", has), nodes=list(requests) or [{"name": "node1"}]))


def test_a_lab_gets_its_nodes_with_labels_and_taints_and_gives_them_back(world: World) -> None:
    before = nodes_now(world)
    body = tainted("pinned")
    body["spec"]["provision"] = [
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "where"},
            "data": {"first": "${node1}", "second": "${node2}"},
        }
    ]
    world.apply(body)
    status = world.until_phase("pinned", "Active")
    assert status["nodes"] == {"node1": "worker1", "node2": "worker2"}
    leased = world.get("node", "worker1")
    assert leased["metadata"]["labels"]["nodeenv"] == "pro"
    assert leased["spec"]["taints"] == [{"key": "tag", "value": "test", "effect": "NoSchedule"}]
    assert leased["metadata"]["annotations"]["tutoriallab.dev/leased-by"] == "default/pinned"
    assert world.get("configmap", "where", "pinned")["data"] == {"first": "worker1", "second": "worker2"}
    assert sorted(ledger(world)) == [
        "tutoriallab-node.worker1",
        "tutoriallab-node.worker2",
        "tutoriallab-nodes",
    ]
    world.kubectl("label", "node", "worker1", "done=yes")
    world.until_phase("pinned", "Completed")
    until_nodes_are(world, before)
    until_nothing_is_leased(world)
    # The debrief names them still.
    assert world.status("pinned")["nodes"]["node1"] == "worker1"
    world.discard("pinned")


def damage(world: World, node: str, chance: random.Random) -> None:
    """What a learner with all rights may do to a node, by chance."""
    taints = [f"t{i}=v:{effect}" for i, effect in enumerate(("NoSchedule", "PreferNoSchedule", "NoExecute"))]
    blows = [
        ("taint", "node", node, *taints),
        ("taint", "node", node, "node.kubernetes.io/out-of-service=x:NoExecute"),
        ("label", "node", node, "kubernetes.io/hostname-", "more=1", "nodeenv=other", "--overwrite"),
        ("label", "node", node, "node-role.kubernetes.io/worker-"),
        ("annotate", "node", node, "note=mine", "--overwrite"),
        ("cordon", node),
        ("patch", "node", node, "--type=merge", "-p", '{"spec":{"taints":null}}'),
    ]
    for blow in chance.sample(blows, k=chance.randint(3, len(blows))):
        world.kubectl(*blow)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_learner_does_to_a_node_is_undone_when_the_lab_is_deleted(world: World, seed: int) -> None:
    world.kubectl("taint", "node", "worker1", "soft=own:PreferNoSchedule", "--overwrite")
    world.kubectl("label", "node", "worker1", "nodeenv=mine", "--overwrite")
    before = nodes_now(world)
    try:
        name = f"damaged-{seed}"
        world.apply(tainted(name))
        status = world.until_phase(name, "Active")
        chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
        for node in status["nodes"].values():
            damage(world, node, chance)
        assert nodes_now(world) != before
        world.delete_lab(name)
        assert nodes_now(world) == before
        assert ledger(world) == []
        eventually(
            lambda: "unschedulable" not in json.dumps([world.get("node", one)["spec"] for one in WORKERS]),
            "the control plane has taken its own taint off",
        )
    finally:
        world.kubectl("taint", "node", "worker1", "soft-")
        world.kubectl("label", "node", "worker1", "nodeenv-")


def test_a_reset_gives_the_nodes_back_and_prepares_them_again_before_anybody_elses_turn(world: World) -> None:
    before = nodes_now(world)
    world.apply(tainted("over"))
    world.until_phase("over", "Active")
    world.apply(self_passing("behind"))
    world.until_phase("behind", "Blocked")
    world.kubectl("taint", "node", "worker1", "tag-", "mine=1:NoSchedule")
    world.kubectl("cordon", "worker2")
    world.kubectl("annotate", "lab", "over", "tutoriallab.dev/reset=1")
    eventually(
        lambda: (
            world.status("over")["handled"].get("reset") == "1" and world.status("over")["phase"] == "Active"
        ),
        "reset",
        lambda: world.status("over"),
    )
    node = world.get("node", "worker1")
    assert [one["key"] for one in node["spec"]["taints"]] == ["tag"]
    assert "unschedulable" not in world.get("node", "worker2")["spec"]
    assert world.status("behind")["phase"] == "Blocked"
    world.delete_lab("over")
    world.until_phase("behind", "Completed")
    until_nodes_are(world, before)
    world.discard("behind")


def test_two_labs_want_nodes_at_once(world: World) -> None:
    before = nodes_now(world)
    world.apply(pinned("one-a"), pinned("one-b"))
    eventually(
        lambda: {world.status(one).get("phase") for one in ("one-a", "one-b")} == {"Active", "Blocked"},
        "one has the node",
        lambda: (world.status("one-a"), world.status("one-b")),
    )
    first, second = ("one-a", "one-b") if world.status("one-a")["phase"] == "Active" else ("one-b", "one-a")
    waiting = world.condition(second, "Provisioned")
    assert waiting["reason"] == "NodesTaken"
    assert waiting["message"].startswith(f"Nodes are leased by lab default/{first}; this lab is next")
    world.kubectl("label", "node", world.status(first)["nodes"]["node1"], "done=yes")
    world.until_phase(first, "Completed")
    world.until_phase(second, "Active", timeout=15)
    world.delete_lab(second)
    until_nodes_are(world, before)
    world.discard(first)


def test_nodes_are_free_as_soon_as_no_pod_is_left_whatever_else_holds_up_the_workspace(world: World) -> None:
    before = nodes_now(world)
    world.apply(pinned("held"))
    node = world.until_phase("held", "Active")["nodes"]["node1"]
    world.kubectl("-n", "held", "create", "configmap", "kept")
    finalizers = '{"metadata": {"finalizers": ["example.com/hold"]}}'
    world.kubectl("-n", "held", "patch", "configmap", "kept", "--type=merge", "-p", finalizers)
    world.kubectl(
        "-n", "held", "run", "web", "--image=nginx", f'--overrides={{"spec":{{"nodeName":"{node}"}}}}'
    )
    world.kubectl("delete", "lab", "held", "--wait=false")
    try:
        eventually(
            lambda: nodes_now(world) == before, "the nodes are given back", lambda: world.status("held")
        )
        assert world.status("held")["phase"] == "Deleting"
        world.apply(pinned("free"))
        world.until_phase("free", "Active")
    finally:
        world.kubectl(
            "-n", "held", "patch", "configmap", "kept", "--type=merge", "-p", '{"metadata":{"finalizers":[]}}'
        )
    world.delete_lab("free")
    until_nodes_are(world, before)
    world.discard("held")


def test_twenty_labs_for_three_nodes_get_them_one_after_the_other_in_order(world: World) -> None:
    before = nodes_now(world)
    world.apply(pinned("first"))
    world.until_phase("first", "Active")
    names = [f"queue-{i:02}" for i in range(20)]
    world.apply(*(self_passing(name, *THREE[: 1 + i % 3]) for i, name in enumerate(names)))
    eventually(
        lambda: (
            "19 labs are before this one"
            in world.kubectl("get", "labs", "-o", "jsonpath={.items[*].status.next}")
        ),
        "all wait",
        lambda: [world.status(name).get("next") for name in names],
    )
    # The one that waits longest goes away: the others move up.
    world.delete_lab(names.pop(0))
    eventually(
        lambda: "this lab is next" in world.status(names[0]).get("next", ""),
        "moved up",
        lambda: world.status(names[0]),
    )
    world.delete_lab("first")
    eventually(
        lambda: (
            world.kubectl("get", "labs", "-o", "jsonpath={.items[*].status.phase}").count("Completed") >= 19
        ),
        "all are Completed",
        lambda: [(name, world.status(name).get("phase"), world.status(name).get("next")) for name in names],
        timeout=120,
    )
    began = {name: world.status(name)["steps"][0]["openedAt"] for name in names}
    assert sorted(names, key=began.__getitem__) == names
    until_nodes_are(world, before)
    until_nothing_is_leased(world)
    world.discard(*names)


def test_a_node_that_is_deleted_while_it_is_leased_hinders_nobody(world: World) -> None:
    before = nodes_now(world, "worker2", "worker3")
    world.apply(pinned("lost", *THREE))
    world.until_phase("lost", "Active")
    try:
        world.kubectl("delete", "node", "worker1")
        world.until_verdict("lost", "first/done", "Failing", "Node worker1 does not exist")
        world.kubectl("annotate", "lab", "lost", "tutoriallab.dev/reset=1")
        eventually(
            lambda: world.condition("lost", "Provisioned").get("reason") == "NotEnoughNodes",
            "told",
            lambda: world.status("lost"),
        )
        assert (
            "needs 3 worker nodes labelled tutoriallab.dev/leasable=true, this cluster has 2"
            in (world.condition("lost", "Provisioned")["message"])
        )
        until_nodes_are(world, before, "worker2", "worker3")
        until_nothing_is_leased(world)
    finally:
        world.kubectl(
            "create", "--validate=false", "-f", "-", stdin=yaml.safe_dump(workers.manifest("worker1"))
        )
        until_ready(world, "worker1")
    # It goes on by itself.
    world.until_phase("lost", "Active", timeout=90)
    world.delete_lab("lost")
    until_nothing_is_leased(world)


def test_a_node_that_is_not_ready_is_not_leased_and_holds_nobody_up(
    world: World, cluster: RunningCluster
) -> None:
    before = nodes_now(world)
    with not_ready(world, cluster, "worker1"):
        world.apply(pinned("all", *THREE))
        eventually(
            lambda: "worker1 (NotReady)" in world.condition("all", "Provisioned").get("message", ""),
            "told",
            lambda: world.status("all"),
        )
        assert world.condition("all", "Provisioned")["reason"] == "NodesNotReady"
        world.apply(self_passing("some", *THREE[:2]))
        assert world.until_phase("some", "Completed")["nodes"] == {"node1": "worker2", "node2": "worker3"}
    world.until_phase("all", "Active", timeout=90)
    world.delete_lab("all", "some")
    until_nodes_are(world, before)


def test_a_node_that_dies_while_it_is_leased_does_not_hold_up_the_deletion(
    world: World, cluster: RunningCluster
) -> None:
    before = nodes_now(world)
    spec = {
        "nodeName": "${node1}",
        "terminationGracePeriodSeconds": 1,
        "containers": [{"name": "web", "image": "nginx:1.7.9"}],
    }
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": spec}
    world.apply(pinned("dead", provision=[pod]))
    node = world.until_phase("dead", "Active")["nodes"]["node1"]
    with not_ready(world, cluster, node):
        world.delete_lab("dead", timeout="60s")
        assert world.gone("namespace", ["dead"])
    until_nodes_are(world, before)
    assert ledger(world) == []


def test_a_restarted_operator_leaves_the_learners_changes_alone_and_gives_all_back_in_the_end(
    world: World,
) -> None:
    before = nodes_now(world)
    world.apply(tainted("kept"))
    world.until_phase("kept", "Active")
    world.kubectl("taint", "node", "worker1", "tag-", "mine=1:NoSchedule")
    world.operator.kill()
    world.operator.start()
    world.kubectl("annotate", "lab", "kept", "tutoriallab.dev/restart-step=1")
    eventually(lambda: world.status("kept").get("handled", {}).get("restartStep") == "1", "seen")
    assert [one["key"] for one in world.get("node", "worker1")["spec"]["taints"]] == ["mine"]
    world.operator.kill()
    world.kubectl("delete", "lab", "kept", "--wait=false")
    world.operator.start()
    until_nodes_are(world, before)
    until_nothing_is_leased(world)


def test_a_lab_that_was_torn_away_while_no_operator_ran_leaves_nothing_leased(world: World) -> None:
    before = nodes_now(world)
    world.apply(tainted("torn"))
    world.until_phase("torn", "Active")
    world.operator.kill()
    world.kubectl("patch", "lab", "torn", "--type=merge", "-p", '{"metadata":{"finalizers":null}}')
    world.kubectl("delete", "lab", "torn")
    assert ledger(world) != []
    world.operator.start()
    until_nodes_are(world, before)
    until_nothing_is_leased(world)
    world.kubectl("delete", "namespace", "torn", "--wait=false")


def test_a_finalizer_that_is_torn_off_while_the_operator_runs_leaves_nothing_leased(world: World) -> None:
    before = nodes_now(world)
    world.apply(tainted("ripped"))
    world.until_phase("ripped", "Active")
    world.kubectl("patch", "lab", "ripped", "--type=merge", "-p", '{"metadata":{"finalizers":null}}')
    world.kubectl("delete", "lab", "ripped", "--wait=false")
    until_nodes_are(world, before)
    until_nothing_is_leased(world)
    world.kubectl("delete", "namespace", "ripped", "--wait=false")


def test_a_lab_that_cannot_be_provisioned_does_not_keep_the_nodes(world: World) -> None:
    before = nodes_now(world)
    bad = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"ports": [{"port": 0}]}}
    world.apply(pinned("broken-start", provision=[bad]))
    world.until_phase("broken-start", "Blocked")
    until_nothing_is_leased(world)
    world.apply(self_passing("after-it"))
    world.until_phase("after-it", "Completed")
    until_nodes_are(world, before)
    world.discard("broken-start", "after-it")


def test_a_lab_that_cannot_get_its_workspace_holds_nobody_up(world: World) -> None:
    world.kubectl("create", "namespace", "occupied")
    world.apply(pinned("holder"))
    world.until_phase("holder", "Active")
    for waiting in ("occupied", "last"):
        world.apply(self_passing(waiting))
        world.until_phase(waiting, "Blocked")
    assert "1 lab is before this one" in world.status("last")["next"]
    world.delete_lab("holder")
    world.until_phase("last", "Completed")
    eventually(
        lambda: world.condition("occupied", "Provisioned")["reason"] == "WorkspaceTaken",
        "told",
        lambda: world.status("occupied"),
    )
    world.delete_lab("occupied", "last")
    world.kubectl("delete", "namespace", "occupied", "--wait=false")
    until_nothing_is_leased(world)


def test_an_alias_that_is_not_declared_is_refused_with_its_path(world: World) -> None:
    body = plain(lab("undeclared", step("first", check(expect=["nodes.node2 == 'x'"]))))
    world.apply(body)
    world.until_phase("undeclared", "Failed")
    assert world.condition("undeclared", "Accepted")["message"].startswith(
        "spec.steps[0].checks[0].expect[0]: nodes.node2 is not declared"
    )
    world.discard("undeclared")


def test_an_idle_lease_ends_and_a_reset_goes_on(world: World) -> None:
    before = nodes_now(world)
    world.operator.stop()
    impatient = OperatorProcess(
        world.operator.kubeconfig, world.operator.folder, {"TUTORIALLAB_LEASE_IDLE": "4"}
    )
    impatient.start()
    try:
        world.apply(tainted("lazy"))
        world.until_phase("lazy", "Active")
        message = world.until_phase("lazy", "Blocked")["next"]
        assert message == (
            "Nothing was changed in this lab for 4 s, so its nodes were given back. "
            "Start it over: kubectl lab reset lazy -n default"
        )
        assert world.condition("lazy", "Provisioned")["reason"] == "LeaseIdle"
        assert "nodes" not in world.status("lazy")
        until_nodes_are(world, before)
        until_nothing_is_leased(world)
        impatient.kill()
        impatient.start()
        world.kubectl("annotate", "lab", "lazy", "tutoriallab.dev/reset=1")
        assert world.until_phase("lazy", "Active")["nodes"]
        # A learner who works is left alone.
        for i in range(6):
            world.kubectl("label", "node", "worker1", f"busy={i}", "--overwrite")
            assert world.status("lazy")["phase"] == "Active"
            time.sleep(1)
        world.delete_lab("lazy")
        until_nodes_are(world, before)
    finally:
        impatient.stop()


def as_operator(world: World, cluster: RunningCluster, *arguments: str) -> str:
    """What kubectl says when the operator's own account asks, without doing it."""
    command = [str(cluster.kubectl_path), "--kubeconfig", str(world.operator.kubeconfig), *arguments]
    done = subprocess.run(
        [*command, "--dry-run=server"], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout if done.returncode == 0 else done.stderr


def test_the_operator_may_change_opted_in_workers_alone_and_nobody_opts_a_leased_one_out(
    world: World, cluster: RunningCluster
) -> None:
    def said(node: str, label: str) -> str:
        return as_operator(world, cluster, "label", "node", node, label)

    leasable, role = "tutoriallab.dev/leasable", "node-role.kubernetes.io/control-plane="
    # A policy is in force about a second after it was made.
    eventually(lambda: "forbidden" in said("worker1", f"{leasable}-"), "in force")
    assert "labeled" in said("worker1", "a=b")
    assert "control plane" in said("worker1", role)
    world.kubectl("label", "node", "worker3", f"{leasable}-")
    try:
        assert "forbidden" in said("worker3", "a=b")
        assert "forbidden" in said("worker3", f"{leasable}=true")
    finally:
        world.kubectl("label", "node", "worker3", f"{leasable}=true")
    world.apply(pinned("guarded"))
    node = world.until_phase("guarded", "Active")["nodes"]["node1"]
    for change in (("label", f"{leasable}-"), ("label", role), ("annotate", "tutoriallab.dev/leased-by-")):
        with pytest.raises(pytest.fail.Exception, match="leased by lab default/guarded"):
            world.kubectl(change[0], "node", node, change[1])
    world.delete_lab("guarded")


def test_the_operator_itself_deletes_pods_in_workspaces_alone(world: World, cluster: RunningCluster) -> None:
    world.kubectl("-n", "default", "run", "bystander", "--image=nginx:1.7.9")
    try:
        assert "only in namespaces labelled" in as_operator(
            world, cluster, "-n", "default", "delete", "pod", "bystander"
        )
    finally:
        world.kubectl("-n", "default", "delete", "pod", "bystander", "--now")
