"""Waiting for labs and choosing them; what is printed stands in the tests of each form."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from builders import step
from pages import check_state, progress, seen, status
from tutoriallab.cli import report as module
from tutoriallab.cli.refusal import Unreachable
from tutoriallab.cli.report import until_completed, waiting_for
from tutoriallab.cli.report_lab import LabReport, report

OPEN = report(seen(step(), told=status(progress("first", "Open", check_state()))))
DONE = report(seen(step(), told=status(progress("first", "Passed"), phase="Completed")))


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.0)


def test_it_looks_once_when_nobody_wants_to_wait() -> None:
    looks = iter([[OPEN]])

    assert until_completed(lambda: next(looks), 0.0) == [OPEN]


def test_it_waits_until_all_are_completed_and_says_for_what_once(capsys: pytest.CaptureFixture[str]) -> None:
    looks = iter([[OPEN, DONE], [OPEN, DONE], [DONE, DONE]])

    assert until_completed(lambda: next(looks), 60.0) == [DONE, DONE]
    assert capsys.readouterr().err == "Waiting for 1 of 2: default/demo (Active 0/1, step first)\n"


def test_a_cluster_that_does_not_answer_for_a_moment_is_asked_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def looks() -> Iterator[list[LabReport]]:
        yield [DONE]

    answers = looks()
    lost = [True]

    def look() -> list[LabReport]:
        if lost.pop() if lost else False:
            raise Unreachable("The cluster does not answer.")
        return next(answers)

    assert until_completed(look, 60.0) == [DONE]
    assert capsys.readouterr().err == "The cluster does not answer. Trying again.\n"


def test_a_cluster_that_does_not_answer_until_time_is_over_is_told() -> None:
    def look() -> list[LabReport]:
        raise Unreachable("The cluster does not answer.")

    with pytest.raises(Unreachable):
        until_completed(look, 0.0)


def test_of_many_labs_it_names_the_first() -> None:
    assert waiting_for([OPEN] * 5).endswith(", 2 more")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--wait", "60"], "write 60s, 5m or 1h30m"),
        (["-A", "-n", "class"], "not both"),
        (["-o", "yaml"], "'yaml' is not one of"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(arguments: list[str], told: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tutoriallab", "report", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "200", "PATH": ""},
    )

    assert ran.returncode == 2
    assert told in ran.stderr
