"""The page's address stays, and what the user has set counts."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tutoriallab.cluster.kubectl import Access
from tutoriallab.cluster.page import address, folder_of, forget, key_file, with_page
from tutoriallab.cluster.places import Places

OWN = Access(Path("kubectl"), Path("/clusters/own/kubeconfig"))


def page(folder: Path, *, runs: bool = False, access: Access = OWN, **environment: str) -> dict[str, str]:
    made = with_page({"HOME": "/home/me", **environment}, folder, access, operator_runs=runs)
    return {name: value for name, value in made.items() if name.startswith("TUTORIALLAB_PAGE")}


def test_the_page_is_on_loopback_with_the_key_and_the_kubeconfig_of_the_cluster(tmp_path: Path) -> None:
    made = page(tmp_path)

    assert made.pop("TUTORIALLAB_PAGE") == address(tmp_path)
    assert address(tmp_path).startswith("127.0.0.1:")
    assert made == {
        "TUTORIALLAB_PAGE_KEY_FILE": str(key_file(tmp_path)),
        "TUTORIALLAB_PAGE_KUBECONFIG": "/clusters/own/kubeconfig",
        "TUTORIALLAB_PAGE_CONTEXT": "",
    }


def test_the_address_stays_from_one_operator_to_the_next(tmp_path: Path) -> None:
    assert page(tmp_path) == page(tmp_path)


def test_an_address_that_somebody_else_has_taken_is_given_up_but_not_our_own(tmp_path: Path) -> None:
    page(tmp_path)
    before = address(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(before.rpartition(":")[2])))
        assert page(tmp_path, runs=True)["TUTORIALLAB_PAGE"] == before
        assert page(tmp_path)["TUTORIALLAB_PAGE"] != before


@pytest.mark.parametrize("wanted", ["", "127.0.0.1:8787"])
def test_what_the_user_has_set_counts_and_none_is_none(tmp_path: Path, wanted: str) -> None:
    assert page(tmp_path, TUTORIALLAB_PAGE=wanted)["TUTORIALLAB_PAGE"] == wanted
    assert address(tmp_path) == wanted


def test_a_cluster_of_the_users_own_is_changed_by_its_context_in_their_kubeconfig(tmp_path: Path) -> None:
    theirs = page(tmp_path, access=Access(Path("kubectl"), context="work"), KUBECONFIG="/a:/b")

    assert (theirs["TUTORIALLAB_PAGE_KUBECONFIG"], theirs["TUTORIALLAB_PAGE_CONTEXT"]) == ("/a:/b", "work")


def test_without_an_operator_beside_there_is_no_address(tmp_path: Path) -> None:
    assert address(tmp_path) == ""
    page(tmp_path)
    forget(tmp_path)
    forget(tmp_path)
    assert address(tmp_path) == ""


def test_a_context_leads_to_the_folder_of_its_cluster(tmp_path: Path) -> None:
    places = replace(Places.from_environment({"HOME": "/home/me"}), cache=tmp_path)
    places.kwok_cluster("mine").mkdir(parents=True)

    assert folder_of("tutoriallab-mine", places, tmp_path / "other") == places.cluster_folder("mine")
    assert folder_of("work", places, tmp_path / "other") == tmp_path / "other"
