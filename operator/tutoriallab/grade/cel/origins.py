"""Where each part of an expression comes from, and which fields of each variable it uses.

Called once per expression by `expression.py`. The uses say what `projection.py` converts; the origins let
`limits.py` tell a part of the element at hand from the whole snapshot.
"""

from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Literal

from tutoriallab.grade.cel.functions import OBJECT_FUNCTIONS
from tutoriallab.grade.cel.syntax import (
    SCALARS,
    Call,
    Const,
    Ident,
    ListLiteral,
    Macro,
    MapLiteral,
    Node,
    Select,
)
from tutoriallab.grade.cel.syntax import children as children_of

Steps = tuple[str, ...]
#: How a field is used: all below it, only its own shape (length, keys, presence), or only whether it is set.
Use = Literal["whole", "shell", "set"]
#: Any element of a list, or any value of a map.
EACH = "*"
_INDEX = "\0"


@dataclass(frozen=True, slots=True)
class Origin:
    """What a node's value is part of.

    `root` is a variable's name, or None for computed values. `depth` says in how many macros' bodies the
    iteration variable stands that it belongs to; 0 for none. `items` is the origin of the elements of a list
    that map made; `picked` says that filter left out elements, so that indexes are no longer those of the data.
    """

    root: str | None
    steps: Steps = ()
    depth: int = 0
    items: "Origin | None" = None
    picked: bool = False

    def step(self, name: str) -> "Origin":
        """The origin of a field or an element."""
        if name.startswith(_INDEX) and (self.picked or self.items is not None):
            name = EACH
        if self.items is not None and name == EACH:
            return self.items
        if self.root is None or self.items is not None:
            return Origin(None, depth=self.depth)
        return replace(self, steps=(*self.steps, name), picked=False)


NOWHERE = Origin(None)


@dataclass(slots=True)
class Analysis:
    """What was found out about one expression.

    `uses` holds, by variable, the path and use of every field; `origins` the origin of every node by its
    number; `depths` in how many macros' bodies it stands.
    """

    uses: dict[str, set[tuple[Steps, Use]]] = field(default_factory=dict)
    origins: dict[int, Origin] = field(default_factory=dict)
    depths: dict[int, int] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)


def analyse(root: Node, variables: Set[str]) -> Analysis:
    """Walks the tree once; other names than these variables are CEL's own, such as `int`."""
    walker = _Walker(Analysis(), {name: Origin(name) for name in variables})
    walker.consume(root, "whole", 0)
    return walker.found


@dataclass(frozen=True, slots=True)
class _Walker:
    found: Analysis
    scope: dict[str, Origin]

    def consume(self, node: Node, use: Use, depth: int) -> Origin:
        """Analyses the node and records that its value is used so."""
        origin = self.visit(node, depth)
        self._record(origin, use)
        return origin

    def visit(self, node: Node, depth: int) -> Origin:
        """Analyses the node without using its value."""
        origin = self._origin(node, depth)
        self.found.origins[node.id] = origin
        self.found.depths[node.id] = depth
        return origin

    def _origin(self, node: Node, depth: int) -> Origin:
        match node:
            case Ident():
                return self.scope.get(node.name, NOWHERE)
            case Select():
                origin = self.visit(node.operand, depth).step(node.field)
                if node.test:
                    self._record(origin, "set")
                    return NOWHERE
                return origin
            case Call():
                return self._call(node, depth)
            case Macro():
                return self._macro(node, depth)
            case ListLiteral() | MapLiteral():
                for part in children_of(node):
                    self.consume(part, "whole", depth)
                return NOWHERE
        return NOWHERE

    def _call(self, node: Call, depth: int) -> Origin:
        self.found.functions.add(node.function)
        operands = node.operands
        if node.function == "_[_]":
            key = operands[1]
            self.consume(key, "whole", depth)
            held = self.visit(operands[0], depth)
            return held.step(_step(key))
        if node.function == "_?_:_":
            self.consume(operands[0], "whole", depth)
            for branch in operands[1:]:
                self.consume(branch, "whole", depth)
            return Origin(None, depth=depth)
        if node.function in OBJECT_FUNCTIONS:
            held = self.visit(operands[0], depth)
            for path in OBJECT_FUNCTIONS[node.function]:
                self._record(Origin(held.root, (*held.steps, *path), items=held.items), "whole")
            operands = operands[1:]
        use: Use = "shell" if node.function == "size" or _only_itself(node) else "whole"
        parts = [self.consume(part, use, depth) for part in operands]
        return Origin(None, depth=max((part.depth for part in parts), default=0))

    def _macro(self, node: Macro, depth: int) -> Origin:
        over = self.consume(node.over, "shell", depth)
        # What map() made of something outside is the same for all elements: no part of the one at hand.
        own = over.items is None or over.items.depth > over.depth
        element = replace(over.step(EACH), depth=depth + 1) if own else over.step(EACH)
        inner = _Walker(self.found, {**self.scope, node.variable: element})
        if node.body is not None:
            inner.consume(node.body, "whole", depth + 1)
        if node.kind == "map" and node.transform is not None:
            return Origin(None, items=inner.visit(node.transform, depth + 1), depth=depth)
        return replace(over, picked=True) if node.kind == "filter" else NOWHERE

    def _record(self, origin: Origin, use: Use) -> None:
        while origin.items is not None:
            origin = origin.items
        if origin.root is not None:
            self.found.uses.setdefault(origin.root, set()).add((origin.steps, use))


def _step(key: Node) -> str:
    """A literal key or index as a step; any other may be every element."""
    if isinstance(key, Const) and isinstance(key.value, str):
        return key.value
    return index_step(key.value) if isinstance(key, Const) and type(key.value) is int else EACH


def index_step(number: int) -> str:
    """The step to one element of a list, in a form that no key of an object takes."""
    return f"{_INDEX}{number}"


def is_index(step: str) -> bool:
    """Whether a step is one element of a list."""
    return step.startswith(_INDEX)


def _only_itself(node: Call) -> bool:
    """Whether a value is only compared with a number, a text, null or []: what is below it cannot matter then."""
    if node.function not in ("_==_", "_!=_") or len(node.args) != 2:
        return False
    return any(
        part.type in SCALARS or (isinstance(part, ListLiteral | MapLiteral) and not children_of(part))
        for part in node.args
    )
