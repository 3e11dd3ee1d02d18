from typing import Any

import yaml

from tutoriallab.cluster.kind_config import ALLOCATABLE, configuration, nodes

GIB = 1024**3


def read(memory: int) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(configuration("class", memory))
    return config


def test_the_control_plane_is_not_open_to_leases_and_three_workers_are() -> None:
    roles = read(16 * GIB)["nodes"]
    assert roles[0] == {"role": "control-plane"}
    assert roles[1:] == [{"role": "worker", "labels": {"tutoriallab.dev/leasable": "true"}}] * 3


def test_what_the_machine_has_beyond_8_gib_is_reserved() -> None:
    _, patch = read(23 * GIB + 17)["kubeadmConfigPatches"]
    assert yaml.safe_load(patch)["systemReserved"] == {"memory": str(23 * GIB + 17 - ALLOCATABLE)}


def test_a_machine_with_less_keeps_nothing_back() -> None:
    kinds = [yaml.safe_load(one)["kind"] for one in read(6 * GIB)["kubeadmConfigPatches"]]
    assert kinds == ["ClusterConfiguration"]


def test_the_api_server_listens_on_loopback_alone() -> None:
    assert read(16 * GIB)["networking"] == {"apiServerAddress": "127.0.0.1"}


def test_nodes_are_named_as_kind_names_them() -> None:
    assert nodes("a") == ["a-control-plane", "a-worker", "a-worker2", "a-worker3"]
