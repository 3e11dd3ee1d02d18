"""How a check comes to its verdict: what it selects, what is seen, the result of every part.

Made by the command line (`explain`) with the eyes of whoever asks, by the rules by which the operator judges. Pure.
Of a question that is not answered right nothing is told that may be the answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from tutoriallab.grade import reasons
from tutoriallab.grade.asked import Asked, answers, names_answer, reads
from tutoriallab.grade.bind import Binding, Chosen, Unbound, bind, describe, fitting
from tutoriallab.grade.cel.excerpt import excerpt
from tutoriallab.grade.cel.expression import EVENTS, Expression
from tutoriallab.grade.cel.parts import Part, parts
from tutoriallab.grade.compile import CompiledCheck
from tutoriallab.grade.judge import CheckMemory, Court, at_this_moment, plain_values
from tutoriallab.grade.judgement import Judgement
from tutoriallab.lab.given import Given
from tutoriallab.lab.moment import moment, of_day
from tutoriallab.lab.state import CheckState
from tutoriallab.observe.probe.request import Probe
from tutoriallab.observe.selection import Selection
from tutoriallab.words import accounting as words
from tutoriallab.words import phases
from tutoriallab.words.sentence import Sentence, Text, joined, told_in

#: Objects of one variable that are shown.
MAX_OBJECTS = 3
#: Variables that are no objects.
PLAIN = ("workspace", "nodes", "answer", "remembered")


class Judged(Struct, frozen=True):
    """A verdict with its reason and message."""

    verdict: str
    reason: str
    message: str


class ObjectAccount(Struct, frozen=True):
    """One selected object: its name, and of its fields those that expressions read."""

    name: str
    fields: dict[str, Any]


class GivenAccount(Struct, frozen=True, rename="camel"):
    """One variable: what it selects in words, how many objects that are now, and some of them.

    `found` is null where that is not known, and a `note` tells why.
    """

    name: str
    selects: str
    where: str
    pick: str
    optional: bool
    found: int | None
    objects: tuple[ObjectAccount, ...]
    note: str


class ExpressionAccount(Struct, frozen=True):
    """One expression of expect: true, false, or null with a `note` why; by its parts where it was evaluated."""

    text: str
    result: bool | None
    note: str
    part: Part | None


class Account(Struct, frozen=True, rename="camel"):
    """All that is told of one check.

    `operator` is the verdict that counts, with what diagnosis has found; `here` is what follows from what is seen
    here, null where something of it cannot be. `withheld`: why nothing else is told.
    """

    check: str
    when: str
    holds_for: str
    operator: Judged | None
    here: Judged | None
    withheld: str
    notes: tuple[str, ...] = ()
    values: dict[str, Any] = {}
    given: tuple[GivenAccount, ...] = ()
    expressions: tuple[ExpressionAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class Eyes:
    """What one sees: the objects and answers of this moment, and by variable why what it selects cannot be read.

    `asked`: what open questions of the step ask for, which is not told of its other checks either.
    `language`: of the message that follows from it, and of all that is told.
    """

    court: Court
    unreadable: Mapping[str, str] = field(default_factory=dict)
    asked: Asked = frozenset()
    language: str = "en"


def account(compiled: CompiledCheck, chosen: Chosen, state: CheckState | None, eyes: Eyes) -> Account:
    """The account of one check; `state` is its record in status, None before it was judged."""
    check = compiled.check
    found = _judgement(compiled, chosen, state, eyes)
    here = Judged(found.verdict, found.reason, found.told(eyes.language)) if found else None
    told = Judged(state.verdict, state.reason, state.message) if state else None
    right = told is not None and here is not None and told.verdict == here.verdict == "Passed"
    if check.answer and not right:
        withheld = words.WITHHELD().told(eyes.language)
        return Account(check.name, check.when, check.holds_for or "", told, None, withheld)
    teller = _Teller(compiled, chosen, state or CheckState(name=check.name, verdict="Waiting"), eyes)
    return Account(
        check=check.name,
        when=check.when,
        holds_for=check.holds_for or "",
        operator=told,
        here=here,
        withheld="",
        notes=tuple(one.told(eyes.language) for one in (*teller.notes(), *_differing(compiled, told, here))),
        values=teller.plain(),
        given=teller.given(),
        expressions=tuple(teller.expression(one) for one in compiled.expect),
    )


def _judgement(
    compiled: CompiledCheck, chosen: Chosen, state: CheckState | None, eyes: Eyes
) -> Judgement | None:
    """The check's state as it is seen here; None where the operator sees what cannot be seen from here."""
    if eyes.unreadable or any(one.asks for one in compiled.check.given.values()):
        return None
    remembered = state.remembered if state else {}
    if compiled.remember and not remembered:
        return None
    return at_this_moment(compiled, chosen, CheckMemory(remembered=remembered), eyes.court)


def _differing(compiled: CompiledCheck, told: Judged | None, here: Judged | None) -> Sequence[Sentence]:
    if told is None or here is None or compiled.check.when != "Now" or told.reason == reasons.HOLDING:
        return ()
    if told.verdict == here.verdict:
        return ()
    return (words.DIFFERS(),)


class _Teller:
    """What is told of one check that may be told of."""

    def __init__(self, compiled: CompiledCheck, chosen: Chosen, state: CheckState, eyes: Eyes) -> None:
        self._compiled, self._chosen, self._state, self._eyes = compiled, chosen, state, eyes
        self._check = compiled.check
        self._bindings, self._unbound = self._bound()
        self._binding = next(
            (one for one in self._bindings if all(self._true(each, one) for each in compiled.expect)),
            self._bindings[0] if self._bindings else self._plainly(Binding(self._eyes.court.scope.values())),
        )

    def notes(self) -> Iterator[Sentence]:
        """What has to be known besides the expressions: time, memory, candidates."""
        if self._check.when == "Ever":
            yield words.EVER()
        if self._check.when == "Throughout":
            armed = moment(self._state.armed_at)
            since = words.NOT_TRUE_YET() if armed is None else words.TRUE_SINCE(since=of_day(armed))
            yield words.THROUGHOUT(since=since)
        if self._check.holds_for:
            yield words.HOLDS_FOR(duration=self._check.holds_for)
        if self._compiled.remember and not self._state.remembered:
            yield words.REMEMBERS_LATER()
        if len(self._bindings) > 1:
            yield words.ONE_OF(count=len(self._bindings))

    def plain(self) -> dict[str, Any]:
        """The values of the plain variables that expressions name."""
        named = {name for one in self._compiled.expect if not self._tells(one) for name in one.fields}
        values = self._binding.values
        return {name: values[name] for name in PLAIN if name in named and name in values}

    def given(self) -> tuple[GivenAccount, ...]:
        """Every variable in the order of the lab."""
        return tuple(self._given(name, one) for name, one in self._check.given.items())

    def expression(self, one: Expression) -> ExpressionAccount:
        """One expression, part by part."""
        if self._tells(one):
            return ExpressionAccount("", None, self._in_words(words.KEPT_BACK()), None)
        obstacle = self._obstacle(one)
        if obstacle:
            return ExpressionAccount(one.source, None, self._in_words(obstacle), None)
        result = one.evaluate(self._binding.values)
        found = parts(one, self._binding.values, self._binding.subjects, self._eyes.language)
        return ExpressionAccount(
            one.source, result.value if result.error is None else None, result.error or "", found
        )

    def _tells(self, expression: Expression) -> bool:
        """Whether the expression reads what an open question asks for."""
        return any(answers(self._eyes.asked, kind, path) for kind, path in reads(self._compiled, expression))

    def _bound(self) -> tuple[list[Binding], Unbound | None]:
        """The ways to bind what can be seen from here, each with the plain values; or why there is none."""
        seen = {
            name: one
            for name, one in self._check.given.items()
            if not one.asks and name not in self._eyes.unreadable
        }
        court, found = self._eyes.court, []
        for one in bind(seen, self._chosen, self._compiled.where, court.select, court.scope):
            if isinstance(one, Unbound):
                return [], one
            found.append(self._plainly(one))
        return found, None

    def _plainly(self, one: Binding) -> Binding:
        """The binding with what is no object, as far as it can be read from here."""
        seen = {name: each for name, each in self._chosen.items() if name not in self._eyes.unreadable}
        court, remembered = self._eyes.court, self._state.remembered
        one.values.update(plain_values(self._compiled, seen, remembered, court))
        return one

    def _true(self, expression: Expression, binding: Binding) -> bool:
        """Whether it holds, or cannot be evaluated here for any candidate."""
        return bool(self._missing_from_here(expression)) or expression.evaluate(binding.values).true

    def _obstacle(self, expression: Expression) -> Sentence | None:
        """Why the expression is not evaluated here; None when it is."""
        here = self._missing_from_here(expression)
        if here or self._unbound is None or not set(expression.fields) & set(self._chosen):
            return here
        return words.NO_VALUE(variable=self._unbound.variable or words.A_VARIABLE())

    def _missing_from_here(self, expression: Expression) -> Sentence | None:
        for name in expression.fields:
            if name in self._check.given and self._check.given[name].asks:
                return words.ASKED_ELSEWHERE(variable=name)
            if name in self._eyes.unreadable:
                return words.UNREADABLE(variable=name)
        if expression.uses_events and EVENTS in self._eyes.unreadable:
            return words.NO_EVENTS()
        if "remembered" in expression.fields and not self._state.remembered:
            return words.NO_MEMORY()
        return None

    def _given(self, name: str, one: Given) -> GivenAccount:
        chosen = self._chosen[name]
        selects = self._in_words(_selects(one, chosen))
        shape = (name, selects, one.where or "", one.pick or "", one.optional)
        if not isinstance(chosen, Selection):
            heard = words.ONLY_THE_OPERATOR(told=self._state.message or words.NOTHING_YET())
            return GivenAccount(*shape, None, (), self._in_words(heard))
        if name in self._eyes.unreadable:
            return GivenAccount(*shape, None, (), self._eyes.unreadable[name])
        if names_answer(self._eyes.asked, one.kind):
            return GivenAccount(*shape, None, (), self._in_words(words.KEPT_BACK()))
        court = self._eyes.court
        found = fitting(chosen, self._compiled.where.get(name), court.select, court.scope)
        bound = self._binding.values.get(name)
        shown = [one.body for one in found] if name not in self._binding.values else _as_list(bound)
        objects = tuple(self._object(name, body) for body in shown[:MAX_OBJECTS])
        note = self._lacks(name) or ("" if found else words.NONE())
        return GivenAccount(*shape, len(found), objects, self._in_words(note))

    def _lacks(self, name: str) -> Sentence | None:
        """Why this variable has no value; None where it has one, or another is the first that lacks."""
        return self._unbound.message if self._unbound and self._unbound.variable == name else None

    def _in_words(self, text: Text) -> str:
        return told_in(self._eyes.language, text)

    def _object(self, name: str, body: Mapping[str, Any]) -> ObjectAccount:
        expressions = [one for one in self._compiled.expect if name in one.fields]
        paths = set()
        for one in expressions:
            of_list = one.variables[name].type == "list"
            paths |= {path[1:] if of_list else path for path in one.fields[name]}
        where = self._compiled.where.get(name)
        if where is not None:
            paths |= where.fields.get("object", frozenset())
        kind = self._check.given[name].kind
        paths = {path for path in paths if not (path and answers(self._eyes.asked, kind, path))}
        variable = next((one.variables[name] for one in expressions), where and where.variables["object"])
        fields = excerpt(body, variable, paths) if variable else {}
        return ObjectAccount(str(body["metadata"]["name"]), fields)


def _as_list(bound: Any) -> list[Any]:
    if isinstance(bound, list):
        return bound
    return [] if bound is None else [bound]


def _selects(given: Given, chosen: Selection | Probe) -> Text:
    if not isinstance(chosen, Selection):
        return chosen.label
    pieces: list[Text] = [f"{given.kind} {chosen.name}" if chosen.name else describe(given, chosen)]
    for one in given.selector.match_expressions if given.selector else ():
        values = f" ({', '.join(one.values)})" if one.values else ""
        pieces.append(f", {one.key} {one.operator}{values}")
    text = joined(pieces)
    return phases.IN_NAMESPACE(what=text, namespace=chosen.namespace) if chosen.namespace else text
