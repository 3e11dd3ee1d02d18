"""Where a value stands on the live cluster: the object and the field path, as messages name them.

Made by `trace.py` while it walks an expression, read by `explain.py`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from tutoriallab.grade.cel.defaults import MAPS
from tutoriallab.grade.cel.variables import Subject, Variable
from tutoriallab.words import explaining as sayings
from tutoriallab.words.sentence import Text, joined

Segment = str | int
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: Fields of a Secret that give nothing away.
_OPEN = (
    ("metadata", "name"), ("metadata", "namespace"), ("metadata", "labels"), ("metadata", "uid"),
    ("metadata", "ownerReferences"), ("metadata", "resourceVersion"), ("type",), ("immutable",), ("kind",),
)  # fmt: skip


class Secrecy(IntEnum):
    """What a message may tell of a value; of several that make one, the highest counts."""

    OPEN = 0
    #: Not what it says, but how long it is, and what was wanted: pages and logs may repeat a Secret's values.
    QUIET = 1
    #: Nothing, not even what was wanted.
    SECRET = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One value's place: `label` names the object (empty for plain variables), `path` the steps in it.

    `words` stands instead of the path where a function of ours took the value from several fields.
    """

    variable: Variable
    label: Text
    path: tuple[Segment, ...] = ()
    words: Text = ""

    def step(self, segment: Segment) -> "Place":
        """The place of a field or an element."""
        words = joined((self.words, f".{segment}")) if self.words else ""
        return replace(self, path=(*self.path, segment), words=words)

    @property
    def field(self) -> Text:
        """The field path, for example `spec.containers[0].image` or `metadata.labels["app"]`."""
        return self.words or field_path(self.path)

    @property
    def called(self) -> Text:
        """The object and the field; the field alone where no object is named."""
        return sayings.ABOUT(subject=self.label, text=self.field) if self.label else self.field

    @property
    def secret(self) -> Secrecy:
        """Whether the value here may appear in no message."""
        if self.variable.asked:
            return Secrecy.OPEN if self.path[:1] == ("status",) else Secrecy.QUIET
        shown = not self.variable.secret or any(self.path[: len(open_)] == open_ for open_ in _OPEN)
        return Secrecy.OPEN if shown else Secrecy.SECRET

    @property
    def is_object(self) -> bool:
        """Whether this is a whole object."""
        return not self.path and not self.words and bool(self.label)

    @property
    def is_selection(self) -> bool:
        """Whether this is all that a list variable selects."""
        return not self.label and self.variable.type == "list"


def field_path(path: tuple[Segment, ...]) -> str:
    """The path as Kubernetes writes it: list indexes and the keys of maps in brackets."""
    text, before = "", ""
    for segment in path:
        if isinstance(segment, int):
            text += f"[{segment}]"
        elif before in MAPS or not _WORD.fullmatch(segment):
            text += f'["{segment}"]'
        else:
            text += f".{segment}" if text else segment
        before = str(segment)
    return text


def of_variable(variable: Variable, subject: Subject | None, value: Any) -> Place:
    """The place of a variable itself."""
    if variable.type == "object":
        return Place(variable, subject.label if subject else of_object(variable, value).label)
    return Place(variable, "") if variable.type == "list" else Place(variable, "", (variable.name,))


def of_object(variable: Variable, value: Any) -> Place:
    """The place of one object by its own name; of one without a name by the variable's."""
    metadata = value.get("metadata") if isinstance(value, Mapping) else None
    name = metadata.get("name") if isinstance(metadata, Mapping) else None
    return Place(variable, f"{variable.kind} {name or variable.name}".strip())
