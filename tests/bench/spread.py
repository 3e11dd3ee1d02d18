"""How a measurement spreads and grows: percentiles by rank, of what was really measured. Pure; used by all benches."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression, median


@dataclass(frozen=True)
class Spread:
    """Milliseconds; `count` measurements."""

    count: int
    p50: float
    p95: float
    p99: float
    max: float

    @property
    def cells(self) -> list[str]:
        """For a table: count, then milliseconds."""
        return [f"{self.count:,}", *(f"{one:.1f}" for one in (self.p50, self.p95, self.p99, self.max))]


#: Heads of `Spread.cells`.
HEADS = ("n", "p50", "p95", "p99", "max ms")


def spread(seconds: Sequence[float]) -> Spread:
    """The spread of some times in seconds; zeros when there is none."""
    ordered = sorted(seconds)

    def rank(share: float) -> float:
        index = min(len(ordered) - 1, round(share * (len(ordered) - 1)))
        return round(ordered[index] * 1000, 2) if ordered else 0.0

    return Spread(len(ordered), rank(0.5), rank(0.95), rank(0.99), rank(1.0))


def p99_of_seconds(measured: Sequence[tuple[float, float]]) -> float:
    """The median of the p99 of each second, in milliseconds; 0 when nothing was measured.

    `measured`: when something happened and how long it took, both in seconds. A burst that slows down two or three
    seconds is in the p99 of all, and not in this: beside each other they tell one burst from a slow system.
    """
    by_second: dict[int, list[float]] = {}
    for at, took in measured:
        by_second.setdefault(int(at), []).append(took)
    return median(spread(one).p99 for one in by_second.values()) if by_second else 0.0


def slope(points: Sequence[tuple[float, float]]) -> float:
    """How much the second of each pair grows while the first grows by 1 (least squares); 0 for less than two."""
    if len({at for at, _ in points}) < 2:
        return 0.0
    return linear_regression([at for at, _ in points], [value for _, value in points]).slope
