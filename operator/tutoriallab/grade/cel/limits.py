"""Refuses, before anything runs, what could take too long or too much memory.

Called by `expression.py` at compile. CEL's own bounds (10,000 iterations per evaluation, 32 levels of nesting)
bound no cost: what one iteration does must be bounded, too. `tests/unit/grade/cel/test_hostile.py` shows with
a generator that what passes here stays within 200 ms and 64 MB.

Inside a macro's body, which runs up to 10,000 times, only these are let through: steps to fields, arithmetic,
comparisons of single values, and a few functions of short texts. What cannot be seen in the source (whether a
field is a single value, how long a text is) is left to `projection.py` as a bound on the data.
"""

import math
from collections.abc import Callable, Iterator

from tutoriallab.grade.cel import regexes
from tutoriallab.grade.cel.functions import OBJECT_FUNCTIONS
from tutoriallab.grade.cel.origins import Analysis, Origin
from tutoriallab.grade.cel.projection import Bounds, Field
from tutoriallab.grade.cel.syntax import (
    NUMBERS,
    SCALARS,
    Call,
    Const,
    ListLiteral,
    Macro,
    MapLiteral,
    Node,
    children,
    walk,
)

#: Characters of an expression.
MAX_SOURCE = 1_000
#: Nodes of an expression's tree, and of those inside macros.
MAX_NODES, MAX_NODES_IN_MACROS = 300, 120
#: Macros that may be nested or chained, and macros in all.
MAX_MACRO_CHAIN, MAX_MACROS = 3, 8
#: Size of all regular expressions together, as `regexes.py` counts it; and uses of them inside macros.
MAX_REGEX, MAX_REGEX_IN_MACROS = 150, 60
#: How often functions of a group may be used: (anywhere, inside macros).
MAX_OBJECT_CALLS, MAX_AMPLIFIERS, MAX_WIDE, MAX_FINDS = (10, 2), 4, 6, 2
MAX_QUANTITIES, MAX_COPIES, MAX_SCANS = (20, 3), (10, 2), (20, 4)

#: Elements that map and filter may go through: outside of macros, divided among them, and inside of one.
MAX_MADE, MAX_MADE_INSIDE = 1_500, 100

COMPARISONS = frozenset({"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_"})
#: Each iteration of these takes the same short time.
_CHEAP = frozenset(
    {"_&&_", "_||_", "!_", "_?_:_", "_-_", "_*_", "_/_", "_%_", "-_", "_[_]", "type", "dyn", "int", "double", "uint",
     "isGreaterThan", "isLessThan", "compareTo", "add", "sub", "getDayOfMonth", "getDayOfWeek", "getDayOfYear",
     "getFullYear", "getHours", "getMilliseconds", "getMinutes", "getMonth", "getSeconds"}
)  # fmt: skip
#: These read a text, or the length of something.
_SCANS = frozenset({"size", "contains", "startsWith", "endsWith", "indexOf", "lastIndexOf"})
#: These make a text, or read one in a costly way.
_COPIES = frozenset(
    {"lowerAscii", "upperAscii", "trim", "substring", "charAt", "string", "timestamp", "duration", "bool"}
)
_QUANTITIES = frozenset({"quantity", "isQuantity"})
#: These take a whole list, some of them into Python.
_LIST_FUNCTIONS = frozenset({"sort", "distinct", "flatten", "isSorted", "sum", "min", "max", "join"})
#: These can make much out of little, or take their time.
_AMPLIFIERS = _LIST_FUNCTIONS | frozenset(
    {"replace", "format", "split", "reverse", "strings.quote", "bytes"}
)  # fmt: skip
_FINDS = frozenset({"find", "findAll"})


class Refused(ValueError):
    """The expression is over a limit; the message says which and the way out, `column` counts from 1."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


def check(root: Node, analysis: Analysis) -> Bounds:
    """What the data must keep to for the limits to hold; raises Refused."""
    _check_size(root, analysis)
    checker = _Checker(analysis)
    nodes = list(walk(root))
    for node in nodes:
        checker.literal(node)
    for node in nodes:
        checker.call(node)
    checker.totals(root)
    return Bounds(checker.brief, checker.short, checker.flat, _lengths(root, analysis))


def _check_size(root: Node, analysis: Analysis) -> None:
    nodes = list(walk(root))
    macros = [node for node in nodes if isinstance(node, Macro)]
    if len(nodes) > MAX_NODES:
        raise Refused(
            f"the expression has {len(nodes)} parts, more than {MAX_NODES}: write several lines of expect"
        )
    inside = sum(1 for node in nodes if analysis.depths.get(node.id, 0))
    if inside > MAX_NODES_IN_MACROS:
        raise Refused(
            f"{inside} parts are inside macros, more than {MAX_NODES_IN_MACROS}: write several lines of expect"
        )
    if len(macros) > MAX_MACROS or _chain(root) > MAX_MACRO_CHAIN:
        raise Refused(
            f"at most {MAX_MACRO_CHAIN} macros may be nested or chained, and {MAX_MACROS} stand in one expression: "
            "use selector, ownedBy or where in given, or several lines of expect"
        )


def _chain(node: Node) -> int:
    """How many macros work on each other at most."""
    if isinstance(node, Macro):
        inside = [_chain(part) for part in (node.body, node.transform) if part is not None]
        return _chain(node.over) + 1 + max(inside, default=0)
    return max((_chain(child) for child in children(node)), default=0)


def _lengths(root: Node, analysis: Analysis) -> dict[Field, int]:
    """How long the lists may be that map and filter go through: their cost grows with the square."""
    makers = [node for node in walk(root) if isinstance(node, Macro) and node.kind in ("map", "filter")]
    outer = sum(1 for node in makers if not analysis.depths.get(node.id, 0))
    lengths: dict[Field, int] = {}
    for node in makers:
        over = analysis.origins[node.over.id]
        most = MAX_MADE_INSIDE if analysis.depths[node.id] else int(MAX_MADE / math.sqrt(outer))
        if over.root is not None and over.items is None:
            lengths[over.root, over.steps] = min(most, lengths.get((over.root, over.steps), most))
        elif not isinstance(node.over, Macro | ListLiteral):
            raise Refused(
                f"{node.kind}() takes a field or a macro's list: use all or exists for others", node.column
            )
    return lengths


class _Checker:
    """Judges one node after the other and counts what is only costly in numbers."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.brief: set[Field] = set()
        self.short: set[Field] = set()
        self.flat: set[Field] = set()
        self._counts: dict[str, int] = {}

    def literal(self, node: Node) -> None:
        """Lists and maps would be made anew at each iteration."""
        if (
            self.analysis.depths.get(node.id, 0)
            and isinstance(node, ListLiteral | MapLiteral)
            and children(node)
        ):
            raise Refused("no list or map may be written inside a macro: write x == a || x == b", node.column)

    def call(self, node: Node) -> None:
        """Functions and operators, by the table below."""
        if isinstance(node, Call):
            _RULES.get(node.function, _Checker._other)(self, node, self.analysis.depths.get(node.id, 0))

    def totals(self, root: Node) -> None:
        """Regular expressions are judged together: their sizes add up."""
        outside = inside = 0
        for node, pattern in patterns(root):
            size = self._regex(node, pattern)
            outside += size
            inside += size if self.analysis.depths.get(node.id, 0) else 0
        if outside > MAX_REGEX or inside > MAX_REGEX_IN_MACROS:
            raise Refused(
                "the regular expressions are too large: fewer repeats {n,m}, or startsWith and contains"
            )

    def _other(self, node: Call, depth: int) -> None:
        """What is not in the table of rules is let through outside macros only."""
        name = node.function
        if depth and name not in _CHEAP and not name.startswith("math."):
            raise Refused(f"{name}() may not stand inside a macro: use it outside", node.column)
        if name in _AMPLIFIERS:
            self._amplifier(node)
        if name in _FINDS:
            self._limit(node, "find and findAll", 0, (MAX_FINDS, 0))

    def _quantity(self, node: Call, depth: int) -> None:
        self._limit(node, "quantity()", depth, MAX_QUANTITIES)
        self._keep_brief(node, node.operands, depth)

    def _copy(self, node: Call, depth: int) -> None:
        self._limit(node, "functions that make texts", depth, MAX_COPIES)
        self._keep_brief(node, node.operands[:1], depth)

    def _comparison(self, node: Call, depth: int) -> None:
        for one, other in (node.operands, node.operands[::-1]):
            if isinstance(one, Call) and one.function == "quantity" and isinstance(other, Const):
                raise Refused(
                    f'a quantity compares with a quantity: write quantity("{other.value}")', other.column
                )
        if any(part.type in SCALARS or _empty(part) for part in node.operands):
            return
        if depth:
            self._keep_brief(node, node.operands, depth)
        else:
            self._limit(node, "comparisons of whole values", 0, (MAX_WIDE, 0))

    def _membership(self, node: Call, depth: int) -> None:
        one, many = node.operands
        if not depth:
            if one.type not in SCALARS:
                self._limit(node, "comparisons of whole values", 0, (MAX_WIDE, 0))
            return
        if one.type not in SCALARS:
            self._keep_brief(node, (one,), depth)
        if many.type != "map" and self._origin(many).depth != depth:
            raise Refused(
                "inside a macro, `in` may only search a part of the macro's own element: use exists() for other lists",
                node.column,
            )
        self._limit(node, "functions that read texts", depth, MAX_SCANS)

    def _addition(self, node: Call, depth: int) -> None:
        if any(part.type in NUMBERS or part.type in ("duration", "timestamp") for part in node.operands):
            return
        if depth:
            raise Refused(
                "texts and lists may not be added inside a macro; for numbers write int(x) + y", node.column
            )
        self._amplifier(node)

    def _object_call(self, node: Call, depth: int) -> None:
        held = self._origin(node.operands[0])
        if held.root is None or held.items is not None:
            raise Refused(
                f"{node.function}() takes an object that given selects, or an element of a list", node.column
            )
        if depth > 1 or held.depth != depth:
            raise Refused(
                f"{node.function}() in a macro takes the macro's own element, and may not be nested",
                node.column,
            )
        self._limit(node, "ready(), condition(), owner(), events() and image()", depth, MAX_OBJECT_CALLS)

    def _scan(self, node: Call, depth: int) -> None:
        if not depth:
            return
        self._limit(node, "functions that read texts", depth, MAX_SCANS)
        operand = node.operands[0]
        if operand.type in ("list", "map") or isinstance(operand, Const):
            return
        held = self._origin(operand)
        if depth == 1 and held.depth == 1:
            return
        if held.root is None:
            if not (isinstance(operand, Call) and operand.function in _COPIES):
                raise Refused(f"{node.function}() in a nested macro takes a field of an object", node.column)
            return
        self.short.add((held.root, held.steps))

    def _matches(self, node: Call, depth: int) -> None:
        if depth > 1:
            raise Refused(
                "matches() may not stand in a nested macro: use startsWith or contains", node.column
            )
        if depth:
            self._limit(node, "matches()", depth, (99, 1))
            self._keep_brief(node, node.operands[:1], depth)

    def _amplifier(self, node: Call) -> None:
        self._limit(node, "functions that make texts and lists", 0, (MAX_AMPLIFIERS, 0))
        for part in node.operands:
            for inner in walk(part):
                if (
                    isinstance(inner, Call)
                    and inner.function in ("replace", "join", "format", "_+_")
                    and (inner.type not in NUMBERS)
                ):
                    raise Refused(
                        f"{inner.function.strip('_')} may not make the argument of another",
                        inner.column,
                    )
        for part in node.args[(0 if node.target is not None else 1) :]:
            if node.function in ("replace", "join", "format") and not self._small(part):
                raise Refused(
                    f"the arguments of {node.function}() must be literals of up to 100 characters",
                    node.column,
                )

        if node.function in _LIST_FUNCTIONS:
            self._keep_flat(node)

    def _keep_flat(self, node: Call) -> None:
        """Whole objects in a list would be converted one by one, only to be refused by the function."""
        operand = node.operands[0]
        held = self._origin(operand)
        while held.items is not None:
            held = held.items
        made = operand.transform if isinstance(operand, Macro) else None
        if held.root is not None:
            self.flat.add((held.root, held.steps))
        elif not (isinstance(operand, Call | ListLiteral) or (made is not None and made.type in SCALARS)):
            raise Refused(
                f"{node.function}() takes a field that is a list, or what map made of fields", node.column
            )

    def _small(self, part: Node) -> bool:
        if isinstance(part, ListLiteral):
            return len(part.items) <= 10
        return isinstance(part, Const) and len(str(part.value)) <= 100

    def _keep_brief(self, node: Call, parts: tuple[Node, ...], depth: int) -> None:
        if not depth:
            return
        for part in parts:
            held = self._origin(part)
            if part.type in SCALARS - {"string", "bytes"} or isinstance(part, Const):
                continue
            if held.root is not None and held.items is None:
                self.brief.add((held.root, held.steps))
            elif part.type not in SCALARS:
                raise Refused(
                    "inside a macro, compare fields and literals, not computed lists or maps", node.column
                )

    def _regex(self, node: Call, pattern: Node) -> int:
        if not isinstance(pattern, Const):
            raise Refused("a regular expression must be a literal", node.column)
        try:
            if node.function in _FINDS:
                regexes.check_backtracking(str(pattern.value))
            return regexes.cost(str(pattern.value)).size
        except regexes.UnsafePattern as unsafe:
            raise Refused(str(unsafe), pattern.column) from None

    def _limit(self, node: Call, what: str, depth: int, most: tuple[int, int]) -> None:
        for where, allowed in (("", most[0]), (" inside macros", most[1])):
            if where and not depth:
                continue
            count = self._counts[what + where] = self._counts.get(what + where, 0) + 1
            if count > allowed:
                raise Refused(
                    f"{what} may be used {allowed} times{where}: write several lines of expect", node.column
                )

    def _origin(self, node: Node) -> Origin:
        return self.analysis.origins.get(node.id, Origin(None))


def _empty(node: Node) -> bool:
    return isinstance(node, ListLiteral | MapLiteral) and not children(node)


_Rule = Callable[[_Checker, Call, int], None]
_RULES: dict[str, _Rule] = {
    **dict.fromkeys(COMPARISONS, _Checker._comparison),
    **dict.fromkeys(OBJECT_FUNCTIONS, _Checker._object_call),
    **dict.fromkeys(_QUANTITIES, _Checker._quantity),
    **dict.fromkeys(_SCANS, _Checker._scan),
    **dict.fromkeys(_COPIES, _Checker._copy),
    "@in": _Checker._membership,
    "_+_": _Checker._addition,
    "matches": _Checker._matches,
}


def patterns(root: Node) -> Iterator[tuple[Call, Node]]:
    """Every call with a regular expression, and that expression."""
    for node in walk(root):
        if isinstance(node, Call) and (node.function in _FINDS or node.function == "matches"):
            operands = node.operands
            if len(operands) > 1:
                yield node, operands[1]
