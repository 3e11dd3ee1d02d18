"""docs/diagnosis.md: what stands between its two marks is made of the corpus; the text around it is written by hand.

Called by generate.py, which puts tests/ on the path first.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import snapshot
from corpus.replay import NOTHING, Said, accuracy, confusion, replay
from corpus.situation import situations
from tutoriallab.grade.diagnosis.tell import sentence

PAGE = Path(__file__).resolve().parent.parent / "docs/diagnosis.md"
BEGIN, END = "<!-- corpus: made by `make generate` -->\n", "<!-- /corpus -->\n"


def diagnosis_page() -> str:
    """The page with its tables as the corpus has them now."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    said = [replay(one, snapshot.load(one.name)) for one in situations()]
    return before + BEGIN + "\n".join([*_tables(said), ""]) + END + after


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
