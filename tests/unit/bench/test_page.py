"""When changes were seen on the page, beside when the API server had answered them."""

from pathlib import Path

import msgspec
import pytest

from bench.page import FULL, QUICK, Size, delays
from bench.page_records import filled
from bench.page_window import chromium
from tutoriallab.web.record import Bounds


def test_each_change_of_a_pod_belongs_to_its_turn() -> None:
    answered = {"a": [(False, 1.0), (True, 5.0)], "b": [(False, 2.0)]}
    seen = {"a": [(False, 1.25), (True, 5.5)], "b": [(False, 2.75)]}

    assert delays(answered, seen) == [0.5, 0.25, 0.75]


def test_what_a_record_has_forgotten_is_not_counted() -> None:
    answered = {"a": [(False, 1.0), (True, 5.0), (False, 9.0)]}

    assert delays(answered, {"a": [(True, 5.5), (False, 9.25)]}) == [0.25, 0.5]


def test_what_was_not_seen_is_not_counted() -> None:
    answered = {"a": [(False, 1.0)], "b": [(False, 2.0), (True, 3.0)]}

    assert delays(answered, {"b": [(False, 2.5)]}) == []


def test_a_full_record_holds_its_bounds() -> None:
    record = filled(1, 20, Bounds(size=100_000))

    assert record.began > 0
    assert 90_000 < record.size <= 100_000
    assert len(msgspec.json.decode(record.base())["put"]) == 20


def test_without_chromium_it_is_said_where_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="apt-get install chromium"):
        chromium()


@pytest.mark.parametrize("size", [FULL, QUICK], ids=["full", "quick"])
def test_in_the_end_all_pods_are_ready_again(size: Size) -> None:
    assert size.flips % (2 * size.pods) == 0
