from datetime import UTC, datetime

import pytest

from tutoriallab.provision.remove import pause

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("seconds", "looked_again_in"),
    [(0, 0.3), (20, 0.3), (60, 4.0), (3_600, 10.0), (-300, 0.3)],
)
def test_what_hangs_for_long_is_looked_at_ever_more_rarely(seconds: float, looked_again_in: float) -> None:
    assert pause("2026-01-01T12:00:00Z", NOON + seconds) == looked_again_in
