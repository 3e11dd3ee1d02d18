"""CEL environments: one per set of variables, as thousands of labs share the same few.

Called by `expression.py`. This is the only module that knows how cel-expr-python is set up.
"""

from functools import lru_cache
from typing import Any

from cel_expr_python import cel  # type: ignore[import-untyped]
from cel_expr_python.ext import ext_math, ext_strings  # type: ignore[import-untyped]

from tutoriallab.grade.cel.functions import extension
from tutoriallab.grade.cel.variables import Variable, VariableType

#: Environments that are kept; each is some kilobytes.
_KEPT = 256
#: The type of values that are errors.
ERROR = cel.Type.ERROR


def environment(variables: tuple[Variable, ...]) -> Any:
    """The environment in which these variables are declared; a name that CEL keeps fails at the first compile."""
    return _environment(tuple(sorted((one.name, one.type) for one in variables)))


@lru_cache(maxsize=_KEPT)
def _environment(names: tuple[tuple[str, VariableType], ...]) -> Any:
    types: dict[VariableType, Any] = {
        "object": cel.Type.DYN,
        "list": cel.Type.List(cel.Type.DYN),
        "text": cel.Type.STRING,
        "number": cel.Type.DYN,
        "map": cel.Type.Map(cel.Type.STRING, cel.Type.DYN),
    }
    declared = {name: types[kind] for name, kind in names}
    return cel.NewEnv(
        variables=declared, extensions=[ext_math.ExtMath(), ext_strings.ExtStrings(), extension()]
    )


@lru_cache(maxsize=_KEPT)
def function_call(function: str, member: bool, arguments: int) -> Any:
    """A compiled call of one function, its operands bound as a0, a1 …: for explanations.

    Raises ValueError for functions that no call on plain values compiles for.
    """
    names = [f"a{number}" for number in range(arguments)]
    source = f"{names[0]}.{function}({', '.join(names[1:])})" if member else f"{function}({', '.join(names)})"
    try:
        return _environment(tuple((name, "object") for name in names)).compile(source)
    except RuntimeError:
        raise ValueError(f"{function} is not a function") from None
