"""A new lab is whole as it is made, and nothing that is there is touched."""

import os
import stat
from pathlib import Path

import pytest
import yaml

from tutoriallab.cli import new
from tutoriallab.cli.error import CliError
from tutoriallab.cli.lint import lint
from tutoriallab.cli.new import LONGEST, command


def test_a_new_lab_has_no_problem_and_no_placeholder(tmp_path: Path) -> None:
    command("my-lab", folder=tmp_path)
    place = tmp_path / "mine" / "my-lab"

    assert lint(place / "lab.yaml") == []
    assert [one for one in place.rglob("*") if one.is_file() and "@" in one.read_text()] == []
    assert all(os.access(one, os.X_OK) for one in place.rglob("*.sh"))
    assert {one.name for one in place.rglob("*.sh")} == {"solution.sh", "too-few.sh", "another-one.sh"}


def test_a_long_name_makes_titles_in_both_languages(tmp_path: Path) -> None:
    command("a-lab-whose-name-says-all-of-it", folder=tmp_path)
    file = tmp_path / "mine" / "a-lab-whose-name-says-all-of-it" / "lab.yaml"

    assert yaml.safe_load(file.read_text(encoding="utf-8"))["spec"]["title"] == {
        "en": "A lab whose name says all of it",
        "zh": "实验 a-lab-whose-name-says-all-of-it",
    }
    assert lint(file) == []


def test_its_files_are_written_as_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        command("my-lab", folder=tmp_path)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "mine" / "my-lab" / "lab.yaml").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "title",
    ["", "Three of them", 'He said: "no" # {x}', "- a", "${workspace} and ${nobody}", "yes", "@name@"],
)
def test_any_title_stays_what_it_is(tmp_path: Path, title: str) -> None:
    command("my-lab", title, "三个副本", folder=tmp_path, topic="deployments")
    file = tmp_path / "deployments" / "my-lab" / "lab.yaml"

    found = yaml.safe_load(file.read_text(encoding="utf-8"))["spec"]["title"]
    assert found == {"en": title.replace("${", "$${") or "My lab", "zh": "三个副本"}
    assert lint(file) == []


def test_it_says_the_next_three_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command("my-lab", folder=Path("a b"))
    told = capsys.readouterr().out.splitlines()

    assert [one.split("  #")[0].split() for one in told[1:]] == [
        ["tutoriallab", "lint", "'a", "b/mine/my-lab/'"],
        ["tutoriallab", "start", "'a", "b/mine/my-lab/lab.yaml'"],
        ["tutoriallab", "prove", "'a", "b/mine/my-lab/'"],
    ]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "My_Lab",
            "'My_Lab' is no name for a lab: it has lower-case letters, digits and - .* such as my-lab",
        ),
        ("../up", "such as up"),
        ("", "such as my-lab"),
        ("-a", "such as a"),
        ("实验", "such as my-lab"),
        ("a\n", "such as a"),
        ("a" * (LONGEST + 1), "has 41 characters, at most 40 do"),
        ("kube-proxy", "belongs to the cluster. Choose another, such as my-kube-proxy"),
        ("first-deployment", "The catalogue has a lab first-deployment already, in .*: choose another name"),
    ],
)
def test_a_name_that_does_not_do_is_told_and_nothing_is_made(tmp_path: Path, name: str, wanted: str) -> None:
    with pytest.raises(CliError, match=wanted):
        command(name, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_bad_topic_and_a_bad_title_are_told(tmp_path: Path) -> None:
    with pytest.raises(CliError, match=r"'My topic' is no name for a topic: .* such as my-topic"):
        command("my-lab", folder=tmp_path, topic="My topic")
    with pytest.raises(CliError, match="--title-zh is one line"):
        command("my-lab", title_zh="a\nb", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["a folder", "a file", "a link to nothing"])
def test_what_is_there_already_is_left_as_it_is(tmp_path: Path, there: str) -> None:
    place = tmp_path / "mine" / "my-lab"
    place.parent.mkdir()
    match there:
        case "a folder":
            place.mkdir()
        case "a file":
            place.write_text("mine")
        case _:
            place.symlink_to(tmp_path / "nothing")
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(
        CliError, match=r"my-lab is there already, and was left as it is: choose another name"
    ):
        command("my-lab", folder=tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_somebody_else_makes_meanwhile_is_theirs(tmp_path: Path) -> None:
    with pytest.raises(CliError, match="is there already"):
        new.write(tmp_path, {"lab.yaml": "x"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_nothing_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CliError, match=r"cannot be made \(Not a directory\): choose another folder"):
        command("my-lab", folder=tmp_path / "file" / "labs")
    with pytest.raises(CliError, match=r"file is there already, and was left as it is"):
        command("my-lab", folder=tmp_path, topic="file")


def test_a_lab_that_cannot_be_written_whole_is_not_left_behind(tmp_path: Path) -> None:
    with pytest.raises(CliError, match=r"cannot be made \(Is a directory\)"):
        new.write(tmp_path / "my-lab", {"mutants/a.sh": "x", "mutants": "no file can stand here"})
    assert list(tmp_path.iterdir()) == []
