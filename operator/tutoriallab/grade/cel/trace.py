"""A second, slow evaluation that knows where each value came from; called by `explain.py` when one is not true.

It walks the checked tree over the same converted fields as the real evaluation, within a budget of steps.
What it cannot do raises Unclear, and the explanation falls back on the expression's text.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tutoriallab.grade.cel import environment
from tutoriallab.grade.cel.expression import Expression, plain
from tutoriallab.grade.cel.functions import IMPLEMENTATIONS, owner
from tutoriallab.grade.cel.places import Place, Secrecy, of_object, of_variable
from tutoriallab.grade.cel.syntax import Call, Const, Ident, ListLiteral, Macro, MapLiteral, Node, Select
from tutoriallab.grade.cel.variables import Subject
from tutoriallab.words import explaining as words

#: Nodes that one explanation may evaluate: about 20 ms.
MAX_STEPS = 10_000


class Unclear(Exception):
    """This part of the expression cannot be traced."""


class Missing(Unclear):
    """A field that is not there; `place` names it, `length` is that of the list that ends before it."""

    def __init__(self, place: Place, length: int = 0) -> None:
        super().__init__(str(place.field))
        self.place = place
        self.length = length

    @property
    def beyond(self) -> bool:
        """Whether it is an element that a selection of objects does not have."""
        path = self.place.path
        return (
            not self.place.label
            and self.place.variable.type == "list"
            and path != ()
            and not self.place.words
        )


@dataclass(frozen=True, slots=True)
class Traced:
    """A value with its place, if it has one.

    `items` are the elements of a list that a macro picked; `shown` is what a message shows instead of the
    value, for quantities; of a `secret` value no message tells more than its secrecy allows.
    """

    value: Any
    place: Place | None = None
    items: tuple["Traced", ...] | None = None
    shown: Any = None
    secret: Secrecy = Secrecy.OPEN

    @property
    def display(self) -> Any:
        """What a message shows."""
        return self.value if self.shown is None else self.shown


Scope = Mapping[str, Traced]


class Tracer:
    """Evaluates nodes of one expression over one set of values."""

    def __init__(
        self, expression: Expression, values: Mapping[str, Any], subjects: Mapping[str, Subject]
    ) -> None:
        self._left = MAX_STEPS
        self.expression = expression
        self._subjects = subjects
        self._values = values
        self._projected = expression.project(values)
        self._known: dict[int, Traced | Unclear] = {}

    def at(self, node: Node, scope: Scope) -> Traced:
        """The node's value; raises Missing for a field that is not there, Unclear where it cannot be said."""
        if scope:
            return self._at(node, scope)
        # Outside macros a node has one value: costly functions run once.
        if node.id not in self._known:
            try:
                self._known[node.id] = self._at(node, scope)
            except Unclear as unclear:
                self._known[node.id] = unclear
        known = self._known[node.id]
        if isinstance(known, Unclear):
            raise known
        return known

    def _at(self, node: Node, scope: Scope) -> Traced:  # noqa: PLR0911 - one line for each form of node
        self._spend(1)
        match node:
            case Const():
                return Traced(node.value)
            case Ident():
                return scope.get(node.name) or self._variable(node.name)
            case Select(test=True):
                held = self.at(node.operand, scope)
                if not isinstance(held.value, dict):
                    return self._step(held, node.field)
                return Traced(node.field in held.value)
            case Select():
                return self._step(self._held(node.operand, scope, node.field), node.field)
            case Call():
                return self._call(node, scope)
            case ListLiteral():
                parts = [self.at(item, scope) for item in node.items]
                return Traced([part.value for part in parts], secret=_highest(parts))
            case MapLiteral():
                pairs = [(self.at(key, scope), self.at(value, scope)) for key, value in node.entries]
                secret = _highest([part for pair in pairs for part in pair])
                return Traced({key.value: value.value for key, value in pairs}, secret=secret)
            case Macro():
                return self._macro(node, scope)
        raise Unclear("unknown")

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise Unclear("too long")

    def holds(self, node: Node, scope: Scope) -> bool | None:
        """Whether the node is true; None when it cannot be evaluated."""
        try:
            value = self.at(node, scope).value
        except Unclear:
            return None
        return value if isinstance(value, bool) else None

    def elements(self, over: Traced) -> tuple[Traced, ...]:
        """The elements of a list with their places, or the keys of a map."""
        if over.items is not None:
            return over.items
        if isinstance(over.value, dict):
            place = replace(over.place, words=words.KEY_OF(field=over.place.field)) if over.place else None
            return tuple(Traced(key, place, secret=over.secret) for key in over.value)
        if not isinstance(over.value, list):
            raise Unclear("no list")
        self._spend(len(over.value) // 4)
        return tuple(self._element(over, number, value) for number, value in enumerate(over.value))

    def _element(self, over: Traced, number: int, value: Any) -> Traced:
        if over.place is None:
            return Traced(value, secret=over.secret)
        if over.place.is_selection:
            place = of_object(over.place.variable, self._values[over.place.variable.name][number])
        else:
            place = over.place.step(number)
        return Traced(value, place, secret=place.secret)

    def _variable(self, name: str) -> Traced:
        if name not in self._projected:
            raise Unclear(name)
        variable = self.expression.variables[name]
        place = of_variable(variable, self._subjects.get(name), self._values[name])
        return Traced(self._projected[name], place, secret=place.secret)

    def _held(self, node: Node, scope: Scope, key: Any) -> Traced:
        """What a field is taken from; where that lacks, too, the whole path is what is missing."""
        try:
            return self.at(node, scope)
        except Missing as missing:
            if missing.place.is_object or missing.beyond or not isinstance(key, str | int):
                raise
            raise Missing(missing.place.step(key)) from None

    def _step(self, held: Traced, key: Any) -> Traced:
        if isinstance(held.value, list) and type(key) is int:
            length = len(held.value)
            if 0 <= key < length:
                return (
                    held.items[key] if held.items is not None else self._element(held, key, held.value[key])
                )
            raise Missing(held.place.step(key), length) if held.place else Unclear("index")
        if held.value is None and held.place is not None:
            raise Missing(held.place if held.place.is_object else held.place.step(key))
        if not isinstance(held.value, dict):
            raise Unclear("no map")
        place = held.place.step(str(key)) if held.place else None
        if key not in held.value:
            raise Missing(place) if place else Unclear("key")
        return Traced(held.value[key], place, secret=place.secret if place else held.secret)

    def _call(self, node: Call, scope: Scope) -> Traced:
        name = node.function
        if name in ("_&&_", "_||_"):
            return self._logic(node, scope)
        if name == "_?_:_":
            return self.at(node.args[1 if self._truth(node.args[0], scope) else 2], scope)
        if name == "_[_]":
            key = self.at(node.args[1], scope).value
            return self._step(self._held(node.args[0], scope, key), key)
        operands = [self.at(part, scope) for part in node.operands]
        if name == "owner":
            return _owner(operands[0])
        if name == "events":
            self._spend(20)
            return _events(operands[0])
        value = self._apply(node, [part.value for part in operands])
        secret = Secrecy.OPEN if name == "size" else _highest(operands)
        if name == "quantity":
            return replace(operands[0], value=value, shown=operands[0].display)
        if name == "image" and operands[0].place is not None:
            if operands[0].value is None:
                raise Missing(operands[0].place)
            place = replace(operands[0].place, words=words.IMAGE_OF(container=operands[1].value))
            if not value:
                raise Missing(place)
            return Traced(value, place)
        return Traced(value, secret=secret)

    def _logic(self, node: Call, scope: Scope) -> Traced:
        decides = node.function == "_||_"
        held = [self.holds(part, scope) for part in node.args]
        if decides in held:
            return Traced(decides)
        if None in held:
            return self.at(node.args[held.index(None)], scope)
        return Traced(not decides)

    def _truth(self, node: Node, scope: Scope) -> bool:
        value = self.at(node, scope).value
        if not isinstance(value, bool):
            raise Unclear("no truth value")
        return value

    def _macro(self, node: Macro, scope: Scope) -> Traced:
        over = self.at(node.over, scope)
        each = [(element, {**scope, node.variable: element}) for element in self.elements(over)]
        body, transform = node.body, node.transform
        if node.kind == "map" and transform is not None:
            made = [
                self.at(transform, inner) for _, inner in each if body is None or self._truth(body, inner)
            ]
            return Traced([one.value for one in made], items=tuple(made), secret=_highest(made))
        if body is None:
            raise Unclear("no body")
        if node.kind in ("all", "exists"):
            decides = node.kind == "exists"
            held = [self.holds(body, inner) for _, inner in each]
            if decides not in held and None in held:
                return self.at(body, each[held.index(None)][1])
            return Traced(decides if decides in held else not decides)
        picked = tuple(element for element, inner in each if self._truth(body, inner))
        if node.kind == "exists_one":
            return Traced(len(picked) == 1)
        return Traced([one.value for one in picked], items=picked, secret=over.secret)

    def _apply(self, node: Call, values: list[Any]) -> Any:
        if node.function in _OPERATORS:
            return _OPERATORS[node.function](*values)
        self._spend(20)
        try:
            # Methods on lists and texts are left to CEL, which knows what types they take.
            if (
                node.target is None
                and node.function in IMPLEMENTATIONS
                and all(isinstance(value, str) for value in values[1:])
            ):
                return IMPLEMENTATIONS[node.function](*values)
            program = environment.function_call(node.function, node.target is not None, len(values))
            found = program.eval(data={f"a{number}": value for number, value in enumerate(values)})
        except (ValueError, TypeError, RuntimeError, OverflowError) as error:
            raise Unclear(str(error)) from None
        value = plain(found.plain_value())
        if found.type() == environment.ERROR:
            raise Unclear(str(value))
        return value


def _highest(parts: Sequence[Traced]) -> Secrecy:
    return max((part.secret for part in parts), default=Secrecy.OPEN)


def equal(a: Any, b: Any) -> bool:
    """Equality as CEL has it: 1 equals 1.0, but true does not equal 1."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(equal(value, b[key]) for key, value in a.items())
    return bool(a == b)


def _owner(obj: Traced) -> Traced:
    found = owner(obj.value)
    if obj.place is None or found is None:
        return Traced(found, replace(obj.place, words="owner") if obj.place else None)
    place = obj.place.step("metadata").step("ownerReferences")
    return Traced(found, place.step(obj.value["metadata"]["ownerReferences"].index(found)))


def _events(obj: Traced) -> Traced:
    if obj.place is None:
        raise Unclear("events")
    found = IMPLEMENTATIONS["events"](obj.value)
    labels = [
        replace(
            obj.place, label=words.EVENT_OF(reason=one.get("reason", ""), subject=obj.place.label), path=()
        )
        for one in found
    ]
    items = tuple(Traced(one, place) for one, place in zip(found, labels, strict=True))
    return Traced(found, replace(obj.place, words="events"), items=items)


def _member(one: Any, many: Any) -> bool:
    if isinstance(many, dict) and isinstance(one, str | int):
        return one in many
    if isinstance(many, list):
        return any(equal(one, other) for other in many)
    raise Unclear("in")


def _size(value: Any) -> int:
    if isinstance(value, str | list | dict | bytes):
        return len(value)
    raise Unclear("size")


def _of_texts(test: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    def apply(text: Any, part: Any) -> bool:
        if isinstance(text, str) and isinstance(part, str):
            return test(text, part)
        raise Unclear("no texts")

    return apply


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def apply(a: Any, b: Any) -> bool:
        for kinds in (str, int | float, datetime, timedelta):
            if isinstance(a, kinds) and isinstance(b, kinds) and isinstance(a, bool) == isinstance(b, bool):
                return compare(a, b)
        raise Unclear("order")

    return apply


def _numeric(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def apply(a: Any, b: Any) -> Any:
        # CEL mixes no integers and floats in arithmetic; texts and lists only add, which explanations leave out.
        if type(a) is type(b) and type(a) in (int, float):
            try:
                return compute(a, b)
            except (ZeroDivisionError, OverflowError):
                raise Unclear("arithmetic") from None
        raise Unclear("arithmetic")

    return apply


def _divide(a: Any, b: Any) -> Any:
    if isinstance(a, float):
        return a / b
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def _negated(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unclear("not")
    return not value


_OPERATORS: dict[str, Callable[..., Any]] = {
    "_==_": equal,
    "_!=_": lambda a, b: not equal(a, b),
    "_<_": _ordered(operator.lt),
    "_<=_": _ordered(operator.le),
    "_>_": _ordered(operator.gt),
    "_>=_": _ordered(operator.ge),
    "@in": _member,
    "!_": _negated,
    "startsWith": _of_texts(str.startswith),
    "endsWith": _of_texts(str.endswith),
    "contains": _of_texts(lambda text, part: part in text),
    "size": _size,
    "_+_": _numeric(operator.add),
    "_-_": _numeric(operator.sub),
    "_*_": _numeric(operator.mul),
    "_/_": _numeric(_divide),
    "_%_": _numeric(lambda a, b: a - b * _divide(a, b)),
}
