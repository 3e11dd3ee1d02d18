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
