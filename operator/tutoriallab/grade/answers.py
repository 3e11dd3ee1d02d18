"""Checks that ask a question: what is told of an answer, and what no verdict of a question may tell. Pure.

Called by `judge.py` and `compile.py`. What the check wants is the solution: it appears in no message, so neither in
status nor in Events.
"""

from collections.abc import Iterator, Sequence

from tutoriallab.grade import reasons
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.cel.syntax import Call, Const, ListLiteral, walk
from tutoriallab.grade.judgement import Judgement
from tutoriallab.lab.answer import forgiven, understood
from tutoriallab.lab.model import Answer, Check
from tutoriallab.words import grading as words
from tutoriallab.words.sentence import Sentence

#: What verdicts of a question may show: nothing of a live object.
OPEN = frozenset({"answer", "workspace", "nodes"})

#: Characters of an answer that a message repeats.
MAX_QUOTED = 100
#: Sentences in place of those that would show live values, by reason.
_DISCREET = {
    reasons.STALE_STATUS: words.QUESTION_BEHIND(),
    reasons.NOT_EXACTLY_ONE: words.QUESTION_SEVERAL(),
}


def unanswered(check: Check, *, stale: bool) -> Judgement:
    """There is no answer, or only one from before a reset."""
    if stale:
        return Judgement("Failing", reasons.ANSWER_STALE, words.ANSWER_STALE())
    choices = check.answer.choices if check.answer else ()
    choose = words.CHOOSE(choices=", ".join(choices)) if choices else ""
    return Judgement("Failing", reasons.NOT_ANSWERED, words.NOT_ANSWERED(check=check.name, choose=choose))


def no_choice(text: str, asked: Answer) -> Judgement:
    """The answer is none of the choices; those are no secret."""
    told = words.NO_CHOICE(answer=quoted(text), choices=", ".join(asked.choices))
    return Judgement("Failing", reasons.WRONG_ANSWER, told)


def quoted(text: str) -> str:
    """The learner's own words, on one line and not too long."""
    return repr(text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…")


def wrong(text: str, because: Sentence | None) -> Judgement:
    """The answer is not right; what would be is not told."""
    told = because or words.WRONG_ANSWER(answer=quoted(text))
    return Judgement("Failing", reasons.WRONG_ANSWER, told)


def discreet(check: Check, found: Judgement) -> Judgement:
    """A question's judgement without live values: they may be the answer."""
    hidden = _DISCREET.get(found.reason)
    if check.answer is None or hidden is None:
        return found
    return Judgement(found.verdict, found.reason, hidden, found.wake_at)


def gives_away(expression: Expression, expectations: Sequence[Expression]) -> bool:
    """Whether telling why an expression is not true could show what an answer is compared with."""
    return any(
        _overlap(one, other)
        for asked in expectations
        if "answer" in asked.fields
        for name, paths in asked.fields.items()
        if name not in OPEN
        for one in paths
        for other in expression.fields.get(name, ())
    )


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one path is the other, or leads to it."""
    return all(a == b or "*" in (a, b) for a, b in zip(one, other, strict=False))


def because_fault(check: Check, shown: Sequence[str | Expression]) -> str | None:
    """Why this text may not stand in because; None when it gives nothing away."""
    if check.answer and any(set(part.fields) - OPEN for part in shown if isinstance(part, Expression)):
        return "a live value may be the answer: in a question name only answer, workspace and nodes"
    return None


def faults(check: Check, expect: Sequence[Expression]) -> Iterator[tuple[str, str]]:
    """What would give the answer away or could never be answered, as (field of the check, sentence)."""
    if check.answer is None:
        return
    for expression in expect:
        if {"answer", "remembered"} <= set(expression.fields):
            yield (
                "remember",
                "what is remembered stands in status, and would tell the answer: ask for something else",
            )
        for literal in _compared(expression):
            if understood(literal, check.answer) != literal:
                yield "expect", _unreachable(literal, check.answer)
    if not any("answer" in expression.fields for expression in expect):
        yield "expect", "no expression names answer: any text would be right"


def _unreachable(literal: str, asked: Answer) -> str:
    if asked.type == "choice":
        return f"{literal!r} is no choice: compare answer with one of answer.choices"
    return f"no answer is {literal!r}, as it is read as {forgiven(literal)!r}: write that"


def _compared(expression: Expression) -> Iterator[str]:
    """The literal texts with which the answer itself is compared."""
    for node in walk(expression.tree):
        if not isinstance(node, Call) or node.function not in ("_==_", "_!=_", "@in"):
            continue
        if not any(getattr(part, "name", "") == "answer" for part in node.operands):
            continue
        parts = [
            item
            for part in node.operands
            for item in (part.items if isinstance(part, ListLiteral) else (part,))
        ]
        yield from (part.value for part in parts if isinstance(part, Const) and isinstance(part.value, str))
