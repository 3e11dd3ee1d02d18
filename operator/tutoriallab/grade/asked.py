"""The fields that open questions ask for, of which no account of another check may tell; called by `account.py`.

What a verdict of another check tells is its author's choice; an account shows whatever is read, and would answer for
the learner.
"""

from collections.abc import Iterable, Iterator, Set

from tutoriallab.grade.answers import OPEN
from tutoriallab.grade.cel.expression import Expression
from tutoriallab.grade.compile import CompiledCheck

Path = tuple[str, ...]
Asked = Set[tuple[str, Path]]
"""Kinds and the paths of their objects; an empty path for how many there are."""
#: By these an object shows wherever it is told of.
_NAMES: tuple[Path, ...] = ((), ("metadata", "name"))


def asked(questions: Iterable[CompiledCheck]) -> Asked:
    """What the answers of these questions are compared with."""
    return frozenset(
        read
        for one in questions
        for expression in one.expect
        if "answer" in expression.fields
        for read in reads(one, expression)
    )


def reads(compiled: CompiledCheck, expression: Expression) -> Iterator[tuple[str, Path]]:
    """The fields of live objects that an expression reads, by kind."""
    for name, paths in expression.fields.items():
        if name in OPEN or name not in compiled.check.given:
            continue
        of_list = expression.variables[name].type == "list"
        for path in paths:
            yield compiled.check.given[name].kind, path[1:] if of_list else path


def answers(wanted: Asked, kind: str, path: Path) -> bool:
    """Whether this field of a kind is one that is asked for, leads to it, or is a part of it."""
    return any(
        kind == other
        and bool(path) == bool(to)
        and all(a == b or "*" in (a, b) for a, b in zip(path, to, strict=False))
        for other, to in wanted
    )


def names_answer(wanted: Asked, kind: str) -> bool:
    """Whether it is asked how many objects of a kind there are, or how one is called."""
    return any(answers(wanted, kind, path) for path in _NAMES)
