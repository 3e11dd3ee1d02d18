"""The order of the catalogue: every lab in one track, and what comes next."""

from pathlib import Path

import pytest

from tutoriallab.cli.catalogue import entries
from tutoriallab.cli.error import CliError
from tutoriallab.cli.ls import in_order
from tutoriallab.cli.tracks import Learner, Track, ahead, find_track, tracks

KNOWN = [Track("pods", {"en": "Pods"}, ["a", "b", "c"]), Track("services", {"en": "Services"}, ["x", "y"])]


def learner(*begun: str, done: str = "") -> Learner:
    return Learner(begun, frozenset(done))


def test_every_lab_of_the_catalogue_stands_in_one_track_and_no_other_does() -> None:
    placed = [name for track in tracks() for name in track.labs]

    assert sorted(placed) == sorted(entry.name for entry in entries())


def test_no_lab_comes_before_one_of_its_track_that_it_should_come_after() -> None:
    wrong = []
    after = {entry.name: entry.body()["spec"].get("after", []) for entry in entries()}
    for track in tracks():
        at = {name: number for number, name in enumerate(track.labs)}
        wrong += [(name, one) for name in at for one in after[name] if at.get(one, -1) > at[name]]

    assert wrong == []


def test_what_labs_should_come_after_is_in_the_catalogue() -> None:
    names = {entry.name for entry in entries()}

    assert {one for entry in entries() for one in entry.body()["spec"].get("after", [])} <= names


@pytest.mark.parametrize(
    ("who", "track", "wanted"),
    [
        (learner(), "", "abcxy"),
        (learner("a", done="a"), "", "bcxy"),
        (learner("b", done="b"), "", "caxy"),
        (learner("a", "c", done="ac"), "", "bxy"),
        (learner("x", done="x"), "", "yabc"),
        (learner("a", "x", done="ax"), "pods", "bc"),
        (learner("a", "b", "c", "x", "y", done="abcxy"), "", ""),
        (learner("a", "b", done="a"), "", "cbxy"),
    ],
)
def test_what_comes_next(who: Learner, track: str, wanted: str) -> None:
    assert "".join(ahead(KNOWN, who, track)) == wanted


def test_the_open_lab_is_the_one_that_was_begun_last() -> None:
    assert learner("a", "b", done="a").open == "b"
    assert learner("b", "a", done="a").open == ""
    assert learner().open == ""


def test_a_track_that_is_mistyped_is_answered_with_what_was_meant() -> None:
    with pytest.raises(CliError, match=r"There is no track pod: did you mean pods\?"):
        find_track("pod", KNOWN)
    with pytest.raises(CliError, match=r"There is no track zzz: choose one of pods, services\."):
        find_track("zzz", KNOWN)


def test_a_file_of_another_form_is_refused_by_its_field(tmp_path: Path) -> None:
    (tmp_path / "tracks.toml").write_text('[[tracks]]\nname = "a"\ntitle = {en = 3}\nlabs = []')
    with pytest.raises(CliError, match=r"tracks\[0\]\.title"):
        tracks(tmp_path)


def test_labs_of_no_track_are_listed_behind_all_others(tmp_path: Path) -> None:
    for name in ("x", "lost", "a"):
        (tmp_path / "topic" / name).mkdir(parents=True)
        (tmp_path / "topic" / name / "lab.yaml").touch()

    listed = [(track, entry.name) for track, entry in in_order(entries(tmp_path), KNOWN)]

    assert listed == [("pods", "a"), ("services", "x"), ("", "lost")]
