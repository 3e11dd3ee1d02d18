"""Where output goes: people's pages to a console, programs' JSON to stdout. Called by every command."""

import json
import os
import sys
from typing import Any

from rich.console import Console, RenderableType

from tutoriallab.lab.plain import plain, plain_all

#: Columns: wider lines are hard to read, and a pipe has no width of its own.
WIDEST = 100
PIPE = 80


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, 100 columns at most; 80 where there is none. NO_COLOR is honoured."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=False)
    columns = made.width if made.is_terminal or os.environ.get("COLUMNS") else PIPE
    made.width = min(columns, WIDEST)
    return made


def show(*renderables: RenderableType) -> None:
    """Print on stdout. Commands longer than a line stay whole; a pipe gets no trailing blanks."""
    screen = console()
    with screen.capture() as captured:
        screen.print(*renderables, sep="\n", crop=False)
    text = captured.get()
    if not screen.is_terminal:
        text = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    sys.stdout.write(text)
    sys.stdout.flush()


def say(text: str) -> None:
    """Print one line of our own, wrapped by nobody but the terminal."""
    sys.stdout.write(plain(text) + "\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """Say on stderr what is going on, beside what a program may read from stdout."""
    sys.stderr.write(plain(text) + "\n")
    sys.stderr.flush()


def show_json(value: Any) -> None:
    """Print a value for programs."""
    say(json.dumps(plain_all(value), ensure_ascii=False, indent=2))
