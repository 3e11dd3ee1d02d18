"""Texts of labs cannot steer a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.lab.plain import line, plain, plain_all

CASES = [
    ("colours are taken out", "a\x1b[31mred", "a[31mred"),
    ("the window's title cannot be set", "\x1b]0;mine\x07", "]0;mine"),
    ("links of terminals are taken out", "\x1b]8;;http://x\x1b\\t", "]8;;http://x\\t"),
    ("eight-bit escapes are taken out", "a\x9b31m", "a31m"),
    ("a carriage return cannot overwrite a line", "kubectl get\rrm -rf", "kubectl getrm -rf"),
    ("Windows line ends become line ends", "a\r\nb", "a\nb"),
    ("backspaces are taken out", "ab\b\bcd", "abcd"),
    ("bidirectional controls are taken out", "a\u202eb\u2066c", "abc"),
    ("zero-width characters are taken out", "ku\u200bbectl", "kubectl"),
    ("newlines and tabs stay", "a\n\tb", "a\n\tb"),
    ("Chinese stays", "工作空间，第 1 步", "工作空间，第 1 步"),
]


@pytest.mark.parametrize(("sentence", "text", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_plain(sentence: str, text: str, wanted: str) -> None:
    assert plain(text) == wanted


@given(st.text())
def test_whatever_a_text_holds_no_control_character_is_left(text: str) -> None:
    assert all(
        character in "\n\t" or (character >= " " and not "\x7f" <= character <= "\x9f")
        for character in plain(text)
    )


def test_a_line_has_no_line_ends() -> None:
    assert line(" a \n b\x1b[0m ") == "a b[0m"


def test_nested_values_are_cleaned_keys_too() -> None:
    assert plain_all({"a\x07": ["b\x07", {"c": 1}]}) == {"a": ["b", {"c": 1}]}
