"""A lab as a row of the teacher's table."""

from builders import Json, step
from pages import check_state, progress, seen, status
from tutoriallab.web.rows import row


def failing(name: str, since: str, verdict: str = "Failing") -> Json:
    return {**check_state(name, verdict), "since": since}


def test_a_row_tells_how_far_a_lab_is() -> None:
    made = row(
        seen(step("first"), step("second"), told=status(progress("first", "Passed"), progress("second")))
    )

    assert (made["namespace"], made["name"], made["title"]) == ("default", "demo", {"en": "A lab"})
    assert (made["phase"], made["progress"], made["step"], made["maxScore"]) == (
        "Active",
        "1/2",
        "second",
        20,
    )
    assert made["startedAt"] == 1767225600000


def test_who_is_stuck_is_so_on_the_check_that_has_failed_the_longest() -> None:
    checks = (
        failing("late", "2026-01-01T00:00:09Z"),
        failing("long", "2026-01-01T00:00:01Z"),
        failing("fine", "2026-01-01T00:00:00Z", "Passed"),
        failing("waits", "2026-01-01T00:00:00Z", "Waiting"),
    )
    made = row(seen(step("first"), told=status(progress("first", "Open", *checks))))

    assert made["stuckOn"] == {"check": "long", "since": 1767225601000}


def test_nobody_is_stuck_on_a_lab_that_is_done_or_waits_for_others() -> None:
    told = progress("first", "Open", failing("long", "2026-01-01T00:00:01Z"))

    assert row(seen(told=status(progress("first", "Passed"), phase="Completed")))["stuckOn"] is None
    assert row(seen(told=status(told, phase="Blocked")))["stuckOn"] is None
