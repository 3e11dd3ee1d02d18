"""Every cause has its sentence, in both languages, with the same values."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from tutoriallab.grade.diagnosis import absent, causes, words


def declared() -> list[str]:
    modules = [import_module(f"{causes.__name__}.{one.name}") for one in iter_modules(causes.__path__)]
    modules.append(absent)
    return [reason for module in modules for reason in getattr(module, "REASONS", None) or (module.REASON,)]


def test_every_cause_has_a_reason_of_its_own_and_a_sentence() -> None:
    assert len(declared()) == len(set(declared()))
    assert set(declared()) == words.reasons()


@pytest.mark.parametrize("reason", sorted(words.reasons()))
def test_both_languages_tell_the_same_values(reason: str) -> None:
    english, chinese = words._WORDS[reason]

    assert sorted(re.findall(r"\{(\w+)\}", english)) == sorted(re.findall(r"\{(\w+)\}", chinese))
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not english.endswith(".")
    assert not chinese.endswith("。")
