"""What the engine knows of a lab → the status that kubectl shows. Pure: called by `reconcile.py`."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from tutoriallab.grade.judge import CheckMemory
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.open_step import OpenStep
from tutoriallab.grade.reasons import ENDED
from tutoriallab.lab.model import Spec, Step
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.state import CheckState, Condition, Phase, Status, StepProgress, progress_of
from tutoriallab.lab.texts import in_language
from tutoriallab.words import grading, phases
from tutoriallab.words.sentence import Sentence, without_stop

MAX_NEXT = 160
ConditionStatus = Literal["True", "False", "Unknown"]


def steps_of(spec: Spec, recorded: Sequence[StepProgress]) -> list[StepProgress]:
    """Progress of every step of the spec: what was recorded under its name, or Locked."""
    return [progress_of(step.name, recorded) for step in spec.steps]


def with_steps(status: Status, spec: Spec, steps: list[StepProgress]) -> Status:
    """The status with these steps, and everything that follows from them."""
    passed = {progress.name for progress in steps if progress.state == "Passed"}
    # A step that is still being prepared is not named: whoever waits for it would act on what is not there yet.
    opened = next((progress.name for progress in steps if progress.state == "Open"), "")
    return replace(
        status,
        steps=steps,
        step=opened,
        progress=f"{len(passed)}/{len(spec.steps)}",
        score=sum(step.points for step in spec.steps if step.name in passed),
        max_score=sum(step.points for step in spec.steps),
        # What blocks a lab is to be read until it blocks no more, however often it is tried again.
        next=status.next if status.phase == "Blocked" else next_line(spec, steps),
    )


def current_step(spec: Spec, steps: Sequence[StepProgress]) -> Step | None:
    """The first step that is not passed; None when all are."""
    for step, progress in zip(spec.steps, steps, strict=True):
        if progress.state != "Passed":
            return step
    return None


def next_line(spec: Spec, steps: Sequence[StepProgress]) -> str:
    """One line: what to do or look at now."""
    step = current_step(spec, steps)
    if step is None:
        return phases.READ_DEBRIEF().told(spec.language)
    progress = next(one for one in steps if one.name == step.name)
    says = {check.name: in_language(check.says, spec.language) for check in step.checks}
    left = [check for check in progress.checks if check.verdict != "Passed"]
    if left and progress.state == "Open":
        check = min(left, key=_urgency)
        return _one_line(check.message or says.get(check.name, check.name))
    return _one_line(in_language(step.title, spec.language))


def _urgency(check: CheckState) -> int:
    """First what only starting over mends, then what is to be done, last what needs nothing but time."""
    if check.reason in ENDED:
        return 0
    return 2 if check.verdict == "Waiting" else 1


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_NEXT else line[: MAX_NEXT - 1] + "…"


def check_states(
    opening: OpenStep,
    before: Sequence[CheckState],
    now: float,
    patience: float,
    language: str,
    found: Sequence[Sentence | None] = (),
) -> list[CheckState]:
    """The verdicts of the open step; `since` moves only when a verdict turns.

    `found`: for each check what diagnosis has to say, put behind its message; None for nothing.
    A status that has not caught up for less than `patience` seconds leaves the last verdict standing.
    """
    known = {state.name: state for state in before}
    found = found or [None] * len(opening.judgements)
    states = []
    for check, judgement, memory, more in zip(
        opening.compiled.checks, opening.judgements, opening.memories, found, strict=True
    ):
        last = known.get(check.check.name)
        brief = memory.stale_since is not None and now < memory.stale_since + patience
        states.append(
            last
            if last and brief
            else _check_state(
                check.check.name, judgement, _message(judgement, more, language), memory, last, now
            )
        )
    return states


def _message(judgement: Judgement, more: Sentence | None, language: str) -> str:
    """The judgement's message with what diagnosis has found."""
    if more is None:
        return judgement.told(language)
    if judgement.message is None:
        return more.told(language)
    return grading.AND_WHY(message=without_stop(judgement.message), why=more).told(language)


def _check_state(
    name: str,
    judgement: Judgement,
    message: str,
    memory: CheckMemory,
    before: CheckState | None,
    now: float,
) -> CheckState:
    turned = before is None or before.verdict != judgement.verdict
    return CheckState(
        name=name,
        verdict=judgement.verdict,
        reason=judgement.reason,
        message=message,
        since=rfc3339(now) if before is None or turned else before.since,
        armed_at="" if memory.vigil.armed_at is None else rfc3339(memory.vigil.armed_at),
        remembered=dict(memory.remembered),
    )


def with_condition(
    status: Status, kind: str, value: ConditionStatus, reason: str, message: str, at: str
) -> Status:
    """The status with this condition; its transition time moves only when the value does."""
    before = status.condition(kind)
    condition = Condition(
        type=kind,
        status=value,
        reason=reason,
        message=message,
        last_transition_time=before.last_transition_time if before and before.status == value else at,
        observed_generation=status.observed_generation,
    )
    others = [one for one in status.conditions if one.type != kind]
    return replace(status, conditions=sorted([*others, condition], key=lambda one: _ORDER[one.type]))


_ORDER: Mapping[str, int] = {"Accepted": 0, "Provisioned": 1, "Completed": 2}


def with_phase(status: Status, phase: Phase, next_text: str = "") -> Status:
    """The status in this phase; `next_text` tells what to do where no check does."""
    return replace(status, phase=phase, next=_one_line(next_text) if next_text else status.next)
