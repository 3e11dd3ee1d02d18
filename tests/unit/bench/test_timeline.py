"""When verdicts were right again."""

from bench.timeline import right_from, waits


def test_a_verdict_that_turns_after_the_change_took_the_time_between() -> None:
    assert right_from(10.0, [(10.0, True)], [(10.5, True)]) == 0.5


def test_a_verdict_that_turned_before_the_writer_was_answered_is_right_at_once() -> None:
    assert right_from(10.0, [(10.0, True)], [(9.5, True)]) == 0.0


def test_an_object_that_is_changed_back_makes_the_old_verdict_right_again() -> None:
    assert right_from(10.0, [(10.0, True), (12.0, False)], []) == 2.0


def test_a_verdict_that_never_turns_is_none() -> None:
    assert right_from(10.0, [(10.0, True)], []) is None
    assert right_from(10.0, [(10.0, True)], [(11.0, True), (12.0, False)]) == 1.0


def test_changes_during_a_disturbance_count_once_from_its_end() -> None:
    changes, shown = [(1.0, True), (2.0, False), (3.0, True)], [(5.5, True)]
    assert waits(0.0, 5.0, 9.0, changes, shown) == [0.5]


def test_what_is_right_when_a_disturbance_ends_does_not_count() -> None:
    assert waits(0.0, 5.0, 9.0, [(1.0, True), (2.0, False)], []) == []


def test_changes_after_a_disturbance_count_from_themselves() -> None:
    changes, shown = [(6.0, True), (8.0, False)], [(6.25, True)]
    assert waits(0.0, 5.0, 7.0, changes, shown) == [0.25]
    assert waits(0.0, 5.0, 9.0, changes, shown) == [0.25, None]


def test_changes_before_a_disturbance_do_not_count() -> None:
    assert waits(3.0, 5.0, 9.0, [(1.0, True)], [(6.0, True)]) == []
