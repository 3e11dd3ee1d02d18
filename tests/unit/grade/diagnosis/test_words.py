"""Every cause has its sentence, in both languages, with the same values."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

from tutoriallab.grade.diagnosis import absent, causes
from tutoriallab.words.diagnosing import CAUSES
from tutoriallab.words.sentence import Words


def declared() -> list[str]:
    modules = [import_module(f"{causes.__name__}.{one.name}") for one in iter_modules(causes.__path__)]
    modules.append(absent)
    return [reason for module in modules for reason in getattr(module, "REASONS", None) or (module.REASON,)]


def test_every_cause_has_a_reason_of_its_own_and_a_sentence() -> None:
    assert len(declared()) == len(set(declared()))
    assert set(declared()) == CAUSES.keys()


@pytest.mark.parametrize("entry", CAUSES.values(), ids=CAUSES)
def test_a_sentence_leaves_the_full_stop_to_what_follows(entry: Words) -> None:
    assert not entry.en.endswith(".")
    assert not entry.zh.endswith("。")
