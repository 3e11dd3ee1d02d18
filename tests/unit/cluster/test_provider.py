import json
from dataclasses import replace
from pathlib import Path

import pytest

from tutoriallab.cluster.engine import NoEngine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Silent
from tutoriallab.cluster.provider import Wish, existing, start


def made_with_kind(places: Places, name: str) -> None:
    folder = places.cluster_folder(name)
    folder.mkdir(parents=True)
    (folder / "kind.json").write_text('{"image": "x", "state": "made"}')


def test_a_cluster_keeps_what_it_was_made_with(places: Places) -> None:
    assert existing("class", places) is None
    made_with_kind(places, "class")
    assert existing("class", places) == "kind"
    with pytest.raises(
        ClusterError, match="Cluster class is there, and it is made with kind: take it away first"
    ):
        start("class", places, Silent(), Wish("embedded"))


def test_an_embedded_cluster_is_not_made_one_of_kind(places: Places) -> None:
    places.kwok_cluster("class").mkdir(parents=True)
    with pytest.raises(ClusterError, match="made with embedded"):
        start("class", places, Silent(), Wish(archive=Path("x.tar")))


def test_who_asks_for_kind_hears_why_there_is_none(places: Places, tmp_path: Path) -> None:
    with pytest.raises(NoEngine, match="install Docker or podman"):
        start("class", replace(places, search_path=str(tmp_path)), Silent(), Wish("kind"))


def test_an_archive_is_for_kind(places: Places) -> None:
    with pytest.raises(ClusterError, match="--offline is for kind clusters"):
        start("class", places, Silent(), Wish("embedded", Path("x.tar")))


def test_an_operator_in_the_cluster_is_for_kind(places: Places, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="runs no containers, and so no operator: leave out --in-cluster"):
        start("class", places, Silent(), Wish("embedded", in_cluster=True))
    with pytest.raises(NoEngine):
        start("class", replace(places, search_path=str(tmp_path)), Silent(), Wish(in_cluster=True))
    places.kwok_cluster("class").mkdir(parents=True)
    with pytest.raises(
        ClusterError, match=r"\(tutoriallab up --provider kind --in-cluster --name class-kind\)"
    ):
        start("class", places, Silent(), Wish(in_cluster=True))


def test_only_tested_versions_are_made(places: Places, tmp_path: Path) -> None:
    nowhere = replace(places, search_path=str(tmp_path))
    for wish in (Wish(version="1.30"), Wish("embedded", version="1.30"), Wish("kind", version="1.30")):
        with pytest.raises(ClusterError, match=r"Kubernetes 1\.30 is not tested with .* choose 1\.34\."):
            start("class", nowhere, Silent(), wish)
    # kind's own image is of another patch than what is built: without an engine there is no such cluster.
    with pytest.raises(ClusterError, match=r"1\.34\.0 is not tested with embedded clusters"):
        start("class", nowhere, Silent(), Wish(version="1.34.0"))


def test_a_cluster_that_is_there_keeps_its_version(places: Places) -> None:
    folder = places.cluster_folder("class")
    folder.mkdir(parents=True)
    record = {"image": "kindest/node:v1.34.0@sha256:1", "state": "made"}
    (folder / "kind.json").write_text(json.dumps(record))
    with pytest.raises(ClusterError, match=r"it has Kubernetes 1\.34\.0, not 1\.34\.4: take it away first"):
        start("class", places, Silent(), Wish(version="v1.34.4"))
    places.kwok_cluster("simple").mkdir(parents=True)
    places.cluster_folder("simple").mkdir()
    (places.cluster_folder("simple") / "cluster.json").write_text('{"kubernetes": "1.34.4"}')
    with pytest.raises(ClusterError, match=r"it has Kubernetes 1\.34\.4, not 1\.34\.0"):
        start("simple", places, Silent(), Wish(version="1.34.0"))
