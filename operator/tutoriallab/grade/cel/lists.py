"""List and text functions of Kubernetes' CEL: sort, distinct, flatten, sum, min, max, find, findAll.

Called through `functions.py`. All are bounded: CEL is hostile input, and Python is slow.
"""

import re
from itertools import pairwise
from typing import Any

#: Elements of a list that these functions take.
MAX_ITEMS = 5_000
#: Characters of a text that find and findAll take: they backtrack.
MAX_TEXT = 1_000


def sort(items: list[Any]) -> list[Any]:
    """In rising order; raises ValueError unless all elements are texts or all are numbers."""
    return sorted(_comparable(items, "sort"))


def is_sorted(items: list[Any]) -> bool:
    """Whether the elements rise; raises ValueError unless all elements are texts or all are numbers."""
    return all(a <= b for a, b in pairwise(_comparable(items, "isSorted")))


def distinct(items: list[Any]) -> list[Any]:
    """Each element once, in order of first appearance; raises ValueError for elements that are lists or maps."""
    return list(dict.fromkeys(_scalars(items, "distinct")))


def flatten(items: list[Any]) -> list[Any]:
    """The elements of the elements that are lists, one level deep."""
    flat = [
        part for item in _bounded(items, "flatten") for part in (item if isinstance(item, list) else [item])
    ]
    return _bounded(flat, "flatten")


def total(items: list[Any]) -> int | float:
    """The sum; 0 of an empty list; raises ValueError for elements that are no numbers."""
    values = _comparable(items, "sum")
    if values and isinstance(values[0], str):
        raise ValueError("sum takes numbers: turn texts into numbers with int() or quantity()")
    result: int | float = sum(values)
    return result


def smallest(items: list[Any]) -> Any:
    """The smallest element; raises ValueError for an empty list."""
    return min(_filled(items, "min"))


def largest(items: list[Any]) -> Any:
    """The largest element; raises ValueError for an empty list."""
    return max(_filled(items, "max"))


def find(text: str, pattern: str) -> str:
    """The first match of a pattern that the limits let through, or an empty text."""
    match = re.search(pattern, _short(text))
    return match.group() if match else ""


def find_all(text: str, pattern: str) -> list[str]:
    """All matches of a pattern that the limits let through."""
    return [match.group() for match in re.finditer(pattern, _short(text))]


def _short(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(
            f"find takes texts of up to {MAX_TEXT} characters: use matches or contains for longer ones"
        )
    return text


def _bounded(items: list[Any], name: str) -> list[Any]:
    if len(items) > MAX_ITEMS:
        raise ValueError(f"{name} takes lists of up to {MAX_ITEMS} elements")
    return items


def _scalars(items: list[Any], name: str) -> list[Any]:
    if any(isinstance(item, list | dict) for item in _bounded(items, name)):
        raise ValueError(f"{name} takes lists of texts or numbers: pick a field with map() first")
    return items


def _comparable(items: list[Any], name: str) -> list[Any]:
    kinds = {str if isinstance(item, str) else float for item in _scalars(items, name)}
    if len(kinds) > 1 or any(item is None or isinstance(item, bool) for item in items):
        raise ValueError(f"{name} takes lists of texts or of numbers, not mixed")
    return items


def _filled(items: list[Any], name: str) -> list[Any]:
    if not items:
        raise ValueError(f"{name} of an empty list")
    return _comparable(items, name)
