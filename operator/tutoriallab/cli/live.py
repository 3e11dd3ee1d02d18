"""What `watch` draws: as much of a lab as the screen holds, what matters least cut first. Pure; called by `watch.py`.

First the map goes, then the checks that passed become one line and what was said already is not said again, then the
task is cut, then the words of all failing checks but the first. The key `m` puts the map before the task.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from msgspec import structs
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.segment import Segment
from rich.text import Text

from tutoriallab.cli.map import Map
from tutoriallab.cli.markdown import Task, Wrapped, cut, inline
from tutoriallab.cli.page import CheckLine, Page, StepPage
from tutoriallab.cli.program import program
from tutoriallab.cli.repeated import said_once
from tutoriallab.cli.show import STYLES, SYMBOLS, check_line, head, hint, step_title, without_step
from tutoriallab.cli.show_map import Chart
from tutoriallab.cli.words import word
from tutoriallab.lab.plain import line

Line = list[Segment]

#: Columns below which a check's words stand below its verdict.
NARROW = 60
#: Lines of its task that are worth a place: less of it says nothing.
_LEAST = 3
#: Lines that a note may take.
_NOTE = 2


@dataclass(frozen=True)
class Frame:
    """One screen."""

    shown: Page
    where: Map | None = None
    note: str = ""
    keys: bool = True
    """Whether keys are read; else the last line names Ctrl-C."""
    map_first: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        height = options.height or options.size.height
        for made in _Screen(self, console, options).lines(height):
            yield from made
            yield Segment.line()


class _Plan(NamedTuple):
    """How a step is shown; with `task` None its task is whole, else cut, to no less than so many lines."""

    chart: Literal["full", "small", ""]
    task: int | None = None
    fold: bool = False
    """Passed checks are one line, no message is repeated, and of the hints only the newest is shown."""
    brief: bool = False
    """Checks that fail are a line each, but the first."""
    tight: bool = False
    """No empty lines."""


#: The first that fits is taken; the last is cut where the screen ends.
_PLANS = (
    _Plan("full"),
    _Plan("small"),
    _Plan(""),
    _Plan("", fold=True),
    _Plan("", _LEAST, fold=True),
    _Plan("", 0, fold=True),
    _Plan("", 0, fold=True, brief=True),
    _Plan("", 0, fold=True, brief=True, tight=True),
)
_MAP_FIRST = (
    _Plan("full"),
    _Plan("full", _LEAST, fold=True),
    _Plan("full", 0, fold=True),
    _Plan("full", 0, fold=True, brief=True),
    _Plan("small", 0, fold=True, brief=True),
    _Plan("small", 0, fold=True, brief=True, tight=True),
)


class _Screen:
    """One frame on a console: its parts in lines of the console's width."""

    def __init__(self, frame: Frame, console: Console, options: ConsoleOptions) -> None:
        self._frame, self._page, self._console = frame, frame.shown, console
        self._width = options.max_width
        self._options = options.update(width=self._width, height=None)

    def lines(self, height: int) -> list[Line]:
        """The screen's lines, the keys in the last of them."""
        top = self._made(head(self._page, narrow=self._width < NARROW))
        if self._frame.note:
            top += self._note(self._frame.note)
        room = max(0, height - len(top) - 1)
        if self._page.step is None:
            body, chart = self._made(*without_step(self._page)), True
        else:
            body, chart = self._step(self._page.step, room)
        if len(body) > room:
            body = [*body[: max(0, room - 1)], *self._rest()][:room]
        blank = [list[Segment]() for _ in range(room - len(body))]
        return [*top, *body, *blank, *self._made(self._footer(chart))][-height:]

    def _note(self, text: str) -> list[Line]:
        """A note of at most two lines, with … where it is cut."""
        lines = self._made(Wrapped(line(text), style="yellow"))
        if len(lines) <= _NOTE:
            return lines
        rest = " ".join("".join(segment.text for segment in one).strip() for one in lines[_NOTE - 1 :])
        return [*lines[: _NOTE - 1], *self._made(cut(Text(rest, style="yellow")))]

    def _step(self, step: StepPage, room: int) -> tuple[list[Line], bool]:
        """The step's lines, and whether the map is among them in full."""
        task = self._made(Rule(style="dim", characters="─"), Task(step.task))
        plans = _MAP_FIRST if self._frame.map_first else _PLANS
        for plan in plans:
            above, below = self._above(step, plan), self._below(plan)
            left = room - len(above) - len(below)
            if left >= (len(task) if plan.task is None else min(plan.task, len(task))):
                break
        shown = self._cut(task, left)
        if not shown and above and not any(segment.text.strip() for segment in above[-1]):
            above.pop()
        return [*above, *shown, *below], plan.chart == "full"

    def _above(self, step: StepPage, plan: _Plan) -> list[Line]:
        space = [] if plan.tight else [Text()]
        made = self._made(cut(step_title(self._page, step)), *space, *self._checks(step, plan))
        if self._page.phase != "Active":
            made += self._made(*space, *without_step(self._page))
        numbered = list(enumerate(step.hints, start=1))
        for number, text in numbered[-1:] if plan.fold else numbered:
            made += self._made(*space, hint(self._page, number, text))
        return [*made, *self._made(*space)]

    def _below(self, plan: _Plan) -> list[Line]:
        if not plan.chart or self._frame.where is None:
            return []
        space = [] if plan.tight else [Text()]
        return self._made(*space, Chart(self._frame.where, self._page.language, small=plan.chart == "small"))

    def _checks(self, step: StepPage, plan: _Plan) -> Iterator[RenderableType]:
        passed = [check for check in step.checks if check.verdict == "Passed"]
        if plan.fold and len(passed) > 1:
            yield self._passed(passed)
        first, said = True, set[str]()
        for check, once in zip(step.checks, said_once(step.checks, self._page.language), strict=True):
            if check.verdict == "Passed" and plan.fold and len(passed) > 1:
                continue
            if plan.brief and not (first and check.verdict != "Passed"):
                yield self._brief(check)
            else:
                again = plan.fold and check.message in said
                told = structs.replace(check, message="") if again else once
                yield check_line(self._page, told, narrow=self._width < NARROW)
            first = first and check.verdict == "Passed"
            said.add(check.message)

    def _passed(self, checks: list[CheckLine]) -> Text:
        names = ", ".join(line(check.name) for check in checks)
        told = word(self._page.language, "passed", count=len(checks), names=names)
        return self._verdict("Passed").append(told, style="")

    def _brief(self, check: CheckLine) -> Text:
        return self._verdict(check.shown).append_text(inline(line(check.says)))

    def _verdict(self, verdict: str) -> Text:
        told = word(self._page.language, verdict)
        blanks = 1 if self._width < NARROW else max(0, 8 - cell_len(told))
        made = Text(f" {SYMBOLS[verdict]} {told}{' ' * blanks} ", style=STYLES[verdict])
        return cut(Text().append_text(made))

    def _cut(self, task: list[Line], room: int) -> list[Line]:
        if len(task) <= room:
            return task
        # Between its rule and its last line there is room for text, or there is nothing.
        return [*task[: room - 1], *self._rest()] if room >= _LEAST else []

    def _rest(self) -> list[Line]:
        """Where the rest of what is cut can be read."""
        rest = word(self._page.language, "rest", program=program(), lab=self._page.lab)
        return self._made(cut(Text(rest, style="dim")))

    def _footer(self, chart: bool) -> Text:
        told, step, language = list[str](), self._page.step, self._page.language
        if not self._frame.keys:
            told.append(word(language, "ctrl_c"))
        else:
            if step and step.hints_left:
                told.append(word(language, "key_hint", left=step.hints_left))
            if step and self._frame.where and (self._frame.map_first or not chart):
                told.append(word(language, "key_task" if self._frame.map_first else "key_map"))
            told.append(word(language, "key_quit"))
        return cut(Text(" · ".join(told), style="dim"))

    def _made(self, *parts: RenderableType) -> list[Line]:
        """The parts' lines; what is wider than the screen, such as a command, goes on in the next line."""
        if not parts:
            return []
        made: list[Line] = []
        for whole in Segment.split_lines(self._console.render(Group(*parts), self._options)):
            wide = Segment.get_line_length(whole)
            ends = range(self._width, wide + self._width, self._width)
            made += list(Segment.divide(whole, ends)) if wide > self._width else [whole]
        return made
