"""One check against the live objects: its verdict, with a reason and a message. Pure: time comes in as a value.

Called by `grade/open_step.py` whenever an object that the check selects has changed, and when its time runs out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tutoriallab.grade import answers, reasons
from tutoriallab.grade.bind import Ask, Binding, Chosen, Scope, Select, Unbound, bind, nobody
from tutoriallab.grade.cel.expression import EVENTS, Expression
from tutoriallab.grade.cel.sentences import piece
from tutoriallab.grade.compile import CompiledCheck
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.stale import stale_object
from tutoriallab.grade.tell import told, why
from tutoriallab.grade.throughout import Vigil, grace, watch
from tutoriallab.lab.answer import forgiven, understood
from tutoriallab.lab.duration import seconds
from tutoriallab.lab.model import Check
from tutoriallab.lab.moment import of_day
from tutoriallab.observe.selection import Selection
from tutoriallab.words import grading as words
from tutoriallab.words.sentence import Sentence, Text, as_is, cut, joined

MAX_MESSAGE = 1_000
#: What says little to people: an expression, a UID.
_FOR_PROGRAMS = re.compile(r"`|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b")
#: An expression that is over its limits is not evaluated again: other labs must not wait for it.
TOO_COSTLY = Judgement("Error", reasons.TOO_COSTLY, words.TOO_COSTLY())


@dataclass(frozen=True, slots=True)
class Answered:
    """The learner's answer to a check; `stale`: it was given before a reset."""

    text: str = ""
    stale: bool = False


@dataclass(slots=True)
class CheckMemory:
    """What a check keeps from one judgement to the next while its step is open; `gap` is the last time unwatched."""

    remembered: Mapping[str, Any] = field(default_factory=dict)
    true_since: float | None = None
    was_true: bool = False
    stale_since: float | None = None
    resting: bool = False
    vigil: Vigil = field(default_factory=Vigil)
    gap: Gap | None = None

    def missed(self, gap: Gap) -> None:
        """Nobody watched for a while: what must hold begins anew, and what must always have held cannot be told."""
        self.gap = gap
        self.true_since = None
        self.vigil.missed(gap)


@dataclass(frozen=True, slots=True)
class Court:
    """All that judgements of one lab have in common at one moment."""

    select: Select
    scope: Scope
    answers: Mapping[str, Answered]
    now: float
    ask: Ask = nobody


def judge(compiled: CompiledCheck, chosen: Chosen, memory: CheckMemory, court: Court) -> Judgement:
    """The check's verdict now; `memory` is brought up to date."""
    check = compiled.check
    if check.when == "Ever" and memory.was_true:
        return Judgement("Passed", reasons.MET)
    if memory.vigil.ended:
        return memory.vigil.ended
    if memory.resting:
        return TOO_COSTLY
    found = at_this_moment(compiled, chosen, memory, court)
    memory.resting = found == TOO_COSTLY
    stale = found.reason in reasons.UNKNOWN
    memory.stale_since = (memory.stale_since or court.now) if stale else None
    if check.when == "Throughout" and found != TOO_COSTLY:
        return _watched(check, chosen, memory, found, court.now)
    if found.verdict == "Passed":
        memory.was_true = True
        return _held(compiled, memory, court.now)
    if not stale:
        memory.true_since = None
    return _unseen(memory.gap, found) if check.when == "Ever" and memory.gap else found


def at_this_moment(compiled: CompiledCheck, chosen: Chosen, memory: CheckMemory, court: Court) -> Judgement:
    """The check's state now, whatever it was before and however long it has to last; also told by `account.py`."""
    return answers.discreet(compiled.check, _state(compiled, chosen, memory, court))


def _watched(check: Check, chosen: Chosen, memory: CheckMemory, found: Judgement, now: float) -> Judgement:
    selections = {name: one for name, one in chosen.items() if isinstance(one, Selection)}
    told = watch(memory.vigil, found, grace(check, selections), now)
    if memory.vigil.armed_at is not None:
        # What is armed keeps its last value by itself.
        memory.stale_since = None
    return told


def _unseen(gap: Gap, found: Judgement) -> Judgement:
    """Not true at any moment that was seen: who has shown it in the meantime must know that nobody looked."""
    note = words.SHOW_AGAIN(gap=gap.sentence)
    return replace(found, message=words.AND_THAT(message=found.message, note=note) if found.message else note)


def _held(compiled: CompiledCheck, memory: CheckMemory, now: float) -> Judgement:
    check = compiled.check
    if not check.holds_for:
        return Judgement("Passed", reasons.MET)
    if memory.true_since is None:
        memory.true_since = now
    until = memory.true_since + seconds(check.holds_for)
    if now >= until:
        return Judgement("Passed", reasons.MET)
    told = words.HOLDING(since=of_day(memory.true_since), duration=check.holds_for)
    return Judgement("Waiting", reasons.HOLDING, told, wake_at=until)


def _state(compiled: CompiledCheck, chosen: Chosen, memory: CheckMemory, court: Court) -> Judgement:
    """The check's state at this moment: Passed, or the first that is not as it should be."""
    unanswered = _unanswered(compiled.check, court)
    if unanswered:
        return unanswered
    values = plain_values(compiled, chosen, memory.remembered, court)
    first: Judgement | None = None
    given = compiled.check.given
    for binding in bind(given, chosen, compiled.where, court.select, court.scope, court.ask):
        if isinstance(binding, Unbound):
            silent = binding.reason == reasons.NO_ANSWER
            nothing = (binding.variable,)
            return Judgement(
                binding.verdict, binding.reason, binding.message, by_state=silent, nothing=nothing
            )
        binding.values.update(values)
        judgement = _expectations(compiled, binding)
        if judgement.verdict == "Passed":
            return judgement
        first = first or judgement
    return first or Judgement("Failing", reasons.OBJECT_MISSING)


def plain_values(
    compiled: CompiledCheck, chosen: Chosen, remembered: Mapping[str, Any], court: Court
) -> dict[str, Any]:
    """What the check's expressions see that stands for no object: memory, answer, Events; also told by `account.py`."""
    values: dict[str, Any] = {"remembered": dict(remembered)} if compiled.remember else {}
    if compiled.check.answer:
        answer = court.answers.get(compiled.check.name, Answered())
        values["answer"] = understood(answer.text, compiled.check.answer)
    events = chosen.get(EVENTS)
    if isinstance(events, Selection):
        values[EVENTS] = [event.body for event in court.select(events)]
    return values


def _unanswered(check: Check, court: Court) -> Judgement | None:
    """Why the check's question is not answered; None where it is, and where it asks none."""
    if not check.answer:
        return None
    answer = court.answers.get(check.name, Answered())
    if not forgiven(answer.text) or answer.stale:
        return answers.unanswered(check, stale=answer.stale)
    if understood(answer.text, check.answer) is None:
        return answers.no_choice(answer.text, check.answer)
    return None


def _behind(compiled: CompiledCheck, binding: Binding) -> Sentence | None:
    """Which object's status is of an older spec. A check over time that reads no status does not mind:

    what it asks for may be gone again before the controller has caught up.
    """
    if compiled.check.when != "Now" and not compiled.reads_status:
        return None
    return next(filter(None, map(stale_object, binding.objects)), None)


def _expectations(compiled: CompiledCheck, binding: Binding) -> Judgement:
    behind = _behind(compiled, binding)
    if behind:
        return Judgement("Waiting", reasons.STALE_STATUS, behind)
    for expression in compiled.expect:
        result = expression.evaluate(binding.values)
        if result.costly:
            return TOO_COSTLY
        if not result.true:
            return _not_met(compiled, expression, binding)
    return Judgement("Passed", reasons.MET)


def _not_met(compiled: CompiledCheck, expression: Expression, binding: Binding) -> Judgement:
    because = _because(compiled, binding)
    if compiled.check.answer and "answer" in expression.fields:
        return answers.wrong(binding.values["answer"], because and cut(because, MAX_MESSAGE))
    hidden = compiled.check.answer and answers.gives_away(expression, compiled.expect)
    found = why(expression, binding)
    message = _with_both(because, words.QUESTION_ELSEWHERE() if hidden else told(found))
    return Judgement(
        "Failing",
        reasons.NOT_MET,
        message and cut(message, MAX_MESSAGE),
        by_state=compiled.about_state(expression),
        too_many=bool(found and found.too_many and not compiled.where),
        nothing=tuple(name for name in expression.fields if binding.values.get(name) in (None, [])),
    )


def _with_both(because: Sentence | None, told: Sentence | None) -> Sentence | None:
    """The author's word and ours; where there is no better word than CEL itself or a UID, the author's is enough."""
    if because is None or told is None:
        return because or told
    return because if _FOR_PROGRAMS.search(str(told)) else words.BECAUSE(because=because, told=told)


def _because(compiled: CompiledCheck, binding: Binding) -> Sentence | None:
    """What the author has to say, with the live values; None for nothing."""
    parts = [part if isinstance(part, str) else _shown(part, binding) for part in compiled.because]
    if any(isinstance(part, Sentence) for part in parts):
        return joined(parts)
    text = "".join(map(str, parts)).strip()
    return as_is(text) if text else None


def _shown(part: Expression, binding: Binding) -> Text:
    if any(part.variables[name].secret for name in part.fields):
        return words.HIDDEN()
    value = part.evaluate(binding.values).value
    return "?" if value is None else piece(value)
