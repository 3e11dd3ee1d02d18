"""What changed, a line each."""

from builders import step
from pages import check_state, progress, seen, status
from tutoriallab.cli.changes import changes
from tutoriallab.cli.page import Page, page


def at(*steps: dict[str, object], phase: str = "Active") -> Page:
    return page(seen(step("first"), step("second"), told=status(*steps, phase=phase)))


FAILING = at(
    progress("first", "Open", check_state("there", "Failing", "no Deployment web")),
    progress("second", "Locked"),
)
NEXT = at(progress("first", "Passed"), progress("second", "Open"))


def test_the_first_page_tells_phase_step_and_verdicts() -> None:
    assert list(changes(None, FAILING)) == [
        "demo: Active, 0/2, 0 of 20 points",
        "Step 1 of 2: First",
        "Failing  there: no Deployment web",
    ]


def test_nothing_changed_is_nothing_told() -> None:
    assert list(changes(FAILING, FAILING)) == []


def test_another_message_is_a_change() -> None:
    other = at(
        progress("first", "Open", check_state("there", "Failing", "2 of 3")), progress("second", "Locked")
    )

    assert list(changes(FAILING, other)) == ["Failing  there: 2 of 3"]


def test_a_step_that_passed_is_told_before_the_next() -> None:
    assert list(changes(FAILING, NEXT)) == ["Passed   Step 1 of 2: First", "Step 2 of 2: Second"]


def test_the_end_is_told() -> None:
    done = at(progress("first", "Passed"), progress("second", "Passed"), phase="Completed")

    assert list(changes(NEXT, done)) == ["demo: Completed, 2/2, 0 of 20 points"]


def test_a_reset_goes_back_without_calling_a_step_passed() -> None:
    assert list(changes(NEXT, FAILING)) == ["Step 1 of 2: First", "Failing  there: no Deployment web"]
