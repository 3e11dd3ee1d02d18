from tutoriallab.observe.backoff import Backoff


def test_pauses_grow_to_the_most_and_begin_anew_after_a_success() -> None:
    backoff = Backoff(first=0.1, most=2.0)
    for whole in (0.1, 0.2, 0.4, 0.8, 1.6, 2.0, 2.0):
        assert whole / 2 <= backoff.next() <= whole
    backoff.reset()
    assert backoff.next() <= 0.1


def test_a_thousand_failures_are_no_longer_pause_than_ten() -> None:
    backoff = Backoff(first=0.1, most=2.0, failures=1000)
    assert backoff.next() <= 2.0


def test_pauses_are_not_in_step() -> None:
    assert len({Backoff(first=1.0, most=9.0).next() for _ in range(20)}) > 10
