import pytest

from tutoriallab.lab.duration import seconds


@pytest.mark.parametrize(("text", "length"), [("10s", 10), ("1m30s", 90), ("500ms", 0.5), ("2h", 7200)])
def test_durations_are_read_in_seconds(text: str, length: float) -> None:
    assert seconds(text) == pytest.approx(length)
