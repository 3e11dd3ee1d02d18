"""T2−T0 of flips."""

from bench.prepare import Target
from bench.turns import Turns
from bench.writer import Written

TARGETS = [Target("one", "pod-on", "/one"), Target("two", "pod-on", "/two")]


def turns(*seen: tuple[str, str, float]) -> Turns:
    made = Turns()
    for lab, verdict, at in seen:
        made(lab, "pod-on", verdict, at)
    return made


def test_each_flip_belongs_to_the_turn_of_its_own_check() -> None:
    found = turns(("two", "Passed", 2.5), ("one", "Passed", 1.25), ("one", "Failing", 3.5))
    written = Written(flips=[(0, False, 3.0), (0, True, 1.0), (1, True, 2.0)])
    assert found.latencies(TARGETS, written) == [(1.0, 0.25), (2.0, 0.5), (3.0, 0.5)]


def test_a_flip_whose_verdict_was_not_seen_is_left_out() -> None:
    written = Written(flips=[(0, True, 1.0), (1, True, 2.0)])
    assert turns(("one", "Passed", 1.5)).latencies(TARGETS, written) == [(1.0, 0.5)]


def test_the_first_time_of_a_verdict() -> None:
    found = turns(("one", "Failing", 1.0), ("one", "Passed", 2.0), ("one", "Passed", 3.0))
    assert found.first("one", "pod-on", "Passed") == 2.0
    assert found.first("two", "pod-on", "Passed") is None
