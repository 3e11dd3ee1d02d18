"""The fields of a live object that expressions read, short and without what is secret; called by `grade/account.py`."""

from collections.abc import Collection, Mapping
from typing import Any

from tutoriallab.grade.cel.hidden import hidden
from tutoriallab.grade.cel.origins import EACH
from tutoriallab.grade.cel.places import Place, Secrecy
from tutoriallab.grade.cel.variables import Variable

Paths = Collection[tuple[str, ...]]
#: Values of one object that are shown, elements of one list, characters of one text, levels below what is named.
MAX_VALUES, MAX_ELEMENTS, MAX_TEXT, MAX_DEPTH = 30, 3, 160, 4
#: Stands for the rest of whatever is too long.
REST = "…"


def excerpt(body: Mapping[str, Any], variable: Variable, paths: Paths) -> dict[str, Any]:
    """What of the object the paths (`*` for any element) lead to; empty where they name only the object itself."""
    wanted = _tree(paths)
    if not wanted:
        return {}
    found: dict[str, Any] = _Cut().cut(body, wanted, Place(variable, variable.kind or variable.name))
    return found


class _Tree(dict[str, "_Tree | None"]):
    """Which fields are wanted: by name what of each, None for all of it."""


def _tree(paths: Paths) -> _Tree:
    # A list that a macro goes through is named for itself, too: only what is read of its elements is of interest.
    narrow = [path for path in paths if not any(_within(other, path) for other in paths)]
    root = _Tree()
    for path in narrow:
        at = root
        for number, step in enumerate(path):
            below = at.setdefault(step, None if number == len(path) - 1 else _Tree())
            if below is not None:
                at = below
    return root


def _within(path: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    """Whether a path leads further than the other, the same way."""
    return len(path) > len(outer) and path[: len(outer)] == outer


class _Cut:
    """One excerpt, with what is left of its length."""

    def __init__(self) -> None:
        self._left = MAX_VALUES

    def cut(self, value: Any, wanted: _Tree | None, place: Place) -> Any:
        """The wanted part of a value."""
        if wanted is None:
            return self._whole(value, place, MAX_DEPTH)
        if isinstance(value, list):
            return self._elements(value, wanted.get(EACH), place, MAX_DEPTH, within=EACH in wanted)
        if not isinstance(value, dict):
            return self._whole(value, place, MAX_DEPTH)
        each = EACH in wanted
        keys = [key for key in value if each or key in wanted]
        return {key: self.cut(value[key], _below(wanted, key), place.step(key)) for key in self._some(keys)}

    def _whole(self, value: Any, place: Place, depth: int) -> Any:
        if isinstance(value, list):
            return self._elements(value, None, place, depth, within=True)
        if isinstance(value, dict):
            if depth == 0:
                return REST
            shown = self._some(list(value))
            made = {key: self._whole(value[key], place.step(key), depth - 1) for key in shown}
            return made if len(shown) == len(value) else {**made, REST: f"{len(value) - len(shown)} more"}
        self._left -= 1
        if place.secret is not Secrecy.OPEN:
            return hidden(value, encoded=place.path[:1] == ("data",))
        return f"{value[:MAX_TEXT]}{REST}" if isinstance(value, str) and len(value) > MAX_TEXT else value

    def _elements(
        self, value: list[Any], wanted: _Tree | None, place: Place, depth: int, *, within: bool
    ) -> Any:
        if depth == 0 or not within:
            return f"{len(value)} elements"
        shown = value[: min(MAX_ELEMENTS, max(self._left, 1))]
        made = [
            self._whole(one, place.step(number), depth - 1)
            if wanted is None
            else self.cut(one, wanted, place.step(number))
            for number, one in enumerate(shown)
        ]
        return made if len(shown) == len(value) else [*made, f"{REST} {len(value) - len(shown)} more"]

    def _some(self, keys: list[str]) -> list[str]:
        """As many as may still be shown, but one at least."""
        return keys[: max(self._left, 1)]


def _below(wanted: _Tree, key: str) -> _Tree | None:
    """What is wanted of one key's value: by its name, and as one of all."""
    named, each = wanted.get(key, wanted.get(EACH)), wanted.get(EACH)
    if key not in wanted or EACH not in wanted:
        return named
    if named is None or each is None:
        return None
    return _Tree({**each, **named})
