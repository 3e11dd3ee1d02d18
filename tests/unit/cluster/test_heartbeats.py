"""What kubectl is told when a simulated node is stopped and started."""

from pathlib import Path

import pytest

from tutoriallab.cluster import heartbeats
from tutoriallab.cluster.client import Client
from tutoriallab.cluster.error import ClusterError


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """A kubectl that writes down what it is told."""
    kubectl = tmp_path / "kubectl"
    kubectl.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/told\necho node/worker2 node/worker3\n')
    kubectl.chmod(0o755)
    return Client(kubectl, tmp_path / "kubeconfig")


def told(client: Client) -> list[str]:
    lines = (client.kubeconfig.parent / "told").read_text().splitlines()
    return [line.partition("--request-timeout=15s ")[2] for line in lines]


def test_nodes_with_the_label_are_stopped(client: Client) -> None:
    assert heartbeats.stopped(client) == {"worker2", "worker3"}
    assert told(client) == ["get nodes --selector tutoriallab.dev/power=off --output name"]


def test_a_node_is_stopped_by_its_label_and_resumed_without(client: Client) -> None:
    heartbeats.stop(client, "worker1")
    heartbeats.resume(client, "worker1")
    assert told(client) == [
        "label node worker1 tutoriallab.dev/power=off --overwrite",
        "label node worker1 tutoriallab.dev/power-",
    ]


def test_what_the_api_server_refuses_is_told(client: Client) -> None:
    client.kubectl.write_text("#!/bin/sh\necho 'no route' >&2\nexit 1\n")
    with pytest.raises(ClusterError, match=r"refuses \(no route\): bring it up again"):
        heartbeats.stop(client, "worker1")
