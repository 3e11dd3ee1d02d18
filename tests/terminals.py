"""A program in a terminal of its own: what it shows, keys that are pressed, sizes; for tests of `watch`."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from rich.cells import cell_len

_CSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ROW = re.compile(r"\x1b\[(\d+);1H")
ALT_ON, ALT_OFF = "\x1b[?1049h", "\x1b[?1049l"


def _rows(frame: str) -> list[str]:
    """The lines of a screen, each as wide as it is."""
    return [_CSI.sub("", row) for row in _ROW.split("\x1b[1;1H" + frame)[2::2]]


class InTerminal:
    """A process whose stdin, stdout and stderr are one pseudo-terminal, which it controls."""

    def __init__(
        self, argv: Sequence[str], environment: Mapping[str, str], columns: int = 80, lines: int = 24
    ) -> None:
        self._master, self._slave = pty.openpty()
        self.resize(columns, lines)
        self.before = self.modes()
        self.process = subprocess.Popen(
            argv,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env={**environment, "TERM": "xterm-256color"},
            preexec_fn=self._own,
        )
        self.raw = ""
        # A character may come in two parts.
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def _own(self) -> None:
        os.setsid()
        fcntl.ioctl(self._slave, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)
        os.close(self._slave)

    def modes(self) -> list[Any]:
        """The terminal's modes: echo, line by line, and so on."""
        return termios.tcgetattr(self._slave)

    def resize(self, columns: int, lines: int) -> None:
        """Another size; the kernel sends SIGWINCH."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._lines = lines

    def press(self, keys: str) -> None:
        """Keys, as from the keyboard."""
        os.write(self._master, keys.encode())

    def until(self, holds: Callable[[str], bool], what: str, seconds: float = 30.0) -> str:
        """Wait until the screen is so; the screen then."""
        deadline = time.monotonic() + seconds
        while not holds(self.screen()):
            left = deadline - time.monotonic()
            assert left > 0, f"{what}:\n{self.screen() or self.raw}"
            self.read(min(left, 0.2))
        return self.screen()

    def read(self, seconds: float) -> None:
        """Take what comes, for at most so long."""
        if select.select([self._master], [], [], seconds)[0]:
            self.raw += self._decoder.decode(os.read(self._master, 1 << 16))

    def ends(self, seconds: float = 10.0) -> int:
        """The exit code, once the process has ended."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"it goes on:\n{self.screen()}"
            self.read(0.1)
        self.read(0.1)
        return self.process.returncode

    def screen(self) -> str:
        """The last whole screen that was drawn while the program had one of its own."""
        frames = self.raw.rpartition(ALT_ON)[2].split("\x1b[1;1H")[1:]
        # What was drawn last may have come in part; what something was drawn after has come whole.
        rows = _rows(frames[-1]) if frames else []
        if len(rows) != self._lines or cell_len(rows[-1]) != cell_len(rows[0]):
            rows = _rows(frames[-2]) if len(frames) > 1 else []
        return "\n".join(row.rstrip() for row in rows)

    def left(self) -> str:
        """What was said after its own screen was closed."""
        return _CSI.sub("", self.raw.rpartition(ALT_OFF)[2])
