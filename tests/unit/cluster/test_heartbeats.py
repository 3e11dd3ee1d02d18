"""What kubectl is told when a simulated node is stopped and started."""

import json
from pathlib import Path

import pytest

from tutoriallab.cluster import heartbeats
from tutoriallab.cluster.client import Client
from tutoriallab.cluster.error import ClusterError

LEASES = {
    "items": [
        {"metadata": {"name": "worker1"}, "spec": {"holderIdentity": "kwok"}},
        {"metadata": {"name": "worker2"}, "spec": {"holderIdentity": heartbeats.STOPPED}},
        {"metadata": {"name": "worker3"}, "spec": {}},
    ]
}


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """A kubectl that writes down what it is told."""
    kubectl = tmp_path / "kubectl"
    kubectl.write_text(f"#!/bin/sh\necho \"$@\" >> {tmp_path}/told\necho '{json.dumps(LEASES)}'\n")
    kubectl.chmod(0o755)
    return Client(kubectl, tmp_path / "kubeconfig")


def told(client: Client) -> list[str]:
    lines = (client.kubeconfig.parent / "told").read_text().splitlines()
    return [line.partition("--request-timeout=15s ")[2] for line in lines]


def test_nodes_whose_lease_we_hold_are_stopped(client: Client) -> None:
    assert heartbeats.stopped(client) == {"worker2"}


def test_the_node_is_touched_before_its_lease_is_taken_and_the_time_of_its_renewal_stays(
    client: Client,
) -> None:
    heartbeats.stop(client, "worker1")
    touch, take = told(client)
    assert touch == "annotate node worker1 tutoriallab.dev/power=off --overwrite"
    assert take.startswith("patch leases.coordination.k8s.io --namespace kube-node-lease worker1")
    assert "tutoriallab-stopped" in take
    assert "renewTime" not in take


def test_a_lease_that_nobody_holds_is_taken_over(client: Client) -> None:
    heartbeats.resume(client, "worker1")
    assert '"holderIdentity": null' in told(client)[-1]


def test_what_the_api_server_refuses_is_told(client: Client) -> None:
    client.kubectl.write_text("#!/bin/sh\necho 'no route' >&2\nexit 1\n")
    with pytest.raises(ClusterError, match=r"refuses \(no route\): bring it up again"):
        heartbeats.stop(client, "worker1")
