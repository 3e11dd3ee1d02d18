"""The screen of `watch` at work: what comes from the cluster and the keyboard, and what is drawn of it.

Everything that happens goes through one queue; only the main thread draws.
"""

import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import typer
from rich.console import Console

from tutoriallab.cli.error import CliError
from tutoriallab.cli.hint import one_more
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.live import Frame
from tutoriallab.cli.map import draw_up
from tutoriallab.cli.page import Page, page
from tutoriallab.cli.program import program
from tutoriallab.cli.sighting import Sighting
from tutoriallab.cli.stream import Happened, follow
from tutoriallab.cli.terminal import ENDED, SUSPENDED, Terminal
from tutoriallab.cli.words import word
from tutoriallab.status.seen import Seen

#: Seconds between two looks at whether the stream shall end, and between two draws of the seconds without a cluster.
_TICK = 0.2
_CLOCK = 1.0


@dataclass(frozen=True)
class _Failed:
    """A command of ours was refused: for good when it was the lab's stream, else a note."""

    error: CliError
    final: bool


_Event = Happened | _Failed | str


class Companion:
    """One run of the screen; `str` events are keys, what the terminal tells, and `seen` for a new map."""

    def __init__(self, kubectl: Kubectl, lab: Seen, language: str) -> None:
        self._kubectl, self._lab, self._language = kubectl, lab, language
        self._events: SimpleQueue[_Event] = SimpleQueue()
        self._over = threading.Event()
        self._lost: tuple[float, str, str] | None = None
        self._note = ""
        self._map_first = False
        self._asking = False

    def run(self, screen: Console) -> Page | None:
        """The last page once the lab is done, None when it is deleted; `q` ends the command with exit code 0."""
        done = self._done()
        if done:
            return done
        stream = threading.Thread(target=self._follow, daemon=True)
        stream.start()
        try:
            sighting = Sighting(self._kubectl, self._lab.workspace, lambda: self._events.put("seen"))
            with sighting, Terminal(screen, self._events.put) as terminal:
                while not done:
                    terminal.draw(self._frame(sighting, terminal))
                    for event in self._come():
                        if isinstance(event, Happened) and event.kind == "gone":
                            return None
                        self._take(event, terminal)
                    done = self._done()
            return done
        finally:
            self._over.set()
            # A call that waits for the cluster ends by itself; nobody waits for it.
            stream.join(2 * _TICK)

    def _done(self) -> Page | None:
        shown = page(self._lab, self._language)
        return shown if shown.phase == "Completed" else None

    def _frame(self, sighting: Sighting, terminal: Terminal) -> Frame:
        sight = sighting.sight
        note = self._note
        if self._lost:
            begun, since, why = self._lost
            seconds = round(time.monotonic() - begun)
            note = word(self._tongue, "lost", since=since, seconds=seconds, why=why)
        return Frame(
            page(self._lab, self._language),
            draw_up(sight, self._lab.status.nodes) if sight else None,
            note,
            terminal.keys,
            self._map_first,
        )

    @property
    def _tongue(self) -> str:
        return self._lab.speaks(self._language)

    def _come(self) -> list[_Event]:
        """All that came meanwhile; waits for the first, or until the clock has to be drawn anew."""
        with suppress(Empty):
            come = [self._events.get(timeout=_CLOCK if self._lost else None)]
            while not self._events.empty():
                come.append(self._events.get())
            return come
        return []

    def _take(self, event: _Event, terminal: Terminal) -> None:
        if isinstance(event, Happened):
            self._happened(event)
        elif isinstance(event, _Failed):
            if event.final:
                raise event.error
            self._note, self._asking = str(event.error), False
        elif event in {"q", "Q"}:
            raise typer.Exit(0)
        elif event == ENDED:
            raise typer.Exit(143)
        elif event == SUSPENDED:
            terminal.suspend()
        elif event in {"m", "M"}:
            self._map_first = not self._map_first
        elif event in {"h", "H"}:
            self._hint()

    def _happened(self, happened: Happened) -> None:
        if happened.lab:
            before, self._lab = self._lab, happened.lab
            self._lost = None
            if (
                before.annotations != happened.lab.annotations
                or before.status.step != happened.lab.status.step
            ):
                self._note, self._asking = "", False
        elif happened.kind == "lost":
            begun, since = self._lost[:2] if self._lost else (time.monotonic(), time.strftime("%H:%M:%S"))
            self._lost = begun, since, happened.text

    def _hint(self) -> None:
        """Ask for one more hint; it comes with the lab's next change, never with an older state of the lab."""
        step = page(self._lab, self._language).step
        if step is None or self._asking:
            return
        if not step.hints_left:
            self._note = word(self._tongue, "no_hints", program=program(), lab=self._lab.name)
            return
        self._asking = True
        threading.Thread(target=self._ask, args=(self._lab,), daemon=True).start()

    def _ask(self, lab: Seen) -> None:
        try:
            one_more(self._kubectl, lab)
        except CliError as refused:
            self._events.put(_Failed(refused, final=False))

    def _follow(self) -> None:
        try:
            with closing(follow(self._kubectl, self._lab.name, self._lab.namespace, _TICK)) as stream:
                for happened in stream:
                    if self._over.is_set():
                        return
                    if happened.kind != "tick":
                        self._events.put(happened)
        except CliError as refused:
            self._events.put(_Failed(refused, final=True))
