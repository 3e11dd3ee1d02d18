"""Checks whose verdict the learner cannot change: always true, never true, or about nothing that lives. Pure.

Called by `lint`. Told is only what is so for every cluster; whether a check that can fail does fail when it should is
what mutants are for.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from tutoriallab.grade.cel.defaults import COUNTERS
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.cel.syntax import Call, Const, Node, Select
from tutoriallab.grade.cel.unparse import text
from tutoriallab.grade.compile import CompiledCheck, CompiledStep
from tutoriallab.lab.given import Given
from tutoriallab.lab.problem import Problem

#: An operator, seen from its right side.
_TURNED = {"_<_": "_>_", "_<=_": "_>=_", "_>_": "_<_", "_>=_": "_<=_", "_==_": "_==_"}
#: What does not change while a step is open.
_FIXED = frozenset({"workspace", "nodes", "remembered"})
ASK = "ask for something of what given selects"


def constant_problems(steps: Sequence[CompiledStep]) -> Iterator[Problem]:
    """Every check that cannot fail, cannot pass, or does not depend on what the learner does."""
    for s, step in enumerate(steps):
        for c, check in enumerate(step.checks):
            yield from _of_check(check, f"spec.steps[{s}].checks[{c}].expect")


def is_constant(check: CompiledCheck) -> bool:
    """Whether the learner cannot change the check's verdict."""
    may_miss = any(map(_may_miss, check.check.given.values()))
    fixed = all(decide(one.tree) or _is_fixed(one) for one in check.expect)
    return fixed and not may_miss


def _of_check(check: CompiledCheck, path: str) -> Iterator[Problem]:
    decided = [decide(expression.tree) for expression in check.expect]
    may_miss = any(map(_may_miss, check.check.given.values()))
    if all(decided):
        if not may_miss:
            throughout = check.check.when == "Throughout"
            more = ": nothing can violate it throughout" if throughout else ", so the check cannot fail"
            yield Problem(path, f"is true whatever is in the cluster{more}: {ASK}")
        elif len(decided) > 1:
            yield Problem(path, "is true as soon as what given selects is there: leave all but one out")
        return
    for i, one in enumerate(decided):
        if one is True:
            yield Problem(f"{path}[{i}]", "is always true: leave it out, or write what was meant")
        elif one is False:
            yield Problem(f"{path}[{i}]", f"is never true, so the check cannot pass: {ASK}")
    yield from _contradictions([one.tree for one in check.expect], path)
    if is_constant(check) and False not in decided:
        yield Problem(path, f"names nothing that changes while the step is open: {ASK}")


def _may_miss(given: Given) -> bool:
    """Whether the check fails while this is not there: to ask for its existence is enough."""
    return bool(given.name or given.pick or given.asks) and not given.optional


def _is_fixed(expression: Expression) -> bool:
    return set(expression.fields) <= _FIXED


def decide(node: Node) -> bool | None:
    """The value that an expression has on all data, as far as that can be seen; None for what depends on it."""
    match node:
        case Const(value=bool(value)):
            return value
        case Call(function="!_", args=(one,)):
            found = decide(one)
            return None if found is None else not found
        case Call(function="_&&_", args=args):
            return _together(args, deciding=False)
        case Call(function="_||_", args=args):
            return _together(args, deciding=True)
        case Call(function=function, args=(left, right)) if function in _TURNED or function == "_!=_":
            return _compared(function, left, right)
    return None


def _together(parts: Sequence[Node], *, deciding: bool) -> bool | None:
    found = [decide(part) for part in parts]
    if deciding in found:
        return deciding
    return None if None in found else not deciding


def _compared(function: str, left: Node, right: Node) -> bool | None:
    if function == "_!=_":
        same = _compared("_==_", left, right)
        return None if same is None else not same
    if isinstance(left, Const) and isinstance(right, Const):
        return _holds(function, left.value, right.value)
    if text(left) == text(right):
        return function in {"_==_", "_<=_", "_>=_"}
    if isinstance(left, Const):
        return _compared(_TURNED[function], right, left)
    if _counts(left) and isinstance(right, Const) and _is_number(right.value):
        # A count is a whole number from 0.
        if function in {"_>=_", "_>_"} and _holds(function, 0, right.value):
            return True
        if function in {"_<=_", "_<_", "_==_"} and right.value <= 0 and not _holds(function, 0, right.value):
            return False
    return None


def _holds(function: str, left: Any, right: Any) -> bool | None:
    if function == "_==_":
        return bool(left == right)
    if not (_is_number(left) and _is_number(right)):
        return None
    return bool(
        {"_<_": left < right, "_<=_": left <= right, "_>_": left > right, "_>=_": left >= right}[function]
    )


def _counts(node: Node) -> bool:
    match node:
        case Call(function="size"):
            return True
        case Select(operand=Select(field="status"), field=field, test=False):
            return field in COUNTERS
    return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _contradictions(trees: Sequence[Node], path: str) -> Iterator[Problem]:
    """Two expectations of one thing that no value fulfils together."""
    wanted: dict[str, list[tuple[int, str, Any]]] = {}
    for i, tree in enumerate(trees):
        for subject, function, value in _wishes(tree):
            for before, other, limit in wanted.setdefault(subject, []):
                if not _both((function, value), (other, limit)):
                    yield Problem(
                        f"{path}[{i}]",
                        f"cannot be true together with expect[{before}], "
                        f"as both are about {subject}: correct one of them",
                    )
            wanted[subject].append((i, function, value))


def _wishes(node: Node) -> Iterator[tuple[str, str, Any]]:
    """What must be so of what: all that a conjunction compares with literals."""
    match node:
        case Call(function="_&&_", args=args):
            for one in args:
                yield from _wishes(one)
        case Call(function=function, args=(Const(value=value), subject)) if function in _TURNED:
            yield text(subject), _TURNED[function], value
        case Call(function=function, args=(subject, Const(value=value))) if function in _TURNED:
            yield text(subject), function, value


def _both(one: tuple[str, Any], other: tuple[str, Any]) -> bool:
    """Whether some value fulfils both; where it is not sure, yes."""
    for (function, value), (second, limit) in ((one, other), (other, one)):
        if function == "_==_":
            return _holds(second, value, limit) is not False
        if (
            function in {"_>_", "_>=_"}
            and second in {"_<_", "_<=_"}
            and _is_number(value)
            and _is_number(limit)
        ):
            strict = function == "_>_" or second == "_<_"
            return bool(value < limit or (value == limit and not strict))
    return True
