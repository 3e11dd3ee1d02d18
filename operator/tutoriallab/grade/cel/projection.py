"""Converts only the fields that an expression names: binding a whole pod costs ten times its evaluation.

`Projection` is made once per expression from the uses that `origins.py` found; `expression.py` runs it at every
evaluation. Defaults for omitted fields and the bounds that static limits rest on are put in here.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from tutoriallab.grade.cel.defaults import NOTHING, default
from tutoriallab.grade.cel.functions import EVENTS_FIELD
from tutoriallab.grade.cel.origins import EACH, Steps, Use, index_step, is_index
from tutoriallab.grade.cel.variables import Variable

Field = tuple[str, Steps]
#: The hidden variable under which the caller binds the Events of the workspace.
EVENTS = "__events"
#: Characters of one text that may be bound.
MAX_TEXT = 65_536
#: Characters of a text that is used inside a macro where it may be read again and again.
MAX_BRIEF_TEXT = 1_024
#: Values that may be bound for one evaluation.
MAX_VALUES = 30_000
#: Characters of all texts that may be bound for one evaluation.
MAX_CHARACTERS = 4_000_000
_EVENT_FIELDS = (
    "type", "reason", "message", "action", "count", "firstTimestamp", "lastTimestamp", "reportingComponent",
)  # fmt: skip


class TooMuch(ValueError):
    """The data is larger than what an expression may look at."""


@dataclass(slots=True)
class Shape:
    """Which part of one value is converted; the last four are bounds, as in `Bounds`."""

    children: dict[str, "Shape"] = field(default_factory=dict)
    whole: bool = False
    shell: bool = False
    tested: bool = False
    brief: bool = False
    short: bool = False
    flat: bool = False
    most: int | None = None
    default: Any = NOTHING


@dataclass(frozen=True, slots=True)
class Projection:
    """What to convert of every variable that an expression names."""

    shapes: Mapping[str, Shape]

    def __call__(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The variables, cut down; raises TooMuch over the bounds and KeyError for a variable that lacks."""
        run = _Run(values.get(EVENTS) or ())
        return {name: run.convert(values[name], shape) for name, shape in self.shapes.items()}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What fields must keep to for the static limits to hold, by (variable, path).

    `brief` ones are no lists or maps and at most MAX_BRIEF_TEXT long; `short` ones only the latter; `flat` ones
    may be lists, but of no lists or maps; `most` says how many elements a list may have.
    """

    brief: Set[Field] = frozenset()
    short: Set[Field] = frozenset()
    flat: Set[Field] = frozenset()
    most: Mapping[Field, int] = field(default_factory=dict)


def build(
    uses: Mapping[str, set[tuple[Steps, Use]]], variables: Mapping[str, Variable], bounds: Bounds
) -> Projection:
    """The projection for the uses of one expression."""
    shapes = {name: _shape(name, found, variables[name], bounds) for name, found in uses.items()}
    return Projection(shapes)


def _shape(name: str, uses: set[tuple[Steps, Use]], variable: Variable, bounds: Bounds) -> Shape:
    root = Shape()
    skip = 1 if variable.type == "list" else 0
    api = variable.type in ("object", "list") and not variable.asked
    each = {steps[:index] for steps, _ in uses for index, step in enumerate(steps) if step == EACH}
    for steps, use in sorted(uses):
        at = root
        for index, step in enumerate(steps):
            # One element by its index is no different where all elements are looked at, too.
            key = EACH if is_index(step) and steps[:index] in each else step
            at = at.children.setdefault(key, Shape())
            path = tuple(EACH if is_index(part) else part for part in steps[skip : index + 1])
            if api and path and at.default is NOTHING:
                at.default = default(path)
        at.whole = at.whole or use == "whole"
        at.shell = at.shell or use == "shell"
        at.tested = at.tested or use == "set"
        at.brief = at.brief or (name, steps) in bounds.brief
        at.short = at.short or (name, steps) in bounds.short
        at.flat = at.flat or (name, steps) in bounds.flat
        at.most = bounds.most.get((name, steps), at.most)
    return root


class _Run:
    """One conversion, with its bounds."""

    def __init__(self, events: Sequence[Mapping[str, Any]]) -> None:
        self._left = MAX_VALUES
        self._characters = MAX_CHARACTERS
        self._events = events
        self._by_object: dict[str, list[Mapping[str, Any]]] | None = None

    def convert(self, value: Any, shape: Shape) -> Any:
        """The named part of a value."""
        if isinstance(value, str):
            return self._text(value, MAX_BRIEF_TEXT if shape.brief or shape.short else MAX_TEXT)
        if isinstance(value, dict | list):
            if shape.brief and value:
                raise TooMuch("compares whole lists or maps inside a macro: compare a field of them")
            if shape.most is not None and len(value) > shape.most:
                raise TooMuch(
                    f"makes a list of more than {shape.most} elements: use all or exists, or select fewer"
                )
            if shape.flat and (
                isinstance(value, dict) or any(isinstance(part, dict | list) for part in value)
            ):
                raise TooMuch("sorts or joins lists or maps: pick a field of them with map first")
            self._count(len(value))
            return self._map(value, shape) if isinstance(value, dict) else self._list(value, shape)
        return _number(value)

    def _map(self, value: dict[str, Any], shape: Shape) -> dict[str, Any]:
        each = shape.children.get(EACH)
        found: dict[str, Any] = {}
        if shape.whole:
            found = {key: self._whole(part) for key, part in value.items()}
        elif each is not None or shape.shell:
            found = {key: self.convert(part, each or _SHELL) for key, part in value.items()}
        for key, child in shape.children.items():
            if key == EVENTS_FIELD:
                found[key] = self._events_of(value)
                continue
            part = value.get(key)
            if part is None and key != EACH and child.default is not NOTHING and not child.tested:
                found[key] = self.convert(child.default, child)
            elif key in value and not shape.whole:
                found[key] = self.convert(part, child)
        return found

    def _list(self, value: list[Any], shape: Shape) -> list[Any]:
        if shape.whole:
            return [self._whole(part) for part in value]
        each = shape.children.get(EACH, _SHELL)
        if each is not _SHELL or not shape.children:
            return [self.convert(part, each) for part in value]
        indexes = shape.children
        return [self.convert(part, indexes.get(index_step(at), _SHELL)) for at, part in enumerate(value)]

    def _whole(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value, MAX_TEXT)
        if isinstance(value, dict):
            self._count(len(value))
            return {key: self._whole(part) for key, part in value.items()}
        if isinstance(value, list):
            self._count(len(value))
            return [self._whole(part) for part in value]
        return _number(value)

    def _count(self, values: int) -> None:
        self._left -= values
        if self._left < 0:
            raise TooMuch(
                f"looks at more than {MAX_VALUES} values: select fewer objects or name single fields"
            )

    def _text(self, value: str, limit: int) -> str:
        if len(value) > limit:
            raise TooMuch(f"looks at a text of {len(value)} characters where at most {limit} may be read")
        self._characters -= len(value)
        if self._characters < 0:
            raise TooMuch(f"looks at more than {MAX_CHARACTERS} characters: select fewer objects")
        return value

    def _events_of(self, value: dict[str, Any]) -> list[dict[str, Any]]:
        if self._by_object is None:
            self._by_object = {}
            for event in self._events:
                self._by_object.setdefault(_about(event.get("involvedObject") or {}), []).append(event)
        metadata = value.get("metadata") or {}
        # An Event without a uid is about whatever has the name; one with a uid about that life of it alone.
        keys = {metadata.get("uid"), _about({"name": metadata.get("name")})}
        mine = [event for key in keys for event in self._by_object.get(str(key), ())]
        self._count(len(mine) * len(_EVENT_FIELDS))
        return [_cut(event, self._whole) for event in mine]


_SHELL = Shape()


def _about(involved: Mapping[str, Any]) -> str:
    return str(involved.get("uid") or f"name {involved.get('name')}")


def _cut(event: Mapping[str, Any], convert: Callable[[Any], Any]) -> dict[str, Any]:
    return {key: convert(event[key]) for key in _EVENT_FIELDS if event.get(key) is not None}


def _number(value: Any) -> Any:
    # Beyond 64 bits CEL has no integers.
    return float(value) if type(value) is int and not -(2**63) <= value < 2**63 else value
