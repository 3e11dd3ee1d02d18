"""The terminal while `watch` has it: a screen of its own, keys as they are pressed, its size; put back in the end.

Keys and signals become calls of `tell`, which has to be safe in a thread.
"""

import os
import re
import select
import signal
import sys
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from rich.console import Console, RenderableType
from rich.control import Control

from tutoriallab.cli.screen import WIDEST

#: What is told beside the keys themselves.
RESIZED, SUSPENDED, ENDED, INTERRUPTED = "resized", "suspended", "ended", "interrupted"
_SIGNALS = {
    signal.SIGWINCH: RESIZED,
    signal.SIGTSTP: SUSPENDED,
    signal.SIGTERM: ENDED,
    signal.SIGHUP: ENDED,
}
#: Arrows and their like: several characters behind an escape, which may come together with what is typed next.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)
#: For a terminal that does not know its own size.
_SIZE = os.terminal_size((80, 24))


class Terminal:
    """Ours from `with` on. Ctrl-C stays the exception that it is."""

    def __init__(self, screen: Console, tell: Callable[[str], None]) -> None:
        self._console, self._tell = screen, tell
        self._open = ExitStack()
        self._drawn: tuple[os.terminal_size, RenderableType] | None = None
        self.keys = False
        """Whether keys are read: not where stdin is no terminal, or another program's in the foreground."""

    def __enter__(self) -> "Terminal":
        with ExitStack() as stack:
            stack.enter_context(_handlers(self._tell))
            self._enter(stack)
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        # A terminal that is gone cannot be put back.
        with suppress(OSError, termios.error):
            self._open.close()

    def draw(self, what: RenderableType) -> None:
        """Fill the screen with it, in the size that it has now; what stands there already is left alone."""
        size = _size()
        if self._drawn == (size, what):
            return
        if self._drawn is None or self._drawn[0] != size:
            self._console.size = (min(size.columns, WIDEST), size.lines)
            self._console.control(Control.clear())
        self._drawn = size, what
        self._console.update_screen(what)

    def suspend(self) -> None:
        """Ctrl-Z: give the terminal back, stop, and take it again when the shell lets us go on."""
        self.__exit__()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._drawn = None
        self.__enter__()

    def _enter(self, stack: ExitStack) -> None:
        stack.enter_context(self._console.screen())
        self.keys = _reads_keys()
        if self.keys:
            stack.enter_context(_keys(self._tell))


def _size() -> os.terminal_size:
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except OSError:
        return _SIZE
    return size if size.columns and size.lines else _SIZE


def _reads_keys() -> bool:
    try:
        keyboard = sys.stdin.fileno()
        return os.isatty(keyboard) and os.tcgetpgrp(keyboard) == os.getpgrp()
    except (OSError, ValueError):
        return False


@contextmanager
def _handlers(tell: Callable[[str], None]) -> Iterator[None]:
    """Each signal as it comes, told by a thread.

    A handler of Python's runs in the main thread, and one that comes just before that thread falls asleep runs only
    when it wakes up again; what the interpreter writes to the wake-up descriptor is there at once. Ctrl-C is told,
    too: it wakes the main thread up, which then raises its exception.
    """
    come, comes = os.pipe()
    os.set_blocking(comes, False)
    reader = threading.Thread(target=_signals, args=(come, tell), daemon=True)
    woken = signal.set_wakeup_fd(comes, warn_on_full_buffer=False)
    former: dict[signal.Signals, Any] = {}
    try:
        reader.start()
        for number in _SIGNALS:
            former[number] = signal.signal(number, lambda *_: None)
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        os.close(comes)
        reader.join()
        os.close(come)


def _signals(come: int, tell: Callable[[str], None]) -> None:
    while numbers := os.read(come, 64):
        for number in numbers:
            tell(_SIGNALS.get(signal.Signals(number), INTERRUPTED))


@contextmanager
def _keys(tell: Callable[[str], None]) -> Iterator[None]:
    """Each key as it is pressed, without an echo; what was typed ahead is not left for the shell."""
    keyboard = sys.stdin.fileno()
    former = termios.tcgetattr(keyboard)
    ended, end = os.pipe()
    reader = threading.Thread(target=_read, args=(keyboard, ended, tell), daemon=True)
    try:
        tty.setcbreak(keyboard, termios.TCSANOW)
        reader.start()
        yield
    finally:
        os.close(end)
        if reader.ident:
            reader.join()
        os.close(ended)
        termios.tcsetattr(keyboard, termios.TCSAFLUSH, former)


def _read(keyboard: int, ended: int, tell: Callable[[str], None]) -> None:
    while True:
        ready, _, _ = select.select([keyboard, ended], [], [])
        if ended in ready:
            return
        try:
            read = os.read(keyboard, 64)
        except OSError:
            read = b""
        if not read:
            tell(ENDED)
            return
        for key in _ESCAPES.sub("", read.decode(errors="ignore")):
            tell(key)
