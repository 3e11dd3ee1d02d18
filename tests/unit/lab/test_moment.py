from tutoriallab.lab.moment import moment, of_day, rfc3339, span

NOON = 1_780_000_000.0 - 1_780_000_000.0 % 86_400 + 12 * 3_600


def test_what_is_written_is_read_back_to_the_millisecond() -> None:
    assert moment(rfc3339(NOON + 1.234)) == NOON + 1.234


def test_what_nobody_can_read_is_no_moment() -> None:
    assert moment("") is None
    assert moment("yesterday") is None


def test_a_time_of_day_says_that_it_is_utc() -> None:
    assert of_day(NOON + 1.9) == "12:00:01 UTC"


def test_two_moments_of_one_day_need_no_date_and_those_of_two_do() -> None:
    assert span(NOON + 1, NOON + 9) == ("12:00:01", "12:00:09")
    since, until = span(NOON, NOON + 86_400)
    assert since.startswith("2026-")
    assert until.endswith(" 12:00:00")
