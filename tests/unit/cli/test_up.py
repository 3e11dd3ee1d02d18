"""What `up` and `down` say."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tutoriallab.cli.down import told
from tutoriallab.cli.up import came, off_path, ways_on
from tutoriallab.cluster.down import Gone
from tutoriallab.cluster.up import Running

OWN = Running("tutoriallab", Path("/k/kubectl"), "created", "started", "work", Path("/home/me/.kube/config"))
EXISTING = Running("school", Path("/k/kubectl"), "existing", "started")


@pytest.fixture(autouse=True)
def _as_tutoriallab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["tutoriallab"])


def test_up_names_the_context_before() -> None:
    assert came(OWN, "tutoriallab", 4.0) == [
        "Cluster tutoriallab was made, the operator is running (4.0 s).",
        "kubectl's context is now tutoriallab, it was work (/home/me/.kube/config).",
    ]


def test_up_on_a_cluster_of_ones_own_leaves_the_context_alone() -> None:
    assert came(EXISTING, "tutoriallab", 4.0) == [
        "The cluster of context school is your own, the operator is running (4.0 s)."
    ]
    assert any(
        "tutoriallab down --context school" in line for line in ways_on(EXISTING, "tutoriallab", "", "")
    )


def test_up_says_where_the_operator_is_and_how_it_comes_back() -> None:
    inside = replace(OWN, came="found", operator="found", where="in the cluster")
    told = came(inside, "tutoriallab", 4.0)
    assert told[0] == "Cluster tutoriallab was there, the operator was running in it (4.0 s)."
    lines = ways_on(inside, "tutoriallab", "first-deployment", os.environ["PATH"])
    assert any(line.startswith("  tutoriallab up --beside ") for line in lines)
    assert max(len(line) for line in lines if not line.startswith("First")) <= 80
    school = replace(EXISTING, where="in the cluster")
    assert any(
        "tutoriallab up --beside --context school" in line for line in ways_on(school, "tutoriallab", "", "")
    )


def test_the_page_is_named_where_there_is_one() -> None:
    inside = replace(OWN, where="in the cluster")
    path = os.environ["PATH"]
    assert any(
        line.startswith("  tutoriallab page ")
        for line in ways_on(inside, "tutoriallab", "", path, has_page=True)
    )
    assert not any("page" in line for line in ways_on(inside, "tutoriallab", "", path, has_page=False))


def test_ways_on_fit_80_columns_and_end_with_the_way_to_stop() -> None:
    lines = ways_on(OWN, "tutoriallab", "first-deployment", os.environ["PATH"])

    assert max(len(line) for line in lines if not line.startswith("First")) <= 80
    assert "tutoriallab down" in lines[-1]
    assert not any(" next " in line for line in lines)
    assert any(line.startswith("  tutoriallab next ") for line in ways_on(OWN, "tutoriallab", "", ""))


def test_programs_that_the_shell_does_not_find_are_put_on_the_path(tmp_path: Path) -> None:
    for name in ("kubectl", "tutoriallab"):
        (tmp_path / name).touch(mode=0o755)

    kubectl, kind = Path("/cache/kubectl"), Path("/other/kind")
    assert off_path([kubectl], str(tmp_path)) == []
    assert off_path([kubectl, kind], str(tmp_path)) == [Path("/other")]
    assert off_path([kubectl], "/nowhere") == [Path("/cache"), Path(sys.executable).parent]
    assert ways_on(OWN, "tutoriallab", "", "/nowhere")[0].startswith('First, in each terminal: export PATH="')


def test_down_says_what_it_did() -> None:
    assert told(Gone(True, True, "tutoriallab", "work"), "tutoriallab", "") == [
        "The operator is stopped.",
        "Cluster tutoriallab is gone, with the labs in it.",
        "Context tutoriallab is out of the kubeconfig; the current one is work.",
    ]


def test_down_on_a_cluster_of_ones_own_says_what_stays() -> None:
    (stopped, stays) = told(Gone(True, False, "", "school"), "tutoriallab", "school")
    assert stopped == "The operator is stopped."
    assert stays.startswith("CRD and labs stay on school: before the next `tutoriallab up --context school`")
    assert told(Gone(True, False, "", "school", labs=2, in_cluster=True), "tutoriallab", "school") == [
        "2 labs are gone, with all that they made.",
        "The operator is stopped.",
        "The CRD and the namespace tutoriallab-system stay on school: docs/install.md has their removal.",
    ]


def test_a_second_down_says_that_there_is_nothing() -> None:
    assert told(Gone(False, False, "", ""), "tutoriallab", "") == [
        "There is nothing to take away for cluster tutoriallab."
    ]
