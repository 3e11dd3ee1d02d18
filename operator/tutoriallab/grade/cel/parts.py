"""An expression part by part: whether each is true, and what it sees; called by `grade/account.py`.

Where `explain.py` tells the one part that decides, this tells all of them, to somebody who wants to know how a check
comes to its verdict. A value that comes from a Secret is shown nowhere.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tutoriallab.grade.cel import unparse
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.cel.hidden import hidden
from tutoriallab.grade.cel.places import Secrecy
from tutoriallab.grade.cel.projection import TooMuch
from tutoriallab.grade.cel.sentences import show
from tutoriallab.grade.cel.syntax import Call, Const, Ident, ListLiteral, Macro, Node, Select, walk
from tutoriallab.grade.cel.trace import Missing, Scope, Traced, Tracer, Unclear
from tutoriallab.grade.cel.variables import Subject
from tutoriallab.words import accounting as words

#: Elements of a list that are told one by one.
MAX_ELEMENTS = 5
#: Parts of parts that are told.
MAX_DEPTH = 4
_LOGIC = ("_&&_", "_||_")


class Value(Struct, frozen=True):
    """What a part of the text is at this moment."""

    of: str
    value: str


class Part(Struct, frozen=True):
    """One part of an expression, or one element that it is asked of: true, false, or null where it cannot be told."""

    text: str
    result: bool | None
    values: tuple[Value, ...] = ()
    parts: tuple["Part", ...] = ()
    more: int = 0
    """How many elements are not told."""


def parts(
    expression: Expression, values: Mapping[str, Any], subjects: Mapping[str, Subject], language: str = "en"
) -> Part:
    """The expression on these values, what is not there told in this language; never raises on data."""
    text = unparse.text(expression.tree)
    try:
        tracer = Tracer(expression, values, subjects)
    except (TooMuch, KeyError):
        return Part(text, None)
    return _Walker(tracer, language).part(expression.tree, {})


class _Walker:
    """Walks down through && and ||, and into what is asked of elements."""

    def __init__(self, tracer: Tracer, language: str) -> None:
        self._tracer, self._language = tracer, language

    def part(self, node: Node, scope: Scope, depth: int = 0) -> Part:
        text, result = unparse.text(node), self._tracer.holds(node, scope)
        if depth >= MAX_DEPTH:
            return Part(text, result)
        match node:
            case Call(function=name) if name in _LOGIC:
                below = tuple(self.part(one, scope, depth + 1) for one in _flat(node, name))
                return Part(text, result, parts=below)
            case Call(function="!_", args=(inner,)):
                one = self.part(inner, scope, depth)
                return Part(text, result, one.values, one.parts, one.more)
            case Macro(kind="all" | "exists" | "exists_one", body=Node() as body):
                return self._each(node, body, result, (scope, depth))
        return Part(text, result, self._values(node, scope))

    def _each(self, node: Macro, body: Node, result: bool | None, at: tuple[Scope, int]) -> Part:
        """What is asked of elements: first of those that are not as wanted of all."""
        scope, depth = at
        text = unparse.text(node)
        try:
            each = self._tracer.elements(self._tracer.at(node.over, scope))
        except Unclear:
            return Part(text, result, self._values(node, scope))
        told = []
        for number, element in enumerate(each):
            inner = self.part(body, {**scope, node.variable: element}, depth + 1)
            told.append(Part(_name(element, number), inner.result, inner.values, inner.parts, inner.more))
        if node.kind == "all":
            told.sort(key=lambda one: one.result is True)
        return Part(text, result, parts=tuple(told[:MAX_ELEMENTS]), more=max(len(told) - MAX_ELEMENTS, 0))

    def _values(self, node: Node, scope: Scope) -> tuple[Value, ...]:
        """What the node compares or takes, each once."""
        found: dict[str, str] = {}
        for one in node.operands if isinstance(node, Call) else ():
            value = None if _literal(one) else self._value(one, scope)
            if value is not None:
                found[unparse.text(one)] = value
        return tuple(Value(of, value) for of, value in found.items())

    def _value(self, node: Node, scope: Scope) -> str | None:
        """The value as text; None where the text says as much."""
        try:
            held = self._tracer.at(node, scope)
        except Missing as gone:
            return (words.ABSENT if gone.place.is_object else words.UNSET)().told(self._language)
        except Unclear:
            return None
        if held.place is not None and (held.place.is_object or held.place.is_selection):
            return words.ABSENT().told(self._language) if held.value is None else None
        if self._may_show(node, held, scope):
            return show(held.display)
        path = held.place.path if held.place else ()
        return hidden(held.value, encoded=path[:1] == ("data",))

    def _may_show(self, node: Node, held: Traced, scope: Scope) -> bool:
        """Whether nothing of a Secret can be in the value: not by its place, nor by how it was come by."""
        if held.secret is not Secrecy.OPEN:
            return False
        if not any(self._confidential(one, scope) for one in walk(node) if isinstance(one, Ident)):
            return True
        return _is_field(node) or (isinstance(node, Call) and node.function == "size")

    def _confidential(self, one: Ident, scope: Scope) -> bool:
        if one.name in scope:
            held = scope[one.name]
            return held.secret is not Secrecy.OPEN or bool(held.place and held.place.variable.confidential)
        variable = self._tracer.expression.variables.get(one.name)
        return variable is not None and variable.confidential


def _flat(node: Node, function: str) -> list[Node]:
    if isinstance(node, Call) and node.function == function:
        return [part for arg in node.args for part in _flat(arg, function)]
    return [node]


def _is_field(node: Node) -> bool:
    """Whether a value is nothing but a field of a variable, so that its place tells all about where it comes from."""
    match node:
        case Ident():
            return True
        case Select():
            return _is_field(node.operand)
        case Call(function="_[_]", args=(held, Const())):
            return _is_field(held)
    return False


def _literal(node: Node) -> bool:
    return isinstance(node, Const) or (
        isinstance(node, ListLiteral) and all(isinstance(one, Const) for one in node.items)
    )


def _name(element: Traced, number: int) -> str:
    """An element by the object that it is, or its place."""
    place = element.place
    if place is None:
        return f"[{number}]"
    return " ".join(str(one) for one in (place.label, "" if place.is_object else place.field) if one)
