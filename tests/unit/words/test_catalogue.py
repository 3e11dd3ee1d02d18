"""Every sentence that people read is in the catalogue, in every language, with the same values; nothing else is told."""

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import tutoriallab
from tutoriallab import words
from tutoriallab.words.sentence import Words

ROOT = Path(tutoriallab.__file__).parent
CJK = re.compile(r"[\u4e00-\u9fff]")
#: Entries that hold values and punctuation alone.
NO_WORDS = frozenset(
    {
        *("explaining.ABOUT", "explaining.AND", "explaining.COMMA", "explaining.OR", "explaining.SOURCE"),
        *(
            "explaining.TOGETHER",
            "explaining.WANTED",
            "grading.AND_THAT",
            "grading.AND_WHY",
            "grading.BECAUSE",
            "nodes.COMMA",
        ),
        *(
            "nodes.FAULTY",
            "nodes.NOT_READY",
            "diagnosing.SAID",
            "phases.AND_THEN",
            "phases.COMMA",
            "phases.CHECK_SAYS",
            "phases.TROUBLE",
        ),
        *("preparing.AND_ALSO", "preparing.REFUSED", "probing.GARBLED"),
    }
)
TOPICS = [
    importlib.import_module(f"tutoriallab.words.{one.name}")
    for one in pkgutil.iter_modules(words.__path__)
    if one.name not in {"sentence", "kinds"}
]


def entries() -> Iterator[tuple[str, Words]]:
    for topic in TOPICS:
        for name, value in vars(topic).items():
            if isinstance(value, Words):
                yield f"{topic.__name__.rpartition('.')[2]}.{name}", value
            elif isinstance(value, dict) and name.isupper() and not name.startswith("_"):
                yield from ((f"{name}[{key}]", one) for key, one in value.items())


ENTRIES = dict(entries())


def placeholders(template: str) -> list[str]:
    parsed = list(string.Formatter().parse(template))
    # Plain {names} only: nothing that would reach into a value or format it.
    assert all(not spec and not conversion for _, name, spec, conversion in parsed if name is not None)
    return sorted({name for _, name, _, _ in parsed if name is not None})


def test_there_are_entries() -> None:
    assert len(ENTRIES) > 200
    assert frozenset(ENTRIES) > NO_WORDS


def test_an_entry_has_the_same_values_in_every_language() -> None:
    assert {name: placeholders(one.zh) for name, one in ENTRIES.items()} == {
        name: placeholders(one.en) for name, one in ENTRIES.items()
    }


def test_an_entry_is_english_and_chinese() -> None:
    assert [name for name, one in ENTRIES.items() if CJK.search(one.en)] == []
    assert [name for name, one in ENTRIES.items() if not CJK.search(one.zh) and name not in NO_WORDS] == []


def test_chinese_words_have_chinese_punctuation_beside_them() -> None:
    # A colon before a command is as diagnosis writes it: what follows is copied.
    western = re.compile(r"[\u4e00-\u9fff] ?[,;.()?!]|[,;()?!] ?[\u4e00-\u9fff]")
    assert [name for name, one in ENTRIES.items() if western.search(one.zh)] == []


# At the places that speak ----------------------------------------------------------------------------------------

CallSite = tuple[str, Words, ast.Call]


@cache
def sources() -> list[tuple[Path, ast.Module]]:
    paths = [path for path in sorted(ROOT.rglob("*.py")) if path.parent.name != "words"]
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def aliases(module: ast.Module) -> dict[str, str]:
    """How a module calls the topics of the catalogue: `from tutoriallab.words import grading as words`."""
    return {
        one.asname or one.name: one.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "tutoriallab.words"
        for one in node.names
    }


def said(call: ast.Call, known: dict[str, str]) -> Iterator[str]:
    """The entries that a call may say: `words.A(…)`, or `(words.A if … else words.B)(…)`."""
    for one in [call.func.body, call.func.orelse] if isinstance(call.func, ast.IfExp) else [call.func]:
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id in known:
            yield f"{known[one.value.id]}.{one.attr}"


def call_sites() -> Iterator[CallSite]:
    for path, module in sources():
        known = aliases(module)
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            for name in said(call, known):
                if name in ENTRIES:
                    yield f"{path.relative_to(ROOT)}:{call.lineno} {name}", ENTRIES[name], call


def test_who_says_a_sentence_gives_exactly_its_values() -> None:
    sites = list(call_sites())
    assert len(sites) > 150
    assert [
        where
        for where, entry, call in sites
        if call.args or sorted(str(one.arg) for one in call.keywords) != placeholders(entry.en)
    ] == []


def test_every_entry_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path, _ in sources())
    unused = [
        name
        for name in ENTRIES
        if "[" not in name and not re.search(rf"\b\w+\.{name.rpartition('.')[2]}\b", text)
    ]
    assert unused == []


def test_what_is_told_as_it_is_was_not_written_here() -> None:
    """`as_is` is for the words of others: never for a literal text, nor for one that is put together of one."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, module in sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "as_is"
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip()
    ]
    assert found == []


def test_no_sentence_is_put_into_a_text_where_it_would_be_english() -> None:
    """An f-string of our labels would tell them in English to everybody: they are values of sentences instead."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, module in sources()
        if path.relative_to(ROOT).parts[0] not in {"cli", "cluster", "lab"}
        for node in ast.walk(module)
        if isinstance(node, ast.FormattedValue)
        and isinstance(node.value, ast.Attribute)
        and (
            node.value.attr in {"label", "called", "sentence"}
            or ast.unparse(node.value).endswith("place.field")
        )
    ]
    assert found == []
