import pytest

from tutoriallab.observe.probe.due import Rhythm, Urge


def test_who_waits_for_a_page_asks_ever_more_seldom() -> None:
    pauses = [Rhythm().pause(Urge.SEEK, tries) for tries in range(7)]
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]


def test_a_thousand_tries_later_the_pause_is_the_longest() -> None:
    assert Rhythm().pause(Urge.SEEK, 100_000) == 10.0


@pytest.mark.parametrize("tries", [0, 5])
def test_what_must_stay_true_is_asked_steadily_and_what_is_true_slowly(tries: int) -> None:
    assert Rhythm().pause(Urge.HOLD, tries) == 1.0
    assert Rhythm().pause(Urge.CONFIRM, tries) == 10.0


def test_no_pause_is_longer_than_the_longest() -> None:
    assert Rhythm(first=5.0, most=0.4).pause(Urge.SEEK, 0) == 0.4
    assert Rhythm(most=0.4).pause(Urge.HOLD, 0) == 0.4


def test_the_most_urgent_is_the_greatest() -> None:
    assert max(Urge) is Urge.SEEK
