"""What there is to tell of a lab at one moment, in one language: texts filled in, all of them safe to print.

Pure. `show.py` draws it for people, `-o json` prints it as it is.
"""

from typing import Any

import msgspec
from msgspec import Struct

from tutoriallab.grade.reasons import NOT_ANSWERED
from tutoriallab.lab.model import Check, Step
from tutoriallab.lab.plain import plain
from tutoriallab.lab.state import CheckState, StepProgress, progress_of
from tutoriallab.lab.texts import fill, in_language
from tutoriallab.status.seen import Seen


class CheckLine(Struct, frozen=True, rename="camel"):
    """One check: what it wants in the learner's words, what it says now."""

    name: str
    says: str
    verdict: str
    reason: str = ""
    message: str = ""
    question: bool = False
    choices: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What people see in the verdict's place: a question that nobody has answered yet is open, not wrong."""
        return "Open" if (self.verdict, self.reason) == ("Failing", NOT_ANSWERED) else self.verdict

    @property
    def hidden(self) -> bool:
        """Whether people are not told the message: of an open question it says what stands below it anyhow."""
        return self.shown in {"Passed", "Open"}


class StepPage(Struct, frozen=True, rename="camel"):
    """The step that is to be done."""

    name: str
    number: int
    title: str
    task: str
    state: str
    checks: tuple[CheckLine, ...]
    hints: tuple[str, ...]
    hints_left: int


class Page(Struct, frozen=True, rename="camel"):
    """A lab at one moment."""

    lab: str
    namespace: str
    workspace: str
    phase: str
    language: str
    title: str
    progress: str
    score: int
    max_score: int
    steps: int
    next: str
    step: StepPage | None = None
    debrief: str = ""
    problem: str = ""
    started_at: str = ""
    files: int = 0
    """How many files `kubectl lab files` writes."""


def page(lab: Seen, language: str = "") -> Page:
    """The page of a lab; in the lab's own language unless another is given."""
    status, spec = lab.status, lab.spec
    tongue = lab.speaks(language)
    text = _Texts(lab, tongue)
    current = lab.current()
    done = status.phase == "Completed"
    return Page(
        lab=lab.name,
        namespace=lab.namespace,
        workspace=lab.workspace,
        phase=lab.phase,
        language=tongue,
        title=text(spec.title) if spec else lab.name,
        progress=lab.progress,
        score=status.score or 0,
        max_score=lab.max_score,
        steps=len(spec.steps) if spec else 0,
        next=plain(status.next),
        step=_step(lab, text, *current) if current and not done else None,
        debrief=text(spec.debrief) if spec and done else "",
        problem=plain(lab.problem),
        started_at=status.started_at,
        files=len(spec.files) if spec else 0,
    )


def check_of(lab: Seen, name: str) -> CheckLine | None:
    """A check of any step that is open or passed, as the page tells those of the open one; None where it is neither."""
    for step in lab.spec.steps if lab.spec else ():
        progress = progress_of(step.name, lab.status.steps)
        check = next((one for one in step.checks if one.name == name), None)
        if check and progress.state != "Locked":
            states = {state.name: state for state in progress.checks}
            return _check(check, states.get(name), _Texts(lab, lab.speaks()))
    return None


def as_json(shown: Page) -> dict[str, Any]:
    """The page for programs, camelCase."""
    made: dict[str, Any] = msgspec.to_builtins(shown)
    return made


class _Texts:
    """A lab's texts in one language with ${…} filled in."""

    def __init__(self, lab: Seen, language: str) -> None:
        self._names, self._language = lab.names, language

    def __call__(self, text: dict[str, str]) -> str:
        return plain(fill(in_language(text, self._language), self._names)).strip()


def _step(lab: Seen, text: _Texts, number: int, step: Step, progress: StepProgress) -> StepPage:
    states = {state.name: state for state in progress.checks}
    given = min(lab.hints_given(step.name), len(step.hints))
    return StepPage(
        name=step.name,
        number=number,
        title=text(step.title),
        task=text(step.task),
        state=progress.state,
        checks=tuple(_check(check, states.get(check.name), text) for check in step.checks),
        hints=tuple(text(hint) for hint in step.hints[:given]),
        hints_left=len(step.hints) - given,
    )


def _check(check: Check, state: CheckState | None, text: _Texts) -> CheckLine:
    return CheckLine(
        name=check.name,
        says=text(check.says),
        verdict=state.verdict if state else "Unseen",
        reason=state.reason if state else "",
        message=plain(state.message) if state else "",
        question=check.answer is not None,
        choices=tuple(plain(choice) for choice in check.answer.choices) if check.answer else (),
    )
