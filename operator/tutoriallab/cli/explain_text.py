"""The account of checks as a person reads it, at 80 columns. Pure; called by `explain`."""

from collections.abc import Iterator, Sequence

import yaml
from msgspec import Struct
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from tutoriallab.cli.markdown import Wrapped, hanging, inline
from tutoriallab.cli.show import STYLES, SYMBOLS
from tutoriallab.grade.account import Account, ExpressionAccount, GivenAccount, Judged
from tutoriallab.grade.cel.parts import Part
from tutoriallab.lab.plain import line, plain, plain_all

_RESULTS = {True: "Passed", False: "Failing", None: "Unseen"}
#: Characters of the fields of an object on one line.
_WIDE = 72


class Told(Struct, frozen=True):
    """One check: its step and that step's state, what it says to the learner, its account."""

    step: str
    state: str
    says: str
    account: Account


def render(lab: str, found: Sequence[Told]) -> RenderableType:
    """All checks, one below the other."""
    return Group(*(part for one in found for part in _check(lab, one)))


def _check(lab: str, told: Told) -> Iterator[RenderableType]:
    one = told.account
    verdict = one.operator.verdict if one.operator else "Unseen"
    yield Text.assemble((f"{lab}: {told.step}/{one.check}", "bold"), f"  step {told.state.lower()}")
    yield Rule(style="dim", characters="─")
    yield inline(line(told.says))
    yield Text()
    yield _line(verdict, f"The operator: {_judged(one.operator)}")
    if one.withheld:
        yield _line("Unseen", f"{one.withheld}.")
        yield Text()
        return
    yield from _here(one)
    if one.given:
        yield Text("\nGiven", style="bold")
        for given in one.given:
            yield from _given(given)
    if one.values:
        yield Text("\nAnd", style="bold")
        for name, value in one.values.items():
            yield _indented(f"{name}: {_short(value)}", 2)
    yield Text("\nExpects", style="bold")
    for expression in one.expressions:
        yield from _expression(expression)
    if one.notes:
        yield Text("\nTo know", style="bold")
        for note in one.notes:
            yield _indented(f"{line(note)}.", 2)
    yield Text()


def _here(one: Account) -> Iterator[RenderableType]:
    if one.here is None:
        yield _line("Unseen", "From here: not judged, as not everything can be seen from here")
    elif one.operator is None or (one.here.verdict, one.here.reason) != (
        one.operator.verdict,
        one.operator.reason,
    ):
        yield _line(one.here.verdict, f"From here, now: {_judged(one.here)}")


def _judged(one: Judged | None) -> str:
    if one is None:
        return "has not judged it yet"
    return f"{one.verdict} ({one.reason})" + (f": {line(one.message)}" if one.message else "")


def _given(one: GivenAccount) -> Iterator[RenderableType]:
    extra = [one.pick and f"pick {one.pick}", one.optional and "optional"]
    more = "".join(f", {text}" for text in extra if text)
    count = "" if not one.found or one.found == len(one.objects) == 1 else f": {one.found}"
    yield _indented(f"{one.name} = {one.selects}{more}{count}", 2)
    if one.where:
        yield _indented(f"where {line(one.where)}", 6)
    if one.note:
        yield _indented(f"({line(one.note)})", 6)
    for each in one.objects:
        if one.found != 1 or each.name not in one.selects:
            yield _indented(line(each.name), 6, "bold")
        if each.fields:
            # Wide, so that no text is broken in the middle of a word; a terminal folds it.
            text = yaml.safe_dump(plain_all(each.fields), sort_keys=False, allow_unicode=True, width=1_000)
            yield _indented(plain(text.rstrip()), 8, "dim")
    if one.found is not None and one.found > len(one.objects) and one.objects:
        yield _indented(f"… {one.found - len(one.objects)} more", 6, "dim")


def _expression(one: ExpressionAccount) -> Iterator[RenderableType]:
    yield _line(_RESULTS[one.result], line(one.text) or f"({one.note})", 2)
    if one.note and one.text:
        yield _indented(f"({line(one.note)})", 6)
    if one.part:
        yield from _below(one.part, 6)


def _below(part: Part, indent: int) -> Iterator[RenderableType]:
    for value in part.values:
        yield _indented(f"{line(value.of)}: {line(value.value)}", indent, "dim")
    for each in part.parts:
        yield _line(_RESULTS[each.result], line(each.text), indent)
        yield from _below(each, indent + 4)
    if part.more:
        yield _indented(f"… {part.more} more", indent, "dim")


def _line(verdict: str, text: str, indent: int = 0) -> RenderableType:
    """A text behind the symbol of a verdict."""
    behind = hanging((Text(SYMBOLS[verdict], style=STYLES[verdict]), Wrapped(text)))
    return Padding(behind, (0, 0, 0, indent))


def _indented(text: str, indent: int, style: str = "") -> RenderableType:
    return Padding(Wrapped(text, style=style), (0, 0, 0, indent))


def _short(value: object) -> str:
    text = line(
        str(yaml.safe_dump(plain_all(value), default_flow_style=True, allow_unicode=True, width=1_000))
    )
    text = text.removesuffix(" ...")
    return text if len(text) <= _WIDE * 2 else f"{text[: _WIDE * 2 - 1]}…"
