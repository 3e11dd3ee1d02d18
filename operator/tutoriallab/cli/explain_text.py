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
from tutoriallab.cli.words import word
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


def render(lab: str, found: Sequence[Told], language: str = "en") -> RenderableType:
    """All checks, one below the other."""
    return Group(*(part for one in found for part in _check(lab, one, language)))


def _check(lab: str, told: Told, language: str) -> Iterator[RenderableType]:
    one = told.account
    verdict = one.operator.verdict if one.operator else "Unseen"
    state = word(language, f"step_{told.state}")
    yield Text.assemble((f"{lab}: {told.step}/{one.check}", "bold"), f"  {state}")
    yield Rule(style="dim", characters="─")
    yield inline(line(told.says))
    yield Text()
    yield _line(verdict, word(language, "operator_says", judged=_judged(one.operator, language)))
    if one.withheld:
        yield _line("Unseen", word(language, "sentence", text=one.withheld))
        yield Text()
        return
    yield from _here(one, language)
    if one.given:
        yield _heading("given", language)
        for given in one.given:
            yield from _given(given, language)
    if one.values:
        yield _heading("values", language)
        for name, value in one.values.items():
            yield _indented(f"{name}: {_short(value)}", 2)
    yield _heading("expects", language)
    for expression in one.expressions:
        yield from _expression(expression, language)
    if one.notes:
        yield _heading("to_know", language)
        for note in one.notes:
            yield _indented(word(language, "sentence", text=line(note)), 2)
    yield Text()


def _heading(name: str, language: str) -> Text:
    return Text(f"\n{word(language, name)}", style="bold")


def _here(one: Account, language: str) -> Iterator[RenderableType]:
    if one.here is None:
        yield _line("Unseen", word(language, "here_unseen"))
    elif one.operator is None or (one.here.verdict, one.here.reason) != (
        one.operator.verdict,
        one.operator.reason,
    ):
        yield _line(one.here.verdict, word(language, "here_says", judged=_judged(one.here, language)))


def _judged(one: Judged | None, language: str) -> str:
    if one is None:
        return word(language, "not_judged")
    told = {"verdict": word(language, one.verdict), "reason": one.reason}
    if not one.message:
        return word(language, "judged", **told)
    return word(language, "judged_says", **told, message=line(one.message))


def _given(one: GivenAccount, language: str) -> Iterator[RenderableType]:
    extra = [one.pick and f"pick {one.pick}", one.optional and "optional"]
    more = "".join(f", {text}" for text in extra if text)
    count = "" if not one.found or one.found == len(one.objects) == 1 else f": {one.found}"
    yield _indented(f"{one.name} = {one.selects}{more}{count}", 2)
    if one.where:
        yield _indented(f"where {line(one.where)}", 6)
    if one.note:
        yield _indented(word(language, "remark", text=line(one.note)), 6)
    for each in one.objects:
        if one.found != 1 or each.name not in one.selects:
            yield _indented(line(each.name), 6, "bold")
        if each.fields:
            # Wide, so that no text is broken in the middle of a word; a terminal folds it.
            text = yaml.safe_dump(plain_all(each.fields), sort_keys=False, allow_unicode=True, width=1_000)
            yield _indented(plain(text.rstrip()), 8, "dim")
    if one.found is not None and one.found > len(one.objects) and one.objects:
        yield _indented(word(language, "more", count=one.found - len(one.objects)), 6, "dim")


def _expression(one: ExpressionAccount, language: str) -> Iterator[RenderableType]:
    note = word(language, "remark", text=line(one.note))
    yield _line(_RESULTS[one.result], line(one.text) or note, 2)
    if one.note and one.text:
        yield _indented(note, 6)
    if one.part:
        yield from _below(one.part, 6, language)


def _below(part: Part, indent: int, language: str) -> Iterator[RenderableType]:
    for value in part.values:
        yield _indented(f"{line(value.of)}: {line(value.value)}", indent, "dim")
    for each in part.parts:
        yield _line(_RESULTS[each.result], line(each.text), indent)
        yield from _below(each, indent + 4, language)
    if part.more:
        yield _indented(word(language, "more", count=part.more), indent, "dim")


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
