"""docs/diagnosis.md: between its marks, made of the corpus and of readers' mistakes; the rest is written by hand.

Called by generate.py, which puts tests/ on the path first.
"""

import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from corpus import snapshot
from corpus.replay import NOTHING, Said, accuracy, confusion, replay
from corpus.situation import situations
from mistakes import CATALOGUE, RECORD
from tutoriallab.grade.diagnosis.tell import sentence

#: Characters in a line of a message.
WIDTH = 110
PAGE = Path(__file__).resolve().parent.parent / "docs/diagnosis.md"
BEGIN, END = "<!-- corpus: made by `make generate` -->\n", "<!-- /corpus -->\n"


def diagnosis_page() -> str:
    """The page with its tables as the corpus has them now."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    said = [replay(one, snapshot.load(one.name)) for one in situations()]
    return before + BEGIN + "\n".join([*_mistakes(), *_tables(said), ""]) + END + after


def _mistakes() -> Iterator[str]:
    """What labs said of mistakes that were made by hand in them (`make mistakes`); nothing before that was done."""
    if not RECORD.exists():
        return
    told: dict[str, str] = json.loads(RECORD.read_text(encoding="utf-8"))
    yield "## Mistakes of the tutorials' readers, made by hand"
    yield ""
    yield "Each in its lab on kind, with kubectl, and the message that the lab's check then had (`make mistakes` makes"
    yield "them again; `…` stands for what is another each time)."
    yield ""
    for mistake in yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["mistakes"]:
        if mistake["name"] in told:
            yield f"**{mistake['says']}** (lab {mistake['lab']}, check {mistake['check'].partition('/')[2]})"
            yield ""
            yield "```text"
            yield from textwrap.wrap(
                told[mistake["name"]], WIDTH, break_long_words=False, break_on_hyphens=False
            )
            yield "```"
            yield ""
    yield "## The corpus"
    yield ""


def _tables(said: Sequence[Said]) -> Iterator[str]:
    broken = [one for one in said if one.wanted != NOTHING]
    sound = [one for one in said if one.wanted == NOTHING]
    right = sum(one.right for one in said)
    yield f"{right} of {len(said)} situations are named right ({accuracy(said):.1%}): {len(broken)} broken ones, and"
    yield f"{len(sound)} sound ones of which nothing may be said."
    yield ""
    yield "| a person says | situations | named right | said instead |"
    yield "| --- | ---: | ---: | --- |"
    for wanted, count, correct, told in confusion(said):
        yield f"| {wanted} | {count} | {correct} | {told} |"
    yield ""
    yield "### Broken"
    yield ""
    yield "| situation | cluster | why, by a person | what diagnosis says |"
    yield "| --- | --- | --- | --- |"
    yield from map(_row, broken)
    yield ""
    yield "### Sound"
    yield ""
    yield "| situation | cluster | why nothing is wrong | what diagnosis says |"
    yield "| --- | --- | --- | --- |"
    yield from map(_row, sound)


def _row(one: Said) -> str:
    name, written = one.situation.name, one.situation.written
    told = f"{one.finding.reason}: {sentence(one.finding)}" if one.finding else NOTHING
    mark = "" if one.right else "**not right** "
    link = f"[{name}](../tests/corpus/situations/{name}.yaml)"
    return f"| {link} | {written.cluster} | {_cell(written.why)} | {mark}{_cell(told)} |"


def _cell(text: str) -> str:
    """A text as it may stand in a cell of a table."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
