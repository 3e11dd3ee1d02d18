"""When a proof may look at the verdicts of a lab that has just begun."""

import pytest

from builders import check, spec, step
from tutoriallab.cli import case
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.state import CheckState, Status, StepProgress, StepState, Verdict
from tutoriallab.status.seen import Seen


def begun(state: StepState, *checks: CheckState) -> Seen:
    steps = [StepProgress(name="a", state=state, checks=list(checks))]
    wanted = parse_spec(spec(step("a", check("one"), check("two"))))
    return Seen("demo", "default", 1, {}, wanted, Status(steps=steps), deleting=False)


def says(name: str, verdict: Verdict = "Failing", reason: str = "NotMet") -> CheckState:
    return CheckState(name=name, verdict=verdict, reason=reason)


@pytest.mark.parametrize(
    ("lab", "judged"),
    [
        (begun("Locked"), False),
        (begun("Open", says("one")), False),
        (begun("Open", says("one"), says("two", "Waiting", "Asking")), False),
        (begun("Open", says("one"), says("two", "Waiting", "Holding")), True),
        (begun("Open", says("one"), says("two")), True),
    ],
    ids=["not open", "one is not looked at", "a page is being asked for", "one waits for its time", "all"],
)
def test_a_lab_is_judged_when_every_check_has_said_something(lab: Seen, judged: bool) -> None:
    assert case._is_judged(lab) is judged
