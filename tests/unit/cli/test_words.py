"""The command line's own words of a lab: the same in every language."""

import string

import pytest

from builders import step
from pages import seen
from tutoriallab.cli.words import _WORDS, phase_word, word


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_language_has_the_same_words() -> None:
    assert {language: words.keys() for language, words in _WORDS.items()} == dict.fromkeys(
        ("en", "zh"), _WORDS["en"].keys()
    )


@pytest.mark.parametrize("name", _WORDS["en"])
def test_words_have_the_same_values_in_every_language(name: str) -> None:
    assert placeholders(_WORDS["zh"][name]) == placeholders(_WORDS["en"][name])
    assert _WORDS["zh"][name] != _WORDS["en"][name]


def test_a_word_is_told_in_the_labs_language_unless_another_is_wanted() -> None:
    lab = seen(step(), language="zh")
    assert word(lab.speaks(), "is_running", lab="demo") == "实验 demo 已经在运行。"
    assert word(lab.speaks("en"), "is_running", lab="demo") == "Lab demo is running already."
    assert word("fr", "is_running", lab="demo") == "Lab demo is running already."


def test_a_lab_that_was_refused_is_invalid_rather_than_failed() -> None:
    assert (phase_word("en", "Failed"), phase_word("zh", "Failed")) == ("Failed", "无效")
