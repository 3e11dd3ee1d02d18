"""What a probe came to, as values: made by `sight.py` and `reading.py`, bound to variables by `grade/bind.py`."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """The value of the variable: status, body and headers of a page, or lines of a log."""

    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing answers, and why: no such object (`missing`), nothing listens, not in time."""

    message: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not asked, because of where it would lead."""

    message: str


@dataclass(frozen=True, slots=True)
class Troubled:
    """The API server did not let us ask: that says nothing about the lab."""

    message: str


Outcome = Heard | Silent | Refused | Troubled
