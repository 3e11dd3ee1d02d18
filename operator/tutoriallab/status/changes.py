"""What people may change of a lab, as merge patches: an answer, one more hint, starting over. Pure.

Called by the command line and by the page, which send them with the rights of whoever asked for it.
"""

from typing import Any

from tutoriallab.lab.annotations import HINTS, RESET, RESTART_STEP
from tutoriallab.lab.answer import chosen
from tutoriallab.lab.moment import rfc3339
from tutoriallab.status.seen import Seen

Patch = dict[str, Any]
#: What the API server takes of an answer.
_LONGEST = 1_000


class Unfit(ValueError):
    """This cannot be changed so; the message says why, without an end mark."""


class NoQuestion(Unfit):
    """The lab does not ask that."""


class NotNow(Unfit):
    """The lab is past it, or not there yet."""


def answer(lab: Seen, check: str, text: str) -> list[Patch]:
    """An answer to a question of the lab; raises Unfit. Sent one after the other, each judged before the next."""
    asked = lab.questions
    question = asked[check].answer if check in asked else None
    if question is None:
        known = f"it asks {', '.join(asked)}" if asked else "it asks none"
        raise NoQuestion(f"Lab {lab.name} has no question {check[:63]!r}, {known}")
    if len(text) > _LONGEST:
        raise Unfit(f"An answer has at most {_LONGEST} characters: shorten it")
    if question.choices and chosen(text, question.choices) is None:
        raise Unfit(f"{text[:100]!r} is no choice: choose one of {', '.join(question.choices)}")
    patches: list[Patch] = [{"spec": {"answers": {check: text}}}]
    if lab.spec and lab.spec.answers.get(check) == text:
        # The same answer as before a reset counts only once it changes: it is taken away first.
        patches.insert(0, {"spec": {"answers": {check: None}}})
    return patches


def hint(lab: Seen, step: str) -> Patch:
    """One more hint for the open step; raises NotNow."""
    current = lab.current()
    if current is None or current[1].name != step or current[2].state != "Open":
        raise NotNow(f"Step {step[:63]!r} is not open: hints are for the step that is")
    given = lab.hints_given(step)
    if given >= len(current[1].hints):
        raise NotNow(f"Step {step} has no more hints")
    return _annotated(HINTS, f"{step}={given + 1}")


def reset(now: float) -> Patch:
    """The lab starts over."""
    return _annotated(RESET, rfc3339(now))


def restart_step(lab: Seen, now: float) -> Patch:
    """The open step starts over; raises NotNow."""
    if lab.current() is None:
        raise NotNow(f"All steps of {lab.name} are passed: start the whole lab over")
    return _annotated(RESTART_STEP, rfc3339(now))


def _annotated(name: str, value: str) -> Patch:
    return {"metadata": {"annotations": {name: value}}}
