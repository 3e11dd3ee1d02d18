"""Whose nodes can be switched, and what the engine is told."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.node_power import certificate_authority, switches
from tutoriallab.cluster.places import Places


def kubeconfig(authority: str) -> dict[str, object]:
    return {"clusters": [{"name": "x", "cluster": {"certificate-authority-data": authority}}]}


def made(places: Places, name: str, authority: str) -> None:
    """A kind cluster that `up` has made."""
    folder = places.cluster_folder(name)
    folder.mkdir(parents=True)
    (folder / "kind.json").write_text('{"image": "x", "state": "made"}')
    (folder / "kubeconfig").write_text(yaml.safe_dump(kubeconfig(authority)))


@pytest.fixture
def here(places: Places, tmp_path: Path) -> Places:
    """Two clusters, and a docker that keeps in a file which of a-worker's containers runs."""
    made(places, "a", "QQ==")
    made(places, "b", "Qg==")
    state = tmp_path / "state"
    state.write_text("a-worker running")
    docker = tmp_path / "docker"
    docker.write_text(
        f"""#!/bin/sh
echo "$@" >> {tmp_path}/told
case $1 in
info) echo '{{"MemTotal": 1}}' ;;
ps) cat {state} ;;
stop) echo a-worker exited > {state} ;;
start) echo a-worker running > {state} ;;
esac
"""
    )
    docker.chmod(0o755)
    return replace(places, search_path=f"{tmp_path}:/usr/bin:/bin")


def test_a_cluster_is_told_by_its_certificate_authority_whatever_its_context_is_called(here: Places) -> None:
    assert switches("Qg==", Path("kubectl"), here).cluster == "b"


@pytest.mark.parametrize("authority", ["", "Qw=="])
def test_a_cluster_that_up_did_not_make_is_refused(authority: str, here: Places) -> None:
    with pytest.raises(ClusterError, match="Only nodes of clusters that `tutoriallab up` made here"):
        switches(authority, Path("kubectl"), here)


def test_a_node_of_kind_is_its_container_and_nothing_is_done_twice(here: Places, tmp_path: Path) -> None:
    power = switches("QQ==", Path("kubectl"), here)
    assert [power.stop("a-worker"), power.stop("a-worker")] == [True, False]
    assert power.stopped() == {"a-worker"}
    assert [power.start("a-worker"), power.start("a-worker")] == [True, False]
    told = (tmp_path / "told").read_text().splitlines()
    assert [one for one in told if not one.startswith(("ps", "info"))] == [
        "stop -t 1 a-worker",
        "start a-worker",
    ]


def test_a_kubeconfig_without_a_certificate_authority_has_none() -> None:
    assert certificate_authority({}) == ""
    assert certificate_authority({"clusters": None}) == ""
    assert certificate_authority({"clusters": [{"name": "x", "cluster": None}]}) == ""
