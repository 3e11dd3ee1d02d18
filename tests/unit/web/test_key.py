"""A ticket is good once, for a while, and only of the key's owner."""

from pathlib import Path

import pytest

from tutoriallab.web.key import GOOD_FOR, Gate, found, made, ticket

NOW = 1_760_000_000.0


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "page.key"
    key = made(file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert made(file) == key == found(file)


def test_a_key_that_others_could_have_read_is_replaced(tmp_path: Path) -> None:
    file = tmp_path / "page.key"
    key = made(file)
    file.chmod(0o644)

    assert found(file) == ""
    assert made(file) != key
    assert file.stat().st_mode & 0o777 == 0o600


def test_there_is_no_key_where_no_page_was_served(tmp_path: Path) -> None:
    assert found(tmp_path / "page.key") == ""


def test_a_ticket_is_good_once() -> None:
    gate, shown = Gate("k" * 40), ticket("k" * 40, NOW)

    assert gate.admits(shown, NOW + 1)
    assert not gate.admits(shown, NOW + 2)
    assert gate.admits(ticket("k" * 40, NOW), NOW + 2)


def test_a_ticket_is_good_for_ten_minutes_and_never_again(tmp_path: Path) -> None:
    gate, shown = Gate("k" * 40), ticket("k" * 40, NOW)

    assert not gate.admits(shown, NOW + GOOD_FOR + 1)
    assert not gate.admits(ticket("k" * 40, NOW + GOOD_FOR + 2), NOW)


@pytest.mark.parametrize(
    "shown",
    [
        "",
        ".",
        "..",
        "k" * 40,
        "1.2.3",
        "ä.ö.ü",
        "nan.a.",
        pytest.param(ticket("other" * 10, NOW), id="of another key"),
    ],
)
def test_nothing_else_is_a_ticket(shown: str) -> None:
    assert not Gate("k" * 40).admits(shown, NOW)


def test_a_ticket_with_another_time_is_none() -> None:
    moment, rest = ticket("k" * 40, NOW - 10_000).split(".", 1)

    assert not Gate("k" * 40).admits(f"{int(moment) + 10_000}.{rest}", NOW)


def test_used_tickets_are_forgotten_once_they_are_too_old() -> None:
    gate = Gate("k" * 40)
    for second in range(0, 4 * GOOD_FOR, 10):
        assert gate.admits(ticket("k" * 40, NOW + second), NOW + second)

    assert len(gate._used) <= 2 * GOOD_FOR / 10 + 1
