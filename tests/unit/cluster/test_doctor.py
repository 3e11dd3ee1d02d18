from dataclasses import replace
from pathlib import Path

import pytest

from tutoriallab.cluster.doctor import Finding, examine
from tutoriallab.cluster.pins import PROGRAMS
from tutoriallab.cluster.places import Places


def findings(places: Places, home: Path) -> dict[str, Finding]:
    return {one.name: one for one in examine(places, {"HOME": str(home)})}


def test_everything_that_up_depends_on_is_looked_at_and_nothing_is_made(
    places: Places, tmp_path: Path
) -> None:
    found = findings(places, tmp_path)
    assert {"system", "python", "go", "container engine", "cache", "ports", "kubeconfig", *PROGRAMS} == set(
        found
    )
    assert list(tmp_path.iterdir()) == []


def test_a_missing_program_that_nothing_can_get_is_missing_with_a_way_out(
    places: Places, tmp_path: Path
) -> None:
    assert findings(places, tmp_path)["etcd"] == Finding(
        "etcd", "missing", "not found", "install go, or allow downloads"
    )


def test_a_program_that_would_be_got_says_from_where(places: Places, tmp_path: Path) -> None:
    found = findings(replace(places, downloads=True), tmp_path)["kubectl"]
    assert (found.state, found.text) == ("note", "not here yet: will be downloaded from https://dl.k8s.io")


def test_a_cached_program_is_ok(places: Places, tmp_path: Path) -> None:
    folder = places.program_folder("3.6.8")
    folder.mkdir(parents=True)
    (folder / "etcd").touch()
    assert findings(places, tmp_path)["etcd"].text == f"from the cache: {folder}/etcd"


def test_a_setting_that_names_nothing_is_told_and_the_rest_goes_on(places: Places, tmp_path: Path) -> None:
    found = findings(replace(places, programs={"kwok": tmp_path / "no"}), tmp_path)
    assert found["kwok"].state == "missing"
    assert "kubectl" in found


def test_another_system_is_told(places: Places, tmp_path: Path) -> None:
    assert findings(replace(places, system="darwin"), tmp_path)["system"].state == "missing"


@pytest.mark.parametrize(
    ("text", "state"), [("current-context: work\n", "ok"), ("", "ok"), ("clusters: [", "missing")]
)
def test_the_kubeconfig_is_read_and_left_alone(text: str, state: str, places: Places, tmp_path: Path) -> None:
    (tmp_path / ".kube").mkdir()
    (tmp_path / ".kube" / "config").write_text(text)
    assert findings(places, tmp_path)["kubeconfig"].state == state


def test_existing_clusters_are_listed(places: Places, tmp_path: Path) -> None:
    places.kwok_cluster("mine").mkdir(parents=True)
    found = findings(places, tmp_path)["cluster mine"]
    assert (found.text, found.way) == ("is stopped", "tutoriallab up --name mine")
