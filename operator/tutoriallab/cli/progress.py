"""What is under way, as `cluster/` tells it: a bar that moves in a terminal, lines in a pipe. Called by up and down."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from tutoriallab.cli.screen import console
from tutoriallab.cluster.progress import Progress as Reports
from tutoriallab.lab.plain import line

#: Seconds between two lines about the same work, in a pipe.
QUIET = 10.0


@contextmanager
def progress() -> Iterator[Reports]:
    """Reports what is under way on stderr until the block is left."""
    screen = console(stderr=True)
    if not screen.is_terminal or screen.is_dumb_terminal:
        yield Lines(screen)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as bars:
        yield Bar(bars)


class Bar:
    """One bar, redrawn in place; notes stay above it."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None
        self._work = ""

    def step(self, text: str, done: float, total: float) -> None:
        """Move the bar; work of another name starts it anew."""
        work = _work(text)
        if self._task is None or work != self._work:
            if self._task is not None:
                self._bars.remove_task(self._task)
            self._task, self._work = self._bars.add_task(line(text), total=None), work
        self._bars.update(self._task, description=line(text), completed=done, total=total or None)

    def note(self, text: str) -> None:
        """A sentence that stays."""
        self._bars.console.print(line(text))


class Lines:
    """A line for each new work, and for long work one every 10 seconds."""

    def __init__(self, screen: Console) -> None:
        self._screen = screen
        self._work = ""
        self._said = 0.0

    def step(self, text: str, done: float, total: float) -> None:  # noqa: ARG002
        """Print it when it is new or was last told long ago."""
        now = time.monotonic()
        if _work(text) != self._work or now - self._said > QUIET:
            self._work, self._said = _work(text), now
            self.note(text)

    def note(self, text: str) -> None:
        """Print it."""
        self._screen.print(line(text), soft_wrap=True)


def _work(text: str) -> str:
    """Which work a text speaks of: what stands before its numbers."""
    return re.split(r": ", text, maxsplit=1)[0]
