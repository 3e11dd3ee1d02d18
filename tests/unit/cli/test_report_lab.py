"""A lab's object becomes what is reported of it."""

import json

from builders import check, lab, step
from pages import check_state, progress, seen, status
from tutoriallab.cli.report_lab import NOT_FRESH, CheckReport, as_json, report
from tutoriallab.status.seen import read

AT = {"reason": "AllStepsPassed", "lastTransitionTime": "2026-01-01T00:12:30.500Z"}
COMPLETED = {"type": "Completed", "status": "True", **AT}
TWO = (step("first", points=7), step("second", check("a"), check("b"), points=3))


def test_a_completed_lab_tells_when_and_how_long() -> None:
    told = status(
        progress("first", "Passed"),
        progress("second", "Passed"),
        phase="Completed",
        conditions=[COMPLETED],
        score=10,
        maxScore=10,
    )

    one = report(seen(*TWO, told=told))

    assert (one.completed, one.passed_steps, one.all_steps, one.score, one.max_score) == (True, 2, 2, 10, 10)
    assert (one.completed_at, one.seconds) == ("2026-01-01T00:12:30.500Z", 750.5)
    assert one.open_checks == []
    assert {each.verdict for each in one.steps[1].checks} == {"Passed"}


def test_an_open_step_tells_what_it_still_asks_for() -> None:
    opened = progress(
        "second", "Open", check_state("a", "Passed"), check_state("b", "Failing", "no\x1b[2J\nway")
    )

    one = report(seen(*TWO, told=status(progress("first", "Passed"), opened)))

    assert (one.completed, one.step, one.seconds) == (False, "second", None)
    assert one.open_checks == [("second", CheckReport("b", "Failing", "Any", "no[2J way"))]


def test_checks_that_nobody_has_looked_at_are_unseen() -> None:
    one = report(seen(*TWO, told=status(progress("first", "Open"))))

    assert [(name, each.verdict) for name, each in one.open_checks] == [("first", "Unseen")]
    assert [each.verdict for each in one.steps[1].checks] == ["Unseen", "Unseen"]


def test_what_a_passed_step_asked_for_counts_as_passed_whatever_was_seen_since() -> None:
    one = report(seen(*TWO, told=status(progress("first", "Passed", check_state("there", "Failing")))))

    assert [each.verdict for each in one.steps[0].checks] == ["Passed"]


def test_a_lab_that_was_changed_after_it_was_completed_is_not_completed_until_the_operator_has_looked() -> (
    None
):
    body = lab("demo", *TWO)
    body["metadata"]["generation"] = 2
    body["status"] = status(progress("first", "Passed"), phase="Completed", conditions=[COMPLETED])

    one = report(read(body))

    assert (one.completed, one.problem) == (False, NOT_FRESH)


def test_a_lab_that_is_being_deleted_is_not_completed() -> None:
    body = lab("demo")
    body["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"
    body["status"] = status(progress("first", "Passed"), phase="Completed", conditions=[COMPLETED])

    one = report(read(body))

    assert (one.completed, one.phase, one.completed_at) == (False, "Deleting", "")


def test_a_blocked_lab_tells_why() -> None:
    why = {"type": "Accepted", "status": "False", "message": "no node\nis free", "reason": "Any"}
    conditions = [{**why, "lastTransitionTime": ""}]

    one = report(seen(step(), told=status(phase="Blocked", conditions=conditions)))

    assert (one.completed, one.problem) == (False, "no node is free")


def test_a_lab_whose_spec_cannot_be_read_is_reported_all_the_same() -> None:
    body = lab("demo")
    body["spec"] = {"steps": "none"}

    one = report(read({**body, "status": {}}))

    assert (one.lab, one.steps, one.completed) == ("demo", (), False)


def test_json_has_the_fields_that_are_documented() -> None:
    told = status(progress("first", "Open", check_state("there", "Failing", "no")))

    made = json.loads(json.dumps(as_json([report(seen(step(), told=told))])))

    assert made == {
        "completed": 0,
        "labs": [
            {
                "namespace": "default",
                "lab": "demo",
                "phase": "Active",
                "completed": False,
                "passedSteps": 0,
                "allSteps": 1,
                "score": 0,
                "maxScore": 10,
                "startedAt": "2026-01-01T00:00:00Z",
                "completedAt": "",
                "seconds": None,
                "step": "first",
                "problem": "",
                "steps": [
                    {
                        "name": "first",
                        "state": "Open",
                        "points": 10,
                        "openedAt": "",
                        "passedAt": "",
                        "checks": [
                            {
                                "name": "there",
                                "verdict": "Failing",
                                "reason": "Any",
                                "message": "no",
                                "since": "",
                            }
                        ],
                    }
                ],
            }
        ],
    }
