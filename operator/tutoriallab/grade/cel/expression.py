"""Compiled expressions: what the rest of grade/ knows of CEL.

`compile_expression` is called when a lab is accepted and when a step opens; `Expression.evaluate` at every event
that changes what the expression selects. Equal sources over equal variables share one compiled expression.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal

from tutoriallab.grade.cel import checked, environment, limits, origins, projection
from tutoriallab.grade.cel.fault import fault
from tutoriallab.grade.cel.projection import EVENTS, Bounds, Projection, TooMuch
from tutoriallab.grade.cel.syntax import Const, Node
from tutoriallab.grade.cel.variables import Variable

__all__ = ["EVENTS", "Expression", "ExpressionError", "Result", "compile_expression"]

#: Compiled expressions that are kept for other labs with the same text: about 10 kB each.
_KEPT = 4_096
_ARTICLES = {"int": "an", "other": "an"}
Want = Literal["bool", "any"]


class ExpressionError(ValueError):
    """An expression that does not compile or is over a limit; `column` counts from 1."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(f"{message} (column {column})")
        self.message = message
        self.column = column


@dataclass(frozen=True, slots=True)
class Result:
    """What an evaluation gave: a plain value, or an error on this data.

    `costly` says that the data is over a limit: the check is Error, not Failing.
    """

    value: Any = None
    error: str | None = None
    costly: bool = False

    @property
    def true(self) -> bool:
        """Whether the value is the truth value true."""
        return self.value is True


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """One compiled expression; equal to itself alone, and shared between labs.

    `fields` holds the paths that it names of each variable, `*` for any element of a list or map and () for
    the variable itself; `functions` the functions and operators; `uses_events` whether EVENTS must be bound.
    """

    source: str
    tree: Node
    variables: Mapping[str, Variable]
    fields: Mapping[str, frozenset[tuple[str, ...]]]
    functions: frozenset[str]
    uses_events: bool
    want: Want
    _program: Any = field(repr=False)
    _projection: Projection = field(repr=False)

    def project(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of the values that the expression names, with omitted counters, lists and maps put in.

        Raises TooMuch when the data is over the limits, KeyError when a variable is not bound.
        """
        return self._projection(values)

    def evaluate(self, values: Mapping[str, Any]) -> Result:
        """The expression on live data; never raises on data.

        `values` holds plain JSON by variable; None for an optional object that does not exist, and the
        workspace's Events under EVENTS when `uses_events`.
        """
        try:
            found = self._program.eval(data=self._projection(values))
        except KeyError as missing:
            return Result(error=f"{missing.args[0]} is not bound")
        except TooMuch as much:
            return Result(error=f"the expression {much}", costly=True)
        except (RuntimeError, ValueError, TypeError, OverflowError) as error:
            return self._failure(str(error))
        value = plain(found.plain_value())
        if found.type() == environment.ERROR:
            return self._failure(str(value))
        if self.want == "bool" and not isinstance(value, bool):
            return Result(error="the expression is neither true nor false")
        return Result(value)

    def _failure(self, text: str) -> Result:
        if "Iteration budget" in text:
            return Result(
                error="the expression goes through more than 10000 elements: select fewer objects",
                costly=True,
            )
        # What CEL says of a value that it cannot convert contains the value.
        if any(self.variables[name].confidential for name in self.fields):
            return Result(error="the expression cannot be evaluated on these values")
        return Result(error=text.split(": ", 1)[-1])


def compile_expression(source: str, variables: Sequence[Variable], *, want: Want = "bool") -> Expression:
    """Compiles an expression over these variables and holds it to the limits.

    `want` bool asks for a truth value. Raises ExpressionError with what is wrong and where.
    """
    return _compile(source, tuple(sorted(variables, key=lambda one: one.name)), want)


@lru_cache(maxsize=_KEPT)
def _compile(source: str, variables: tuple[Variable, ...], want: Want) -> Expression:
    if len(source) > limits.MAX_SOURCE:
        raise ExpressionError(
            f"the expression has {len(source)} characters, more than {limits.MAX_SOURCE}: shorten it"
        )
    program = _program(source, variables)
    try:
        tree = checked.read(program.serialize())
        if want == "bool" and tree.type not in ("bool", "dyn"):
            kind = f"{_ARTICLES.get(tree.type, 'a')} {tree.type}"
            raise ExpressionError(
                f"the expression gives {kind}, not true or false: compare it with something"
            )
        analysis = origins.analyse(tree, {one.name for one in variables})
        bounds = limits.check(tree, analysis)
        _check_patterns(tree)
    except limits.Refused as refused:
        raise ExpressionError(str(refused), refused.column) from None
    except checked.UnknownSyntax as unknown:
        raise ExpressionError(f"checks do not take {unknown}") from None
    return _expression(source, tree, analysis, bounds, (variables, want, program))


def _expression(
    source: str,
    tree: Node,
    analysis: origins.Analysis,
    bounds: Bounds,
    compiled: tuple[tuple[Variable, ...], Want, Any],
) -> Expression:
    variables, want, program = compiled
    by_name = {one.name: one for one in variables}
    return Expression(
        source=source,
        tree=tree,
        variables=by_name,
        fields={name: frozenset(_public(steps) for steps, _ in uses) for name, uses in analysis.uses.items()},
        functions=frozenset(analysis.functions),
        uses_events="events" in analysis.functions,
        want=want,
        _program=program,
        _projection=projection.build(analysis.uses, by_name, bounds),
    )


def _public(steps: origins.Steps) -> tuple[str, ...]:
    return tuple(origins.EACH if origins.is_index(step) else step for step in steps)


def _program(source: str, variables: tuple[Variable, ...]) -> Any:
    try:
        return environment.environment(variables).compile(source)
    except RuntimeError as error:
        message, line, column = fault(error, source, [one.name for one in variables])
        if line > 1:
            message = f"{message}, in line {line}"
        raise ExpressionError(message, column) from None
    except TypeError:
        raise ExpressionError("the expression contains half a character: write it in UTF-8") from None
    except ValueError as error:
        raise ExpressionError(str(error)) from None


def _check_patterns(tree: Node) -> None:
    """RE2 says only at evaluation that a pattern is invalid; authors want to know before."""
    for node, pattern in limits.patterns(tree):
        if node.function == "matches" and isinstance(pattern, Const):
            result = environment.function_call("matches", True, 2).eval(data={"a0": "", "a1": pattern.value})
            if result.type() == environment.ERROR:
                raise ExpressionError(str(result.value()).split(": ", 1)[-1], pattern.column)


def plain(value: Any) -> Any:
    """CEL's values as plain Python ones; types as their names."""
    if isinstance(value, bytearray):
        return bytes(value)
    if value is None or isinstance(value, bool | int | float | str | list | dict | datetime | timedelta):
        return value
    return str(value)
