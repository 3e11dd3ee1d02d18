"""Plays a first session on an embedded cluster and records it: docs/first-session.cast, and a picture of it.

`make cast` runs it, in a home of its own. What is typed comes at a person's speed, waiting is cut, and everything that
is seen is what the programs said. Nothing of the machine may be in it: it ends with an error if it finds such a thing.
"""

import codecs
import getpass
import json
import os
import pty
import random
import re
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fcntl import ioctl
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

from tutoriallab.cluster.pins import EMBEDDED
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Silent

ROOT = Path(__file__).resolve().parent.parent
CAST = ROOT / "docs" / "first-session.cast"
PICTURE = ROOT / "docs" / "first-session.svg"
TITLE = "A first session with tutoriallab"
COLUMNS, LINES = 84, 32
#: Seconds that a command's output takes at most in the recording, and that a step may really take.
RUN, PATIENCE = 4.0, 180.0
#: Seconds between keys, and to read what came.
KEYS, READ = (0.03, 0.11), 2.5
#: The shell's prompt begins with this, which no terminal shows and no program says: so its end is known.
MARK = "\x1b]133;A\x07"
MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx-deployment
spec:
  selector:
    matchLabels: {app: nginx}
  template:
    metadata:
      labels: {app: nginx}
    spec:
      containers:
      - name: nginx
        image: nginx:1.7.9
        resources:
          requests: {memory: 64Gi}
"""
#: Seconds in which what comes is one event: no eye sees more, and a bar that moves is not a file of megabytes.
MOMENT = 0.1
#: A line that is cleared before anybody has seen it.
_UNSEEN = re.compile(r"\r\x1b\[2K[^\n]*?(?=\r\x1b\[2K)")
_CSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ROW = re.compile(r"\x1b\[\d+;1H")


class Event(NamedTuple):
    """What appeared on the terminal, and when in the recording, in seconds."""

    at: float
    text: str


def main() -> None:
    """Record the session, and write the cast and the picture."""
    programs = obtain(EMBEDDED, Places.from_environment(os.environ), Silent())
    with tempfile.TemporaryDirectory(prefix="first-session-") as folder:
        home = Path(folder)
        environment = _environment(home, programs)
        with _shell(environment, home) as shell:
            try:
                picture = play(shell)
            finally:
                print("Taking the cluster away", file=sys.stderr)
                down = ["tutoriallab", "down"]
                subprocess.run(down, env=environment, cwd=home, check=True, capture_output=True)
        events = scrubbed(shell.events, {str(home): "~", MARK: ""})
        found = leaks("".join(event.text for event in events), str(home))
        if found:
            raise SystemExit(f"The recording names what is this machine's alone: {', '.join(found)}.")
    CAST.write_text(cast(events), encoding="utf-8")
    PICTURE.write_text(svg(picture), encoding="utf-8")
    print(f"{CAST} and {PICTURE} are written ({events[-1].at:.0f} s).", file=sys.stderr)


def play(shell: "Shell") -> str:
    """The session; the frame of `watch` that tells most, as it was written to the terminal."""
    shell.runs("tutoriallab up --provider embedded")
    # A slip: without -n it is made in another namespace.
    shell.runs("kubectl create deployment nginx-deployment --image=nginx:1.7.9")
    with shell.watching():
        shell.shows(lambda told: "is in namespace default;" in flat(told), "where the Deployment was made", 3)
    shell.runs("kubectl delete deployment nginx-deployment")
    # And one that only the cluster can tell.
    shell.runs("cat nginx.yml")
    shell.runs("kubectl -n first-deployment apply -f nginx.yml")
    with shell.watching():
        shell.shows(lambda told: "Look: kubectl describe pod" in flat(told), "why the pod is Pending", 2)
        shell.press("m")
        shell.shows(lambda told: "Unschedulable" in told, "the map", 2)
        picture = shell.said.rpartition("\x1b[1;1H")[2]
    shell.runs("sed -i s/64Gi/64Mi/ nginx.yml && kubectl -n first-deployment apply -f nginx.yml")
    shell.runs("kubectl lab watch")
    shell.runs("kubectl lab next")
    return picture


class Shell:
    """bash in a terminal of its own; `events` is what is seen there, in the time of the recording."""

    def __init__(self, master: int) -> None:
        self._master = master
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        # The same rhythm each time; nothing secret is made of it.
        self._rhythm = random.Random(1)  # noqa: S311
        self._clock = 0.0
        self.events: list[Event] = []
        self.said = ""
        """What was said since the last command was begun."""

    def runs(self, command: str) -> None:
        """Type a command, wait until it has ended, and leave time to read."""
        print(f"$ {command}", file=sys.stderr)
        self.types(command)
        self.prompted()
        self.pause(READ)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """`watch` on the whole screen, until it is left by its key."""
        self.types("kubectl lab watch")
        yield
        self.press("q")
        self.prompted()

    def shows(self, holds: Callable[[str], bool], what: str, reads: int) -> None:
        """Wait until what was said since the last key is so, and leave that much time to read."""
        self.until(holds, what)
        self.pause(reads * READ)

    def types(self, command: str) -> None:
        """Type a command, key by key, and Enter."""
        for key in command:
            self._send(key)
            self._take(key.__eq__, f"the echo of {key}")
            self.pause(self._rhythm.uniform(*KEYS))
        self.pause(0.4)
        self._send("\r")

    def press(self, key: str) -> None:
        """Press a key that is not echoed."""
        self._send(key)

    def prompted(self) -> None:
        """Wait for the shell's prompt."""
        self.until(lambda told: told.endswith(f"{MARK}$ "), "the prompt")

    def until(self, holds: Callable[[str], bool], what: str) -> None:
        """Wait until what was said since the last key is so."""
        self._take(holds, what)

    def pause(self, seconds: float) -> None:
        """Let time pass in the recording."""
        self._clock += seconds

    def _send(self, key: str) -> None:
        self.said = ""
        os.write(self._master, key.encode())

    def _take(self, holds: Callable[[str], bool], what: str) -> None:
        begun, came = time.monotonic(), list[Event]()
        while not holds(self.said):
            if time.monotonic() - begun > PATIENCE:
                raise SystemExit(f"Nothing came for {PATIENCE:.0f} s, awaited: {what}. It said:\n{self.said}")
            if select.select([self._master], [], [], 0.2)[0]:
                text = self._decoder.decode(os.read(self._master, 1 << 16))
                came.append(Event(time.monotonic() - begun, text))
                self.said += text
        self.events += paced(came, self._clock)
        self._clock = self.events[-1].at if self.events else 0.0


def paced(came: Sequence[Event], clock: float) -> Iterator[Event]:
    """The events from `clock` on: all of them faster when they took longer than RUN, those of a moment as one."""
    pace = min(1.0, RUN / came[-1].at) if came and came[-1].at else 1.0
    held: Event | None = None
    for event in came:
        at = round(clock + event.at * pace, 3)
        if held and at - held.at < MOMENT:
            held = Event(held.at, held.text + event.text)
            continue
        if held:
            yield held
        held = Event(at, event.text)
    if held:
        yield held


def scrubbed(events: Sequence[Event], instead: Mapping[str, str]) -> list[Event]:
    """The events with other words for these, without what nobody could see."""
    made = []
    for at, text in events:
        for word, other in instead.items():
            text = text.replace(word, other)  # noqa: PLW2901
        if text:
            made.append(Event(at, _UNSEEN.sub("", text)))
    return made


def flat(text: str) -> str:
    """What a text says, wherever its lines end."""
    return " ".join(_CSI.sub(" ", text).split())


def leaks(text: str, *more: str) -> list[str]:
    """Names and paths in a text that are of the machine where it was made."""
    plain = _CSI.sub("", text)
    words = {socket.gethostname(), *more}
    if getpass.getuser() != "root":
        words.add(getpass.getuser())
    paths = re.findall(r"(?<![\w.~/])/(?:tmp|root|home|Users|work|var|opt|mnt)/[^\s)]*", plain)
    return sorted({*paths, *(word for word in words if re.search(rf"\b{re.escape(word)}\b", plain))})


def cast(events: Sequence[Event]) -> str:
    """The recording in asciinema's format, version 2."""
    header = {
        "version": 2,
        "width": COLUMNS,
        "height": LINES,
        "title": TITLE,
        "env": {"TERM": "xterm-256color", "SHELL": "/bin/bash"},
    }
    rows: list[object] = [header, *([event.at, "o", event.text] for event in events)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def svg(frame: str) -> str:
    """A picture of a frame; it names no fonts of other sites, so that it loads nothing."""
    console = Console(file=StringIO(), record=True, width=COLUMNS, force_terminal=True, highlight=False)
    for row in _ROW.split(frame):
        console.print(Text.from_ansi(row), no_wrap=True, crop=True)
    made = console.export_svg(title="kubectl lab watch", theme=SVG_EXPORT_THEME, unique_id="first-session")
    made = re.sub(r"\s*@font-face \{.*?\}\n", "\n", made, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in made.splitlines()) + "\n"


def _environment(home: Path, programs: Mapping[str, Path]) -> dict[str, str]:
    tools = home / "bin"
    tools.mkdir()
    (tools / "kubectl").symlink_to(programs["kubectl"])
    for name in ("tutoriallab", "kubectl-lab"):
        (tools / name).symlink_to(Path(sys.executable).parent / name)
    (home / "nginx.yml").write_text(MANIFEST, encoding="utf-8")
    (home / ".inputrc").write_text("set enable-bracketed-paste off\n", encoding="utf-8")
    named = {f"TUTORIALLAB_{name.upper().replace('-', '_')}": str(path) for name, path in programs.items()}
    return {
        **named,
        "HOME": str(home),
        "PATH": f"{tools}:/usr/bin:/bin",
        "PS1": f"\\[{MARK}\\]$ ",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HISTFILE": "",
    }


@contextmanager
def _shell(environment: Mapping[str, str], home: Path) -> Iterator[Shell]:
    bash = shutil.which("bash") or "/bin/bash"
    master, slave = pty.openpty()
    ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["setsid", "--ctty", bash, "--norc", "--noprofile", "-i"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        cwd=home,
    )
    os.close(slave)
    try:
        shell = Shell(master)
        shell.prompted()
        shell.pause(1.0)
        yield shell
    finally:
        process.kill()
        process.wait()
        os.close(master)


if __name__ == "__main__":
    main()
