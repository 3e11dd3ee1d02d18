"""The operator on real kubelets: it prepares, watches and grades as it does on simulated nodes."""

import os
import subprocess

import pytest

from builders import check, lab, step
from kind_cluster import NAME, RealCluster
from node_labs import nodes_now, tainted, until_nodes_are
from operator_process import eventually
from samples import deployment, plain
from tutoriallab.cluster.kind_config import nodes
from tutoriallab.data import labs_dir
from world import World

pytestmark = pytest.mark.kind
WORKERS = nodes(NAME)[1:]


def test_first_deployment_is_graded_on_containers_that_run(real_world: World, real: RealCluster) -> None:
    folder = labs_dir() / "deployments" / "first-deployment"
    real_world.kubectl("apply", "-f", str(folder / "lab.yaml"))
    try:
        status = real_world.until_phase("first-deployment", "Active")
        environment = {
            **os.environ,
            "KUBECONFIG": str(real.kubeconfig),
            "WORKSPACE": status["workspace"],
            "LAB": "first-deployment",
            "LAB_NAMESPACE": "default",
            "PATH": f"{real.handle.kubectl_path.parent}:{os.environ['PATH']}",
        }
        subprocess.run(["bash", str(folder / "solution.sh")], env=environment, check=True, timeout=120)
        real_world.until_phase("first-deployment", "Completed", timeout=90)
        [pod] = real.get("pods", "-n", status["workspace"])["items"]
        [container] = pod["status"]["containerStatuses"]
        assert container["containerID"].startswith("containerd://")
        assert container["state"]["running"]
    finally:
        real_world.delete_lab("first-deployment")


def test_a_lab_that_needs_containers_is_prepared_and_a_crash_is_seen(real_world: World) -> None:
    crashes = check(
        "crashes",
        given={"pods": {"apiVersion": "v1", "kind": "Pod"}},
        expect=["pods.exists(p, p.status.containerStatuses.exists(c, c.restartCount > 0))"],
    )
    body = plain(lab("crashing", step("first", crashes), requires={"capabilities": ["Containers"]}))
    real_world.apply(body)
    try:
        workspace = real_world.until_phase("crashing", "Active")["workspace"]
        arguments = ("run", "once", "--image=busybox:1.30", "-n", workspace, "--", "false")
        real_world.kubectl(*arguments)
        real_world.until_phase("crashing", "Completed", timeout=60)
    finally:
        real_world.delete_lab("crashing")


def test_provisioned_pods_really_become_available_before_the_step_opens(real_world: World) -> None:
    there = check(
        "there",
        given={"web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}},
        expect=["web.status.availableReplicas == 2"],
    )
    body = plain(lab("settled", step("first", there), provision=[deployment("web", replicas=2)]))
    real_world.apply(body)
    try:
        real_world.until_phase("settled", "Completed", timeout=90)
    finally:
        real_world.delete_lab("settled")


def test_leased_nodes_get_back_byte_for_byte(real_world: World) -> None:
    before = nodes_now(real_world, *WORKERS)
    real_world.apply(tainted("leasing"))
    taken = real_world.until_phase("leasing", "Active")["nodes"]
    assert set(taken.values()) <= set(WORKERS)
    assert nodes_now(real_world, *WORKERS) != before
    real_world.kubectl("cordon", taken["node2"])
    # The last: a lab gives its nodes back when it is completed.
    real_world.kubectl("label", "node", taken["node1"], "done=yes", "mine=too")
    eventually(
        lambda: real_world.status("leasing").get("phase") == "Completed", "the lab is done", timeout=30
    )
    real_world.delete_lab("leasing")
    until_nodes_are(real_world, before, *WORKERS)
