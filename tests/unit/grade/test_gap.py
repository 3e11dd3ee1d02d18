from tutoriallab.grade.gap import Gap
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.state import CheckState, StepProgress
from tutoriallab.words.sentence import as_is

NOON = 1_780_000_000.0 - 1_780_000_000.0 % 86_400 + 12 * 3_600


def progress(watched_until: str = "", **check: str) -> StepProgress:
    checks = [CheckState(name="a", verdict="Waiting", **check)]  # type: ignore[arg-type]
    return StepProgress(
        name="s", state="Open", opened_at=rfc3339(NOON), checks=checks, watched_until=watched_until
    )


def test_a_gap_whose_beginning_is_known_is_told_with_both_ends() -> None:
    gap = Gap(NOON + 1, NOON + 9, exact=True, cause=as_is("the connection was lost"))
    assert str(gap.sentence) == "not watched from 12:00:01 to 12:00:09 UTC (the connection was lost)"


def test_an_operator_that_was_told_to_stop_knows_when_it_did() -> None:
    gap = Gap.before(progress(rfc3339(NOON + 5), since=rfc3339(NOON + 2)), NOON + 9)
    assert str(gap.sentence) == "not watched from 12:00:05 to 12:00:09 UTC (grading was interrupted)"


def test_an_operator_that_was_killed_watched_at_least_until_the_last_moment_on_record() -> None:
    gap = Gap.before(progress(since=rfc3339(NOON + 3), armed_at=rfc3339(NOON + 2)), NOON + 9)
    assert (
        str(gap.sentence)
        == "not watched for some time between 12:00:03 and 12:00:09 UTC (grading was interrupted)"
    )


def test_a_record_without_a_readable_moment_still_makes_a_gap() -> None:
    gap = Gap.before(StepProgress(name="s", state="Open"), NOON)
    assert (gap.since, gap.until, gap.exact) == (NOON, NOON, False)


def test_a_clock_that_was_set_back_makes_no_gap_that_ends_before_it_begins() -> None:
    gap = Gap.before(progress(rfc3339(NOON + 50)), NOON + 9)
    assert gap.since == gap.until == NOON + 9
