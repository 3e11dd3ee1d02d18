"""The catalogue is found by its files."""

from pathlib import Path

import pytest

from tutoriallab.cli.catalogue import entries, find_entry, load
from tutoriallab.cli.error import CliError

LAB = "kind: TutorialLab\nmetadata: {name: first}\n"


@pytest.fixture
def labs(tmp_path: Path) -> Path:
    for place in ("pods/first", "pods/second", "services/third"):
        (tmp_path / place / "mutants").mkdir(parents=True)
        (tmp_path / place / "lab.yaml").write_text(LAB)
    return tmp_path


def test_labs_come_by_topic_and_name(labs: Path) -> None:
    assert [(one.topic, one.name) for one in entries(labs)] == [
        ("pods", "first"),
        ("pods", "second"),
        ("services", "third"),
    ]


def test_solutions_come_the_plain_one_first(labs: Path) -> None:
    for name in ("solution-2.sh", "solution-10.sh", "solution.sh", "mutants/a.sh"):
        (labs / "pods" / "first" / name).touch()
    entry = find_entry("first", labs)

    assert [file.name for file in entry.solutions] == ["solution.sh", "solution-2.sh", "solution-10.sh"]
    assert [file.name for file in entry.mutants] == ["a.sh"]


def test_a_typing_error_is_answered_with_what_was_meant(labs: Path) -> None:
    with pytest.raises(CliError, match=r"There is no lab called secnd; did you mean second\?"):
        find_entry("secnd", labs)


def test_a_name_that_is_like_nothing_is_answered_with_the_list(labs: Path) -> None:
    with pytest.raises(CliError, match=r"There is no lab called xyz: choose one with `.* ls`"):
        find_entry("xyz", labs)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: [", "x.yaml:2: .*correct the YAML"),
        ("kind: Pod\nmetadata: {name: x}\n", "is not one object of kind TutorialLab"),
        (f"{LAB}---\n{LAB}", "is not one object of kind TutorialLab"),
        ("", "is not one object of kind TutorialLab"),
    ],
)
def test_a_file_that_is_no_lab_is_refused(tmp_path: Path, text: str, wanted: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text)

    with pytest.raises(CliError, match=wanted):
        load(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CliError, match="There is no file"):
        load(tmp_path / "x.yaml")
