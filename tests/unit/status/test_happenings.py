from typing import Any

from tutoriallab.grade import reasons
from tutoriallab.lab.state import CheckState, Status, StepProgress
from tutoriallab.status.happenings import happenings


def status(state: str, *checks: CheckState, phase: Any = "Active") -> Status:
    step = StepProgress(name="one", state=state, checks=list(checks))  # type: ignore[arg-type]
    return Status(phase=phase, steps=[step], score=3, max_score=9, next="why")


def state(verdict: Any, message: str = "", reason: str = "") -> CheckState:
    return CheckState(name="c", verdict=verdict, message=message, reason=reason)


def told(before: Status, after: Status) -> list[tuple[str, str]]:
    return [(one.reason, one.message) for one in happenings(before, after, "en")]


def test_a_step_that_opens_is_told_and_its_first_failures_are_not() -> None:
    assert told(status("Locked"), status("Open", state("Failing", "x"))) == [
        ("StepOpened", "Step one is open")
    ]
    assert (
        told(status("Open", state("Waiting", "", reasons.SETTLING)), status("Open", state("Failing", "x")))
        == []
    )


def test_every_turn_of_a_check_is_told() -> None:
    assert told(status("Open", state("Failing")), status("Open", state("Passed"))) == [
        ("CheckPassed", "one/c passed")
    ]
    assert told(status("Open", state("Passed")), status("Open", state("Failing", "gone"))) == [
        ("CheckFailing", "one/c: gone")
    ]
    assert told(status("Open", state("Failing")), status("Open", state("Error", "costs"))) == [
        ("CheckError", "one/c: costs")
    ]


def test_another_message_of_the_same_verdict_is_no_turn() -> None:
    assert told(status("Open", state("Failing", "a")), status("Open", state("Failing", "b"))) == []


def test_the_end_of_a_step_and_of_the_lab_are_told() -> None:
    after = status("Passed", state("Passed"), phase="Completed")
    assert [reason for reason, _ in told(status("Open", state("Failing")), after)] == [
        "CheckPassed",
        "StepPassed",
        "Completed",
    ]


def test_what_stops_a_lab_is_a_warning() -> None:
    (one,) = happenings(status("Locked"), status("Locked", phase="Blocked"), "en")
    assert (one.reason, one.message, one.type) == ("Blocked", "why", "Warning")


def test_a_lab_that_has_its_nodes_tells_which() -> None:
    nodes = Status(phase="Active", nodes={"node1": "worker1", "node2": "worker3"})
    assert told(Status(phase="Active"), nodes) == [
        ("NodesLeased", "The lab has its nodes: node1 is worker1, node2 is worker3")
    ]
    assert told(nodes, nodes) == []
    assert told(nodes, Status(phase="Active")) == []


def test_a_violation_and_a_gap_are_warnings_and_told_once() -> None:
    held, broken = state("Waiting", "", reasons.HOLDS_SO_FAR), state("Failing", "At 12", reasons.VIOLATED)
    (event,) = happenings(status("Open", held), status("Open", broken), "en")
    assert (event.reason, event.message, event.type) == ("CheckViolated", "one/c: At 12", "Warning")
    assert told(status("Open", broken), status("Open", broken)) == []
    unseen = state("Failing", "Not watched", reasons.NOT_WATCHED)
    assert told(status("Open", held), status("Open", unseen)) == [("CheckViolated", "one/c: Not watched")]


def test_a_violation_before_anything_was_written_is_told_as_well() -> None:
    broken = state("Failing", "At 12", reasons.VIOLATED)
    assert ("CheckViolated", "one/c: At 12") in told(status("Locked"), status("Open", broken))
