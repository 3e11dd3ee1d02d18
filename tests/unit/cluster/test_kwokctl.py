from pathlib import Path

import pytest
import yaml

from tutoriallab.cluster.kwokctl import PORTS, STAGES, configuration, settings_of
from tutoriallab.cluster.pins import EMBEDDED, KWOK

PATHS = {name: Path("/p", name) for name in EMBEDDED}


def test_the_configuration_binds_to_loopback_and_names_every_program() -> None:
    options = configuration(Path("/c"), PATHS, range(1, 7))["options"]
    assert options["bindAddress"] == "127.0.0.1"
    assert [options[port] for port in PORTS] == [1, 2, 3, 4, 5, 6]
    assert options["kwokControllerBinary"] == "/p/kwok"
    assert {value for key, value in options.items() if key.endswith("Binary")} == {
        str(path) for name, path in PATHS.items() if name != "kwokctl"
    }


def test_heartbeats_are_as_frequent_as_those_of_kubelets() -> None:
    assert configuration(Path("/c"), PATHS, range(1, 7))["options"]["heartbeatFactor"] == 1


def patches() -> dict[str, list[dict[str, str]]]:
    patched = configuration(Path("/c"), PATHS, range(1, 7))["componentsPatches"]
    return {one["name"]: one["extraArgs"] for one in patched}


def test_the_controller_manager_makes_its_plugin_folder_in_the_cluster() -> None:
    assert {"key": "flex-volume-plugin-dir", "value": "/c/flexvolume"} in patches()["kube-controller-manager"]


def test_kwok_keeps_all_nodes_but_those_that_are_stopped() -> None:
    assert patches()["kwok-controller"] == [
        {"key": "manage-all-nodes", "value": "false"},
        {"key": "manage-nodes-with-label-selector", "value": "tutoriallab.dev/power!=off"},
    ]


def test_requests_are_logged_only_where_there_is_a_policy_for_it() -> None:
    assert "kubeAuditPolicy" not in configuration(Path("/c"), PATHS, range(1, 7))["options"]
    audited = configuration(Path("/c"), PATHS, range(1, 7), Path("/p/audit.yaml"))
    assert audited["options"]["kubeAuditPolicy"] == "/p/audit.yaml"


@pytest.mark.parametrize("text", ["", "{", "kind: Stage\n", "kind: Stage\n---\n- 1\n"])
def test_a_damaged_cluster_is_a_value_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "kwok.yaml").write_text(text)
    with pytest.raises(ValueError, match=r"kwok\.yaml|line"):
        settings_of(tmp_path)


def test_the_settings_are_found_among_the_documents(tmp_path: Path) -> None:
    (tmp_path / "kwok.yaml").write_text("kind: Stage\n---\nkind: KwokctlConfiguration\ncomponents: []\n")
    assert settings_of(tmp_path)["components"] == []


def test_nodes_and_pods_are_simulated_by_kwoks_own_stages_and_one_that_looks_again() -> None:
    stages = list(yaml.safe_load_all(STAGES.read_text()))

    # Of the version that is pinned: another one may have others.
    assert KWOK == "0.7.0"
    assert [one["metadata"]["name"] for one in stages] == [
        "node-initialize",
        "node-heartbeat-with-lease",
        "pod-ready",
        "pod-complete",
        "pod-delete",
        "pod-ready-again",
    ]
