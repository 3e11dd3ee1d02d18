"""Every sentence that people read is in the catalogue, in every language, with the same values; nothing else is told."""

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutoriallab
from tutoriallab import words
from tutoriallab.words.sentence import Words

ROOT = Path(tutoriallab.__file__).parent
CJK = re.compile(r"[\u4e00-\u9fff]")
#: Entries that hold values and punctuation alone.
NO_WORDS = frozenset(
    {
        *("explaining.ABOUT", "explaining.AND", "explaining.COMMA", "explaining.OR", "explaining.SOURCE"),
        *("explaining.WANTED", "grading.AND_THAT", "grading.AND_WHY", "grading.BECAUSE", "nodes.COMMA"),
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


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_has_the_same_values_in_every_language(entry: Words) -> None:
    assert placeholders(entry.en) == placeholders(entry.zh)
    assert all(name.isidentifier() for name in placeholders(entry.en))


@pytest.mark.parametrize(("name", "entry"), ENTRIES.items(), ids=ENTRIES)
def test_an_entry_is_english_and_chinese(name: str, entry: Words) -> None:
    assert not CJK.search(entry.en)
    assert CJK.search(entry.zh) or name in NO_WORDS


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_chinese_words_have_chinese_punctuation_beside_them(entry: Words) -> None:
    # A colon before a command is as diagnosis writes it: what follows is copied.
    assert not re.search(r"[\u4e00-\u9fff] ?[,;.()?!]|[,;()?!] ?[\u4e00-\u9fff]", entry.zh)


# At the places that speak ----------------------------------------------------------------------------------------

CallSite = tuple[str, Words, ast.Call]


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        if path.parent.name != "words":
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def aliases(module: ast.Module) -> dict[str, str]:
    """How a module calls the topics of the catalogue: `from tutoriallab.words import grading as words`."""
    return {
        one.asname or one.name: one.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "tutoriallab.words"
        for one in node.names
    }


def call_sites() -> Iterator[CallSite]:
    for path, module in sources():
        known = aliases(module)
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.IfExp):
                for one in (
                    [node.func]
                    if isinstance(node.func, ast.Attribute)
                    else [node.func.body, node.func.orelse]
                ):
                    if (
                        isinstance(one, ast.Attribute)
                        and isinstance(one.value, ast.Name)
                        and one.value.id in known
                    ):
                        entry = ENTRIES.get(f"{known[one.value.id]}.{one.attr}")
                        if entry:
                            yield f"{path.relative_to(ROOT)}:{node.lineno} {one.attr}", entry, node


SITES = list(call_sites())


@pytest.mark.parametrize("site", SITES, ids=[site[0] for site in SITES])
def test_who_says_a_sentence_gives_exactly_its_values(site: CallSite) -> None:
    _, entry, call = site
    assert not call.args
    assert sorted(str(one.arg) for one in call.keywords) == placeholders(entry.en)


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
