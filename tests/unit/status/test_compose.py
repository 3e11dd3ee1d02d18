import pytest

from builders import Json, Objects, check, deployment, spec, step
from tutoriallab.grade import reasons
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.compile import compile_step
from tutoriallab.grade.judge import Court
from tutoriallab.grade.open_step import OpenStep
from tutoriallab.lab.model import Spec
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.state import CheckState, Status, StepProgress
from tutoriallab.status.compose import (
    MAX_NEXT,
    check_states,
    next_line,
    steps_of,
    with_condition,
    with_phase,
    with_steps,
)


def three_steps() -> Spec:
    return parse_spec(spec(step("a", points=5), step("b", points=7), step("c")))


def progress(name: str, state: str, *checks: CheckState) -> StepProgress:
    return StepProgress(name=name, state=state, checks=list(checks))  # type: ignore[arg-type]


def test_score_and_progress_follow_from_the_steps() -> None:
    steps = [progress("a", "Passed"), progress("b", "Open"), progress("c", "Locked")]
    status = with_steps(Status(), three_steps(), steps)
    assert (status.step, status.progress, status.score, status.max_score) == ("b", "1/3", 5, 22)


def test_a_score_of_zero_is_shown() -> None:
    assert with_steps(Status(), three_steps(), steps_of(three_steps(), ())).score == 0


def test_what_blocks_a_lab_stays_its_next_line_while_it_is_tried_again() -> None:
    blocked = with_phase(Status(), "Blocked", "port 0 is invalid")
    assert with_steps(blocked, three_steps(), steps_of(three_steps(), ())).next == "port 0 is invalid"


def test_what_was_passed_is_kept_by_name_when_the_lab_changes() -> None:
    recorded = [progress("gone", "Passed"), progress("b", "Passed")]
    assert [one.state for one in steps_of(three_steps(), recorded)] == ["Locked", "Passed", "Locked"]


@pytest.mark.parametrize(
    ("checks", "line"),
    [
        (
            [CheckState(name="there", verdict="Failing", message="Deployment web is not there")],
            "Deployment web is not there",
        ),
        ([CheckState(name="there", verdict="Waiting")], "It is there"),
        ([CheckState(name="there", verdict="Failing", message="x" * 500)], "x" * (MAX_NEXT - 1) + "…"),
        ([CheckState(name="there", verdict="Failing", message="two\nlines")], "two lines"),
    ],
)
def test_next_is_one_line_about_the_first_check_that_is_not_passed(
    checks: list[CheckState], line: str
) -> None:
    steps = [progress("a", "Open", *checks), progress("b", "Locked"), progress("c", "Locked")]
    assert next_line(three_steps(), steps) == line


def test_next_of_a_finished_lab_leads_to_the_debrief() -> None:
    steps = [progress(name, "Passed") for name in "abc"]
    assert "debrief" in next_line(three_steps(), steps)


def judged(*objects: Json, now: float) -> OpenStep:
    compiled = compile_step(parse_spec(spec(step("a", check()))), 0)
    one = OpenStep(compiled, Scope("demo", {}), {})
    one.judge(Court(Objects(*objects).select, Scope("demo", {}), {}, now))
    return one


def test_since_moves_only_when_the_verdict_turns() -> None:
    first = check_states(judged(deployment(replicas=1), now=100), (), 100, 0.25, "en")
    second = check_states(judged(deployment(replicas=2), now=200), first, 200, 0.25, "en")
    third = check_states(judged(deployment(replicas=3), now=300), second, 300, 0.25, "en")
    assert [states[0].since for states in (first, second, third)] == [
        rfc3339(100),
        rfc3339(100),
        rfc3339(300),
    ]
    assert second[0].message == "Deployment web: spec.replicas is 2, wanted 3"


def test_a_status_that_catches_up_soon_leaves_the_last_verdict_standing() -> None:
    before = check_states(judged(deployment(), now=100), (), 100, 0.25, "en")
    stale = judged(deployment(generation=2), now=200)
    assert check_states(stale, before, 200.1, 0.25, "en")[0].verdict == "Passed"
    assert check_states(stale, before, 200.3, 0.25, "en")[0].verdict == "Waiting"


def test_a_conditions_time_moves_only_when_its_status_does() -> None:
    status = with_condition(Status(observed_generation=1), "Completed", "False", "StepsOpen", "first", "t1")
    status = with_condition(status, "Completed", "False", "StepsOpen", "second", "t2")
    assert (status.conditions[0].last_transition_time, status.conditions[0].message) == ("t1", "second")
    status = with_condition(status, "Accepted", "True", "Valid", "", "t3")
    status = with_condition(status, "Completed", "True", "AllStepsPassed", "", "t4")
    assert [(one.type, one.last_transition_time) for one in status.conditions] == [
        ("Accepted", "t3"),
        ("Completed", "t4"),
    ]


def test_a_phase_keeps_what_is_next_unless_it_says_something() -> None:
    status = with_phase(Status(next="before"), "Active")
    assert status.next == "before"
    assert with_phase(status, "Blocked", "because").next == "because"


def test_moments_are_written_as_kubernetes_does() -> None:
    assert rfc3339(0.5) == "1970-01-01T00:00:00.500Z"


def test_next_tells_first_what_only_starting_over_mends_and_last_what_needs_only_time() -> None:
    one = parse_spec(spec(step("a", check("first"), check("second"), check("third"))))
    holds = CheckState(name="first", verdict="Waiting", message="holds", reason=reasons.HOLDS_SO_FAR)
    todo = CheckState(name="second", verdict="Failing", message="to do")
    broken = CheckState(name="third", verdict="Failing", message="broken", reason=reasons.VIOLATED)
    assert next_line(one, [progress("a", "Open", holds, todo)]) == "to do"
    assert next_line(one, [progress("a", "Open", holds, todo, broken)]) == "broken"
    assert next_line(one, [progress("a", "Open", holds)]) == "holds"


def test_when_a_check_was_armed_stands_in_its_status() -> None:
    compiled = compile_step(parse_spec(spec(step("a", check("t", when="Throughout"), check()))), 0)
    opening = OpenStep(compiled, Scope("demo", {}), {"workspace": "demo"})
    opening.judge(Court(Objects(deployment()).select, Scope("demo", {}), {}, 12.5))
    states = check_states(opening, (), 13, 0.25, "en")
    assert [one.armed_at for one in states] == ["1970-01-01T00:00:12.500Z", ""]
