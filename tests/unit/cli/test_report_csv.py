"""CSV that spreadsheets take as it is meant."""

import csv
from io import StringIO

import pytest

from builders import check, step
from pages import check_state, progress, seen, status
from tutoriallab.cli.report_csv import COLUMNS, as_csv, harmless
from tutoriallab.cli.report_lab import report


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_a_header_and_a_row_for_each_lab() -> None:
    told = status(progress("first", "Open", check_state("there", "Failing", 'is "2", wanted 3')))
    text = as_csv([report(seen(step(), told=told))] * 2)

    assert text.splitlines()[0] == ",".join(COLUMNS)
    first, second = rows(text)
    assert first == second
    assert first["failing"] == 'first/there: is "2", wanted 3'
    assert (first["passedSteps"], first["allSteps"], first["completed"], first["seconds"]) == (
        "0",
        "1",
        "false",
        "",
    )


def test_a_message_over_several_lines_stays_one_row() -> None:
    told = status(progress("first", "Open", check_state("there", "Failing", "one\ntwo\r\nthree")))

    text = as_csv([report(seen(step(), told=told))])

    assert len(text.splitlines()) == 2
    assert rows(text)[0]["failing"] == "first/there: one two three"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\x00=1", "\u200b=1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["", "web", "a=b", "1/3"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_reason_that_a_learner_wrote_is_no_formula_either() -> None:
    condition = {"type": "Accepted", "status": "False", "reason": "Any", "lastTransitionTime": ""}
    conditions = [{**condition, "message": '=HYPERLINK("http://evil.example";"look")'}]

    text = as_csv([report(seen(step("first", check()), told=status(phase="Failed", conditions=conditions)))])

    assert rows(text)[0]["failing"].startswith("'=HYPERLINK")
