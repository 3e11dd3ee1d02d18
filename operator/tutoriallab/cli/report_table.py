"""The report for people, at 80 columns: a line a lab, below it what it still asks for. Pure; called by `report`."""

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tutoriallab.cli.markdown import Wrapped, hanging
from tutoriallab.cli.report_lab import LabReport
from tutoriallab.cli.show import STYLES, SYMBOLS
from tutoriallab.cli.words import phase_word
from tutoriallab.lab.plain import line

#: Columns behind the lab's name, with their widths: every lab is a table of its own, and all stand in line.
COLUMNS = (("PHASE", 9), ("STEPS", 5), ("SCORE", 9), ("STARTED (UTC)", 16), ("TIME", 10))


def render(reports: list[LabReport]) -> RenderableType:
    """Everything, by namespace."""
    return Group(*_parts(reports))


def _parts(reports: list[LabReport]) -> Iterator[RenderableType]:
    yield _row("LAB", *(title for title, _ in COLUMNS), style="bold")
    for namespace, labs in groupby(reports, key=lambda one: one.namespace):
        yield Text(namespace, style="bold")
        for one in labs:
            yield _row(f"  {one.lab}", *_cells(one), style="green" if one.completed else "")
            yield from _left(one)
    done = sum(one.completed for one in reports)
    yield Text(f"\n{summary(done, len(reports))}")


def summary(done: int, of: int) -> str:
    """How many labs are done, in a sentence."""
    return f"{done} of {of} {'lab' if of == 1 else 'labs'} completed."


def _cells(one: LabReport) -> tuple[str, ...]:
    return (
        phase_word("en", one.phase),
        f"{one.passed_steps}/{one.all_steps}",
        f"{one.score}/{one.max_score}",
        line(one.started_at[:16].replace("T", " ")),
        "" if one.seconds is None else took(one.seconds),
    )


def _row(lab: str, *cells: str, style: str) -> Table:
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.add_column(overflow="fold", ratio=1)
    for title, width in COLUMNS:
        table.add_column(no_wrap=True, width=width, justify="right" if title == "TIME" else "left")
    table.add_row(Text(lab, style=style), *(Text(cell, style=style) for cell in cells))
    return table


def _left(one: LabReport) -> Iterator[RenderableType]:
    if one.problem:
        yield _note("!", f"{phase_word('en', one.phase)}: {one.problem}", STYLES["Error"])
    for step, check in one.open_checks:
        text = f"{step}/{check.name}: {check.message or check.verdict}"
        yield _note(SYMBOLS[check.verdict], text, STYLES[check.verdict])


def _note(symbol: str, text: str, style: str) -> Table:
    return hanging((Text(f"    {symbol}", style=style), Wrapped(line(text), style=style)))


def took(seconds: float) -> str:
    """How long, for people: `45 s`, `12 min`, `1 h 05 min`."""
    if round(seconds) < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
