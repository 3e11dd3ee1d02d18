"""From cel-expr-python's serialized CheckedExpr to the nodes of `syntax.py`; called by `expression.py`.

Field numbers are those of cel/expr/syntax.proto and checked.proto. The library leaves out `macro_calls`,
so macros are recognised by the loops that they expand to.
"""

from dataclasses import dataclass
from typing import Any

from tutoriallab.grade.cel import wire
from tutoriallab.grade.cel.syntax import (
    Call,
    Const,
    Ident,
    ListLiteral,
    Macro,
    MapLiteral,
    Node,
    Select,
    StaticType,
)

_PRIMITIVES: dict[int, StaticType] = {1: "bool", 2: "int", 3: "uint", 4: "double", 5: "string", 6: "bytes"}
_WELL_KNOWN: dict[int, StaticType] = {2: "timestamp", 3: "duration"}
_TYPES: dict[int, StaticType] = {1: "dyn", 2: "null", 6: "list", 7: "map"}


class UnknownSyntax(ValueError):
    """The expression has a form that CEL knows and checks do not: messages, other macros."""


def read(serialized: bytes) -> Node:
    """The tree of a serialized expression; raises UnknownSyntax for what no check needs."""
    checked = _last(serialized)[2]
    types: dict[int, StaticType] = {}
    positions: dict[int, int] = {}
    root = b""
    for number, value in wire.fields(checked):
        if number == 3 and isinstance(value, bytes):
            entry = _last(value)
            types[entry[1]] = _type(entry.get(2, b""))
        elif number == 4 and isinstance(value, bytes):
            root = value
        elif number == 5 and isinstance(value, bytes):
            entries = (_last(part) for n, part in wire.fields(value) if n == 4 and isinstance(part, bytes))
            positions = {entry.get(1, 0): entry.get(2, 0) for entry in entries}
    return _Reader(types, positions).node(root)


@dataclass(frozen=True)
class _Reader:
    types: dict[int, StaticType]
    positions: dict[int, int]

    def node(self, data: bytes) -> Node:
        """One Expr message as a node."""
        parts = _last(data)
        number = parts.get(2, 0)
        at: dict[str, Any] = {
            "id": number,
            "type": self.types.get(number, "dyn"),
            "column": self.positions.get(number, 0) + 1,
        }
        match next((field for field in parts if field >= 3), 0):
            case 3:
                return Const(value=_constant(parts[3]), **at)
            case 4:
                return self._ident(_text(_last(parts[4])[1]), at)
            case 5:
                return self._select(parts[5], at)
            case 6:
                return self._call(parts[6], at)
            case 7:
                items = tuple(self.node(value) for value in _all(parts[7], 1))
                return ListLiteral(items=items, **at)
            case 8:
                return self._map(parts[8], at)
            case 9:
                return self._macro(_last(parts[9]), at)
        raise UnknownSyntax("an expression without a form")

    def _ident(self, name: str, at: dict[str, Any]) -> Node:
        if name.startswith("."):
            raise UnknownSyntax("names that start with a dot")
        return Ident(name=name, **at)

    def _select(self, data: bytes, at: dict[str, Any]) -> Node:
        parts = _last(data)
        return Select(operand=self.node(parts[1]), field=_text(parts[2]), test=bool(parts.get(3)), **at)

    def _call(self, data: bytes, at: dict[str, Any]) -> Node:
        parts = _last(data)
        target = self.node(parts[1]) if 1 in parts else None
        args = tuple(self.node(value) for value in _all(data, 3))
        return Call(function=_text(parts[2]), target=target, args=args, **at)

    def _map(self, data: bytes, at: dict[str, Any]) -> Node:
        if 1 in _last(data):
            raise UnknownSyntax("messages")
        entries = (_last(value) for value in _all(data, 2))
        pairs = tuple((self.node(entry[3]), self.node(entry[4])) for entry in entries if 3 in entry)
        return MapLiteral(entries=pairs, **at)

    def _macro(self, loop: dict[int, Any], at: dict[str, Any]) -> Node:
        variable = _text(loop[1])
        over, start, step = self.node(loop[2]), self.node(loop[4]), self.node(loop[6])
        known = {"variable": variable, "over": over, **at}
        match start, step:
            case Const(value=True), Call(function="_&&_", args=(_, body)):
                return Macro(kind="all", body=body, **known)
            case Const(value=False), Call(function="_||_", args=(_, body)):
                return Macro(kind="exists", body=body, **known)
            case Const(), Call(function="_?_:_", args=(body, _, _)):
                return Macro(kind="exists_one", body=body, **known)
            case ListLiteral(), Call(
                function="_?_:_", args=(body, Call(args=(_, ListLiteral(items=(item,)))), _)
            ):
                if isinstance(item, Ident) and item.name == variable:
                    return Macro(kind="filter", body=body, **known)
                return Macro(kind="map", body=body, transform=item, **known)
            case ListLiteral(), Call(function="_+_", args=(_, ListLiteral(items=(item,)))):
                return Macro(kind="map", body=None, transform=item, **known)
        raise UnknownSyntax("a macro that is unknown")


def _last(data: bytes) -> dict[int, Any]:
    return dict(wire.fields(data))


def _all(data: bytes, number: int) -> list[bytes]:
    return [value for found, value in wire.fields(data) if found == number and isinstance(value, bytes)]


def _text(value: Any) -> str:
    return bytes(value).decode("utf-8", "replace")


def _type(data: bytes) -> StaticType:
    for number, value in wire.fields(data):
        if number == 3 and isinstance(value, int):
            return _PRIMITIVES.get(value, "other")
        if number == 5 and isinstance(value, int):
            return _WELL_KNOWN.get(value, "dyn")
        return _TYPES.get(number, "other")
    return "dyn"


def _constant(data: bytes) -> Any:
    for number, value in wire.fields(data):
        match number, value:
            case 2, int():
                return bool(value)
            case 3, int():
                return wire.signed(value)
            case 4, int():
                return value
            case 5, bytes():
                return wire.double(value)
            case 6, bytes():
                return _text(value)
            case 7, bytes():
                return value
            case _:
                return None
    return None
