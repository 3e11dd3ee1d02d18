"""What somebody may have meant by a name that there is not; part of the errors that say so."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question whether the nearest name was meant, to end an error; empty where none is near."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else ""
