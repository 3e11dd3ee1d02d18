"""The command line's own words of a lab: the same in every language."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import step
from pages import seen
from tutoriallab import cli
from tutoriallab.cli.words import _WORDS, phase_word, word

#: What writes for people, beside errors, which are English.
SAYS = frozenset({"say", "tell", "Text", "Wrapped", "confirm"})
#: Of a cluster, for teachers, or for authors of labs: commands that speak of no lab to its learner.
ENGLISH = frozenset({"down", "lint", "node", "open_page", "proof_table", "up"})


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


def said(module: ast.Module) -> Iterator[ast.expr]:
    """What a module puts on the screen by itself, in its own words or by `word`."""
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in SAYS:
            yield from call.args


def in_english(said: ast.expr) -> bool:
    """Whether there is English in it that no words of ours translate."""
    if isinstance(said, ast.Subscript) or (
        isinstance(said, ast.Call) and ast.unparse(said.func) in {"word", "phase_word"}
    ):
        return False
    if isinstance(said, ast.Constant):
        text = str(said.value).replace(" next", "")  # a command, the same in every language
        return bool(re.search(r"[a-z]{3}", text))
    return any(in_english(one) for one in ast.iter_child_nodes(said) if isinstance(one, ast.expr))


def test_what_learners_read_of_a_lab_is_said_by_these_words() -> None:
    modules = [path for path in Path(cli.__path__[0]).glob("*.py") if path.stem not in ENGLISH]
    assert {"explain_text", "files", "ls", "restart_step", "show", "use"} <= {path.stem for path in modules}
    assert [
        f"{path.name}:{one.lineno} {ast.unparse(one)}"
        for path in modules
        for one in said(ast.parse(path.read_text(encoding="utf-8")))
        if in_english(one)
    ] == []


def test_a_word_is_told_in_the_labs_language_unless_another_is_wanted() -> None:
    lab = seen(step(), language="zh")
    assert word(lab.speaks(), "is_running", lab="demo") == "实验 demo 已经在运行。"
    assert word(lab.speaks("en"), "is_running", lab="demo") == "Lab demo is running already."
    assert word("fr", "is_running", lab="demo") == "Lab demo is running already."


def test_a_lab_that_was_refused_is_invalid_rather_than_failed() -> None:
    assert (phase_word("en", "Failed"), phase_word("zh", "Failed")) == ("Failed", "无效")
