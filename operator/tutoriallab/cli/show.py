"""A lab's page as a person sees it, at 80 columns, with and without colours. Pure; called by the commands.

Verdicts are told by symbol and word, never by colour alone.
"""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from tutoriallab.cli.map import Map
from tutoriallab.cli.markdown import Task, Wrapped, hanging, inline
from tutoriallab.cli.page import CheckLine, Page, StepPage
from tutoriallab.cli.program import program
from tutoriallab.cli.repeated import said_once
from tutoriallab.cli.show_map import Chart
from tutoriallab.cli.words import phase_word, word
from tutoriallab.grade.reasons import ENDED
from tutoriallab.lab.plain import line
from tutoriallab.lab.workspace import HOME

#: By what stands in a verdict's place (`CheckLine.shown`).
SYMBOLS = {"Passed": "✓", "Failing": "✗", "Open": "?", "Waiting": "…", "Error": "!", "Unseen": "·"}
STYLES = {
    "Passed": "green",
    "Failing": "red",
    "Open": "yellow",
    "Waiting": "yellow",
    "Error": "bold red",
    "Unseen": "dim",
}


def whole(shown: Page, where: Map | None = None) -> RenderableType:
    """Everything that `status` tells."""
    return Group(*_whole(shown, where))


def head(shown: Page, *, narrow: bool = False) -> RenderableType:
    """One line: which lab, where it is, how far; and a rule. A narrow one leaves out that it is Active."""
    points = word(shown.language, "points", score=shown.score, max_score=shown.max_score)
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.add_column(overflow="ellipsis", no_wrap=True, ratio=1)
    table.add_column(no_wrap=True, justify="right")
    name = Text(shown.lab, style="bold")
    if shown.title != shown.lab:
        name.append(f"  {line(shown.title)}", style="not bold")
    phase = phase_word(shown.language, shown.phase)
    where = "" if narrow and shown.phase == "Active" else f"{phase}  "
    table.add_row(name, Text(f"{where}{shown.progress}  {points}"))
    return Group(table, Rule(style="dim", characters="─"))


def debrief(shown: Page) -> RenderableType:
    """The end of a lab: that it is done, and what happened."""
    done = word(shown.language, "done", of=shown.steps, score=shown.score, max_score=shown.max_score)
    parts: list[RenderableType] = [Text(f"{SYMBOLS['Passed']} {done}", style="bold green")]
    if shown.debrief:
        title = Text(word(shown.language, "debrief"), style="bold")
        parts += [Text(), title, Text(), Task(shown.debrief)]
    parts += [Text(), Text(f"{word(shown.language, 'go_on')} {program()} next{_where(shown)}")]
    return Group(*parts)


def check_line(shown: Page, check: CheckLine, *, narrow: bool = False) -> RenderableType:
    """One check: symbol, verdict, what it wants; below it what is seen. A narrow one wraps below its verdict."""
    style = STYLES[check.shown]
    symbol = Text(f" {SYMBOLS[check.shown]}", style=style)
    verdict = Text(word(shown.language, check.shown), style=style)
    says = inline(line(check.says))
    told: list[Text] = []
    if check.message and not check.hidden:
        told.append(Wrapped(line(check.message), style=style))
    if check.question and check.verdict != "Passed":
        ask = word(shown.language, "question", program=program(), lab=shown.lab, check=check.name)
        if check.choices:
            ask += "\n" + word(shown.language, "choices", choices=", ".join(check.choices))
        told.append(Text(ask, style="dim"))
    if narrow:
        first = Wrapped().append_text(verdict).append("  ").append_text(says)
        return hanging((symbol, first), *(("", one) for one in told))
    return hanging((symbol, verdict, says), *(("", "", one) for one in told), wide=8)


def hint(shown: Page, number: int, text: str) -> RenderableType:
    """One hint with its number."""
    of = len(shown.step.hints) + shown.step.hints_left if shown.step else number
    title = f"{word(shown.language, 'hints')} {number}/{of}"
    return Group(Text(title, style="bold yellow"), Padding(Task(text), (0, 0, 0, 2)))


def without_step(shown: Page) -> Iterator[RenderableType]:
    """What is told of a lab that has nothing to do: its end, or why it does not go on."""
    if shown.phase == "Completed":
        yield debrief(shown)
    elif shown.problem:
        yield _problem(shown)
    elif shown.next:
        yield Text(line(shown.next))
    else:
        yield Text(phase_word(shown.language, shown.phase))


def step_title(shown: Page, step: StepPage) -> Text:
    """Which step it is, of how many."""
    told = word(shown.language, "step", number=step.number, of=shown.steps, title=line(step.title))
    return Text(told, style="bold")


def _whole(shown: Page, where: Map | None) -> Iterator[RenderableType]:
    yield head(shown)
    if shown.step is None or shown.phase not in {"Active", "Preparing", "Pending"}:
        yield from without_step(shown)
        return
    yield step_title(shown, shown.step)
    yield Text()
    yield Task(shown.step.task)
    yield Text()
    yield Text(word(shown.language, "checks"), style="bold")
    yield from (check_line(shown, check) for check in said_once(shown.step.checks, shown.language))
    for number, text in enumerate(shown.step.hints, start=1):
        yield from (Text(), hint(shown, number, text))
    if where:
        yield from (Text(), Chart(where, shown.language))
    if shown.problem:
        yield from (Text(), _problem(shown))
    yield Text()
    yield _ways_on(shown, shown.step)


def _ways_on(shown: Page, step: StepPage) -> RenderableType:
    ways = {"files": "files", "hint": "hint", "live": "watch", "again": "restart-step", "over": "reset"}
    if not shown.files:
        del ways["files"]
    if not step.hints_left:
        del ways["hint"]
    if not any(check.reason in ENDED for check in step.checks):
        del ways["again"]
    table = Table.grid(padding=(0, 1, 0, 0))
    for name, command in ways.items():
        table.add_row(
            Text(word(shown.language, name), style="dim"),
            Text(f"{program()} {command} {shown.lab}{_where(shown)}"),
        )
    return table


def _where(shown: Page) -> str:
    """The option that a command needs for a lab that does not stand where it looks by itself."""
    return "" if shown.namespace == HOME else f" -n {shown.namespace}"


def _problem(shown: Page) -> Text:
    return Text(f"{phase_word(shown.language, shown.phase)}: {line(shown.problem)}", style="bold red")
