"""How a measurement spreads and grows: percentiles by rank, of what was really measured. Pure; used by all benches."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import linear_regression


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


def slope(points: Sequence[tuple[float, float]]) -> float:
    """How much the second of each pair grows while the first grows by 1 (least squares); 0 for less than two."""
    if len({at for at, _ in points}) < 2:
        return 0.0
    return linear_regression([at for at, _ in points], [value for _, value in points]).slope
