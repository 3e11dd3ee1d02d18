"""A lab's Markdown on a terminal: commands stay on one line and whole, so that they can be copied.

Called by `show.py`. Rich's own code blocks are padded and coloured boxes; links become text, never terminal links.
"""

import re
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod, RenderableType, RenderResult
from rich.containers import Lines
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, Paragraph
from rich.table import Table
from rich.text import Text

INDENT = "    "
#: A word with the blanks after it, or one wide character; closing marks stay with what is before them.
_WIDE = r"[\u2e80-\u303f\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
_CLOSING = r"[，。；：？！、）》」』”’,.;:?!)\]]"
_UNIT = re.compile(rf"[（《「『“‘]*(?:{_WIDE}|(?:(?!{_WIDE})\S)+){_CLOSING}*\s*|\s+")
_SPAN = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*")


class Wrapped(Text):
    """Text that also breaks between Chinese characters: Rich breaks only at blanks, which Chinese has not."""

    def wrap(
        self,
        console: Console,  # noqa: ARG002
        width: int,
        *,
        justify: JustifyMethod | None = None,  # noqa: ARG002
        overflow: OverflowMethod | None = None,  # noqa: ARG002
        tab_size: int = 8,
        no_wrap: bool | None = None,  # noqa: ARG002
    ) -> Lines:
        """The lines of at most `width` cells."""
        made = Lines()
        for whole in self.split(allow_blank=True):
            whole.expand_tabs(tab_size)
            for part in whole.divide(breaks(whole.plain, width)):
                part.rstrip()
                made.append(part)
        return made


def breaks(text: str, width: int) -> list[int]:
    """Where a line of text is broken so that no part is wider than `width` cells, blanks at its end aside."""
    found: list[int] = []
    used = 0
    for unit in _UNIT.finditer(text):
        wide = cell_len(unit[0].rstrip())
        if used and used + wide > width:
            found.append(unit.start())
            used = 0
        # What is wider than a line, such as a path, is cut.
        at = unit.start()
        for character in unit[0] if wide > width else "":
            if used + cell_len(character) > width:
                found.append(at)
                used = 0
            used += cell_len(character)
            at += 1
        used += 0 if wide > width else cell_len(unit[0])
    return found


def cut(text: Text) -> Text:
    """The text on one line, with … where the line ends before it does."""
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def hanging(*rows: Sequence[RenderableType], wide: int = 0) -> Table:
    """Rows whose last cell is folded where it begins; a symbol or a word before it stays whole.

    `wide`: columns of the cell before the last, at least.
    """
    table = Table.grid(padding=(0, 1, 0, 0))
    for number in range(2, len(rows[0]) + 1):
        table.add_column(no_wrap=True, min_width=wide if number == len(rows[0]) else None)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def inline(text: str) -> Text:
    """One line of Markdown: code and bold are styled, everything else stays as it is."""
    made, end = Wrapped(), 0
    for span in _SPAN.finditer(text):
        made.append(text[end : span.start()])
        made.append(span[1] or span[2], style="bold cyan" if span[1] else "bold")
        end = span.end()
    return made.append(text[end:])


class _Paragraph(Paragraph):
    """A paragraph at the left margin that breaks between Chinese characters."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Wrapped().append_text(self.text)


class _Commands(CodeBlock):
    """A code block: indented, never wrapped, not padded."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in str(self.text).rstrip().split("\n"):
            yield Text(INDENT + line, style="bold cyan", no_wrap=True, overflow="ignore")


class _LeftHeading(Heading):
    """A heading at the left margin; Rich centres them."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        self.text.stylize("bold")
        yield self.text


class Task(Markdown):
    """Markdown of a lab."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "fence": _Commands,
        "code_block": _Commands,
        "paragraph_open": _Paragraph,
        "heading_open": _LeftHeading,
    }

    def __init__(self, text: str) -> None:
        super().__init__(text, hyperlinks=False)
