"""When verdicts were right again: what an object was, beside what was shown of it, over time. Pure; bench G."""

from collections.abc import Sequence

#: When an object was changed (T0, in seconds), and whether it was on from then.
Changes = Sequence[tuple[float, bool]]
#: When a verdict was seen to turn (T2), and whether it was Passed from then.
Shown = Sequence[tuple[float, bool]]


def waits(start: float, end: float, until: float, changes: Changes, shown: Shown) -> list[float | None]:
    """How long a right verdict took, in seconds; None where it never came.

    One for all changes between `start` and `end`, of which only the last can be shown, counted from `end`, unless the
    verdict was right by then; and one for each change after `end` and up to `until`, counted from itself. Before its
    first change an object is off, before its first turn a verdict is not Passed.
    """
    disturbed = any(start <= at <= end for at, _ in changes)
    found = [right_from(end, changes, shown)] if disturbed else []
    later = [right_from(at, changes, shown) for at, _ in changes if end < at <= until]
    return [one for one in found if one != 0.0] + later


def right_from(moment: float, changes: Changes, shown: Shown) -> float | None:
    """Seconds from a moment until the verdict was as the object was then; 0.0 if at once, None if never."""
    later = sorted({moment, *(at for at, _ in [*changes, *shown] if at > moment)})
    return next((at - moment for at in later if _at(at, changes) == _at(at, shown)), None)


def _at(moment: float, turns: Sequence[tuple[float, bool]]) -> bool:
    value = False
    for at, turned in turns:
        if at > moment:
            break
        value = turned
    return value
