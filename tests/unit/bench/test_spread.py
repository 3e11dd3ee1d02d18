"""Percentiles and growth."""

import pytest

from bench.spread import slope, spread


def test_percentiles_are_measurements_by_rank_in_milliseconds() -> None:
    found = spread([number / 1000 for number in range(101)])
    assert (found.count, found.p50, found.p95, found.p99, found.max) == (101, 50, 95, 99, 100)


def test_nothing_measured_is_zeros() -> None:
    assert spread([]).cells == ["0", "0.0", "0.0", "0.0", "0.0"]


@pytest.mark.parametrize(
    ("points", "wanted"),
    [
        ([(0.0, 90.0), (10.0, 92.0), (20.0, 94.0)], 0.2),
        ([(0.0, 90.0), (10.0, 94.0), (20.0, 90.0)], 0.0),
        ([(5.0, 90.0), (5.0, 91.0)], 0.0),
        ([(0.0, 90.0)], 0.0),
        ([], 0.0),
    ],
)
def test_growth_is_the_slope_of_the_straight_line_that_fits_best(
    points: list[tuple[float, float]], wanted: float
) -> None:
    assert slope(points) == pytest.approx(wanted)
