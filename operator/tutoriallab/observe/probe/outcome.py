"""What a probe came to, as values: made by `sight.py` and `reading.py`, bound to variables by `grade/bind.py`."""

from dataclasses import dataclass
from typing import Any

from tutoriallab.words.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Heard:
    """The value of the variable: status, body and headers of a page, or lines of a log."""

    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing answers, and why: no such object (`missing`), nothing listens, not in time."""

    message: Sentence
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not asked, because of where it would lead."""

    message: Sentence


@dataclass(frozen=True, slots=True)
class Troubled:
    """The API server did not let us ask: that says nothing about the lab."""

    message: Sentence


Outcome = Heard | Silent | Refused | Troubled
