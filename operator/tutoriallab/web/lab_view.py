"""A lab as the page shows it: its texts in all languages, its verdicts. Pure.

Called by `recorder.py` whenever the lab has changed. What is not open yet is told by its title.
"""

from collections.abc import Mapping
from typing import Any

from tutoriallab.lab.model import Check, Step
from tutoriallab.lab.moment import milliseconds
from tutoriallab.lab.plain import plain
from tutoriallab.lab.state import CheckState, StepProgress, progress_of
from tutoriallab.status.seen import Seen
from tutoriallab.web.texts import as_html, as_texts

LabView = dict[str, Any]
"""As it goes to the page; docs/page.md tells its fields."""


def lab_view(lab: Seen) -> LabView:
    """What there is to tell of a lab."""
    spec, status = lab.spec, lab.status
    done = status.phase == "Completed"
    steps = spec.steps if spec else []
    return {
        "namespace": lab.namespace,
        "name": lab.name,
        "workspace": lab.workspace,
        "title": as_texts(spec.title, lab.names) if spec else {"en": lab.name},
        "summary": as_texts(spec.summary, lab.names) if spec else {},
        "difficulty": spec.difficulty if spec else "",
        "minutes": spec.minutes if spec else 0,
        "phase": lab.phase,
        "progress": lab.progress,
        "score": status.score or 0,
        "maxScore": lab.max_score,
        "step": status.step,
        "next": plain(status.next),
        "language": lab.speaks(),
        "problem": plain(lab.problem),
        "debrief": as_html(spec.debrief, lab.names) if spec and done else {},
        "nodes": dict(status.nodes),
        "startedAt": milliseconds(status.started_at),
        "steps": [_step(lab, step, progress_of(step.name, status.steps)) for step in steps],
    }


def _step(lab: Seen, step: Step, progress: StepProgress) -> dict[str, Any]:
    made = {
        "name": step.name,
        "title": as_texts(step.title, lab.names),
        "state": progress.state,
        "points": step.points,
        "openedAt": milliseconds(progress.opened_at),
        "passedAt": milliseconds(progress.passed_at),
        "task": {},
        "hints": [],
        "hintsLeft": 0,
        "checks": [],
    }
    if progress.state == "Locked":
        return made
    given = min(lab.hints_given(step.name), len(step.hints))
    states = {one.name: one for one in progress.checks}
    return made | {
        "task": as_html(step.task, lab.names),
        "hints": [as_html(hint, lab.names) for hint in step.hints[:given]],
        "hintsLeft": len(step.hints) - given,
        "checks": [_check(lab, one, states.get(one.name)) for one in step.checks],
    }


def _check(lab: Seen, check: Check, state: CheckState | None) -> dict[str, Any]:
    return {
        "name": check.name,
        "says": as_texts(check.says, lab.names),
        "verdict": state.verdict if state else "Waiting",
        "reason": state.reason if state else "",
        "message": plain(state.message) if state else "",
        "since": milliseconds(state.since) if state else 0,
        "answer": _answer(lab, check),
    }


def _answer(lab: Seen, check: Check) -> Mapping[str, Any] | None:
    if check.answer is None:
        return None
    answers = lab.spec.answers if lab.spec else {}
    return {
        "choices": [plain(choice) for choice in check.answer.choices],
        "given": plain(answers.get(check.name, "")),
    }
