"""What is reported of one lab: where it stands, when it was done, every step with its checks. Pure.

Called by `report`; its other modules write it as a table, CSV or JUnit, and `-o json` prints it as it is.
"""

from typing import Any

import msgspec
from msgspec import Struct

from tutoriallab.lab.model import Check, Step
from tutoriallab.lab.moment import moment
from tutoriallab.lab.plain import line
from tutoriallab.lab.state import CheckState, StepProgress, progress_of
from tutoriallab.status.seen import Seen

NOT_FRESH = "The operator has not looked at what was changed last"


class CheckReport(Struct, frozen=True, rename="camel"):
    """One check; Unseen where it has not been judged yet. `since`: since when its verdict is what it is, RFC 3339."""

    name: str
    verdict: str
    reason: str = ""
    message: str = ""
    since: str = ""


class StepReport(Struct, frozen=True, rename="camel"):
    """One step: Locked, Open or Passed, with its checks."""

    name: str
    state: str
    points: int
    opened_at: str
    passed_at: str
    checks: tuple[CheckReport, ...]


class LabReport(Struct, frozen=True, rename="camel"):
    """One lab. `seconds`: from its start until it was completed; null while it is not."""

    namespace: str
    lab: str
    phase: str
    completed: bool
    passed_steps: int
    all_steps: int
    score: int
    max_score: int
    started_at: str
    completed_at: str
    seconds: float | None
    step: str
    problem: str
    steps: tuple[StepReport, ...]

    @property
    def open_checks(self) -> list[tuple[str, CheckReport]]:
        """Step and check of whatever an open step still asks for."""
        return [
            (step.name, check)
            for step in self.steps
            if step.state == "Open"
            for check in step.checks
            if check.verdict != "Passed"
        ]


def report(lab: Seen) -> LabReport:
    """What is reported of a lab. One that was changed since is not Completed until the operator has seen the change."""
    status, spec = lab.status, lab.spec
    phase = lab.phase
    steps = tuple(_step(step, progress_of(step.name, status.steps)) for step in (spec.steps if spec else ()))
    at = status.completed_at if phase == "Completed" else ""
    return LabReport(
        namespace=lab.namespace,
        lab=lab.name,
        phase=phase,
        completed=phase == "Completed" and lab.is_fresh,
        passed_steps=sum(step.state == "Passed" for step in steps),
        all_steps=len(steps),
        score=status.score or 0,
        max_score=lab.max_score,
        started_at=status.started_at,
        completed_at=at,
        seconds=_seconds(status.started_at, at),
        step=status.step if phase != "Completed" else "",
        problem=_problem(lab, phase),
        steps=steps,
    )


def as_json(reports: list[LabReport]) -> dict[str, Any]:
    """All reports for programs: fields may be added, none is renamed or taken away."""
    return {
        "completed": sum(one.completed for one in reports),
        "labs": [msgspec.to_builtins(one) for one in reports],
    }


def _step(step: Step, progress: StepProgress) -> StepReport:
    states = {state.name: state for state in progress.checks}
    checks = tuple(_check(check, progress, states.get(check.name)) for check in step.checks)
    return StepReport(step.name, progress.state, step.points, progress.opened_at, progress.passed_at, checks)


def _check(check: Check, progress: StepProgress, state: CheckState | None) -> CheckReport:
    if progress.state == "Passed":
        # All passed at one moment: what has been seen since, or has not been recorded, does not matter.
        return CheckReport(check.name, "Passed", since=state.since if state else "")
    if state is None or progress.state == "Locked":
        return CheckReport(check.name, "Unseen")
    return CheckReport(check.name, state.verdict, state.reason, line(state.message), state.since)


def _problem(lab: Seen, phase: str) -> str:
    if not lab.is_fresh and phase != "Deleting":
        return NOT_FRESH
    return line(lab.problem)


def _seconds(begin: str, end: str) -> float | None:
    since, until = moment(begin), moment(end)
    return None if since is None or until is None else round(max(until - since, 0.0), 3)
