from dataclasses import replace
from pathlib import Path

import pytest

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import Found, find, obtain
from tutoriallab.cluster.progress import Silent


def program(folder: Path, name: str, says: str) -> Path:
    """A program that says its version and does nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


def test_a_named_program_comes_first(places: Places, tmp_path: Path) -> None:
    named = program(tmp_path / "named", "kubectl", "v9.9.9")
    program(tmp_path / "path", "kubectl", "v1.34.4")
    here = replace(places, programs={"kubectl": named}, search_path=str(tmp_path / "path"))
    assert find("kubectl", here).found == Found("kubectl", named, "setting")


def test_a_named_program_that_is_none_is_an_error(places: Places, tmp_path: Path) -> None:
    here = replace(places, programs={"kubectl": tmp_path / "no"})
    with pytest.raises(ClusterError, match="is not a program"):
        find("kubectl", here)


def test_a_program_on_path_comes_before_the_cache(places: Places, tmp_path: Path) -> None:
    on_path = program(tmp_path / "path", "kubectl", "Client Version: v1.33.1")
    program(places.program_folder("1.34.4"), "kubectl", "v1.34.4")
    assert find("kubectl", replace(places, search_path=str(tmp_path / "path"))).found == Found(
        "kubectl", on_path, "path"
    )


def test_a_program_on_path_that_does_not_fit_is_passed_over_with_a_note(
    places: Places, tmp_path: Path
) -> None:
    old = program(tmp_path / "path", "kubectl", "Client Version: v1.20.2")
    cached = program(places.program_folder("1.34.4"), "kubectl", "v1.34.4")
    search = find("kubectl", replace(places, search_path=str(tmp_path / "path")))
    assert search.found == Found("kubectl", cached, "cache")
    assert search.tried == [f"PATH: {old} is version 1.20.2, 1.33.x, 1.34.x or 1.35.x is needed"]


def test_a_program_that_says_no_version_is_passed_over(places: Places, tmp_path: Path) -> None:
    program(tmp_path / "path", "etcd", "hello")
    search = find("etcd", replace(places, search_path=str(tmp_path / "path")))
    assert search.found is None
    assert "of an unknown version" in search.tried[0]


def test_what_is_there_is_obtained_without_a_lock_or_a_word(places: Places) -> None:
    cached = program(places.program_folder("3.6.8"), "etcd", "3.6.8")
    assert obtain(["etcd"], places, Silent()) == {"etcd": cached}
    assert not (places.cache / "programs.lock").exists()


def test_a_missing_program_ends_in_one_error_that_lists_what_was_tried(places: Places) -> None:
    with pytest.raises(ClusterError) as caught:
        obtain(["etcd", "kwok"], places, Silent())
    assert str(caught.value).splitlines() == [
        "Programs are missing.",
        f"etcd: PATH: not there; cache: not in {places.cache}/programs/3.6.8; "
        "download: switched off; build: switched off",
        f"kwok: PATH: not there; cache: not in {places.cache}/programs/0.7.0; "
        "download: switched off; build: switched off",
        "Install go 1.24 or newer, or connect to a network, or name each program "
        "(TUTORIALLAB_ETCD=/path/to/it), and run this again.",
    ]


def test_an_unreachable_site_is_asked_once_and_the_build_is_tried_next(places: Places) -> None:
    here = replace(places.mirrored("http://127.0.0.1:9"), downloads=True, builds=True)
    with pytest.raises(ClusterError) as caught:
        obtain(["kwok", "kwokctl"], here, Silent())
    assert str(caught.value).count("cannot be reached") == 2
    assert str(caught.value).count("build: go is not on PATH") == 2


def test_a_cache_that_cannot_be_written_says_which_setting_moves_it(tmp_path: Path, places: Places) -> None:
    (tmp_path / "file").write_text("")
    here = replace(places, cache=tmp_path / "file" / "cache", builds=True, search_path="/usr/bin:/bin")
    with pytest.raises(ClusterError, match="set TUTORIALLAB_CACHE"):
        obtain(["etcd"], here, Silent())
