"""Durations as labs write them (`10s`, `1m30s`, `500ms`); called wherever a lab's time is read."""

import re

_PART = re.compile(r"([0-9]+)(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def seconds(text: str) -> float:
    """Length of a duration in seconds; the schema has made sure that it is well formed."""
    return sum(int(number) * _SECONDS[unit] for number, unit in _PART.findall(text))
