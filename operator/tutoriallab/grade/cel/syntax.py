"""The syntax tree of a checked expression as frozen nodes.

Made by `checked.py`; limits, paths, explanations and texts all walk these nodes, never the source.
Macros (`all`, `filter` …) are one node each, as their author wrote them, not the loops they stand for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

StaticType = Literal[
    "dyn",
    "null",
    "bool",
    "int",
    "uint",
    "double",
    "string",
    "bytes",
    "duration",
    "timestamp",
    "list",
    "map",
    "other",
]
#: Static types whose values compare in constant time, or in the length of one text.
SCALARS = frozenset({"null", "bool", "int", "uint", "double", "string", "bytes", "duration", "timestamp"})
NUMBERS = frozenset({"int", "uint", "double"})
MacroKind = Literal["all", "exists", "exists_one", "filter", "map"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every node has: its number in the tree, its static type and where it stands (column from 1)."""

    id: int
    type: StaticType
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Const(Node):
    """A literal."""

    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Ident(Node):
    """A variable."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Select(Node):
    """`operand.field`; `test` for `has(operand.field)`."""

    operand: Node
    field: str
    test: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """A function or an operator (`_==_`); `target` is what stands before the dot of a method."""

    function: str
    target: Node | None
    args: tuple[Node, ...]

    @property
    def operands(self) -> tuple[Node, ...]:
        """Target and arguments."""
        return self.args if self.target is None else (self.target, *self.args)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLiteral(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLiteral(Node):
    """`{a: b}`."""

    entries: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro(Node):
    """`over.kind(variable, body)`; for `map`, `transform` is what each element becomes and `body` its filter."""

    kind: MacroKind
    variable: str
    over: Node
    body: Node | None
    transform: Node | None = None


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the source."""
    match node:
        case Select():
            return (node.operand,)
        case Call():
            return node.operands
        case ListLiteral():
            return node.items
        case MapLiteral():
            return tuple(part for entry in node.entries for part in entry)
        case Macro():
            return tuple(part for part in (node.over, node.body, node.transform) if part is not None)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)
