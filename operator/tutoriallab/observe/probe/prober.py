"""Asks for pages and logs while a check needs them, and tells when one says something else than before.

Made once by the engine, beside the observer. A probe is asked at once when something behind it has changed, then at a
bounded pace; its answer counts only for the objects that stood behind it when it was asked and still do. All calls are
synchronous and happen on the event loop's thread; one short task a request.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Self

from tutoriallab.observe.probe.due import Rhythm, Urge
from tutoriallab.observe.probe.outcome import Outcome, Troubled
from tutoriallab.observe.probe.question import Asked, EventsOf, LastLines
from tutoriallab.observe.probe.sight import Clear, Look, Sight, look
from tutoriallab.observe.selection import Selection
from tutoriallab.settings import Settings
from tutoriallab.words import probing as words

log = logging.getLogger(__name__)

Ask = Callable[[Asked, Clear], Awaitable[Outcome]]
Tell = Callable[[str, list[Asked]], None]
#: Seconds between two requests of one probe at least, however fast the objects behind it change.
LEAST = 0.1
#: Seconds for which objects that do not go together may still come to do so: their watches arrive apart.
DOUBT = 0.5
#: Seconds for which an answer is good enough for a step to pass on.
FRESH = 2.0
_UNSEEN = Sight(None, Troubled(words.NOT_LOOKED_AT()))


@dataclass(frozen=True, slots=True)
class Pace:
    """How often is asked, and how many requests may be under way: in all, and for one lab."""

    rhythm: Rhythm = field(default_factory=Rhythm)
    at_once: int = 64
    per_lab: int = 2

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As the operator is told."""
        rhythm = Rhythm(settings.probe_first, settings.probe_most)
        return cls(rhythm, settings.probes_at_once, settings.probes_per_lab)


@dataclass(slots=True, eq=False)
class _Watch:
    """One probe of a lab, and what is known of it; `outcome` is None while it is being found out."""

    probe: Asked
    urge: Urge
    sight: Sight = _UNSEEN
    outcome: Outcome | None = None
    tries: int = 0
    began: float = float("-inf")
    answered: float = float("-inf")
    wanted_anew: bool = False
    timer: asyncio.TimerHandle | None = None
    task: "asyncio.Task[None] | None" = None


@dataclass(slots=True, eq=False)
class _Lab:
    """The probes of one lab."""

    name: str
    side_by_side: AbstractAsyncContextManager[None]
    watches: dict[Asked, _Watch] = field(default_factory=dict)


class Prober:
    """Asks what labs want to know."""

    def __init__(self, ask: Ask, select: Look, tell: Tell, pace: Pace | None = None) -> None:
        self._ask = ask
        self._select = select
        self._tell = tell
        self._pace = pace or Pace()
        self._side_by_side = asyncio.Semaphore(self._pace.at_once)
        self._labs: dict[str, _Lab] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def want(self, lab: str, urges: Mapping[Asked, Urge]) -> None:
        """From now on, these probes of a lab are asked, and no others; what is new is looked at in a moment."""
        if not urges:
            self.forget(lab)
            return
        if lab not in self._labs:
            self._labs[lab] = _Lab(lab, asyncio.Semaphore(self._pace.per_lab))
        mine = self._labs[lab]
        for probe in mine.watches.keys() - urges.keys():
            self._halt(mine.watches.pop(probe))
        for probe, urge in urges.items():
            watch = mine.watches.get(probe)
            if watch is None:
                watch = mine.watches[probe] = _Watch(probe, urge)
                self._in(0.0, mine, watch)
            elif watch.urge is not urge:
                watch.urge, watch.tries = urge, 0
                if watch.task is None and watch.outcome is not None and isinstance(watch.sight.found, Clear):
                    self._again(mine, watch)

    def forget(self, lab: str) -> None:
        """Nothing is asked for this lab any more, and what is under way is given up."""
        gone = self._labs.pop(lab, None)
        for watch in gone.watches.values() if gone else ():
            self._halt(watch)

    def changed(self, lab: str, selections: Iterable[Selection] | None = None) -> list[Asked]:
        """Objects of these selections have changed, or any: the probes whose outcome is another now, or unknown."""
        mine = self._labs.get(lab)
        if mine is None:
            return []
        touched = None if selections is None else frozenset(selections)
        return [
            probe
            for probe, watch in mine.watches.items()
            if (touched is None or not touched.isdisjoint(probe.behind)) and self._look(mine, watch)
        ]

    def outcome(self, lab: str, probe: Asked) -> Outcome | None:
        """What it came to; None while that is not known, as nobody has answered yet or something has changed since."""
        mine = self._labs.get(lab)
        watch = mine.watches.get(probe) if mine else None
        return watch.outcome if watch else None

    def fresh(self, lab: str) -> bool:
        """Whether all answers are new enough to let a step pass; those that are not are asked for now, and told."""
        mine = self._labs.get(lab)
        now = asyncio.get_running_loop().time()
        old = [
            watch
            for watch in (mine.watches.values() if mine else ())
            if watch.urge is not Urge.WONDER
            and isinstance(watch.sight.found, Clear)
            and now - watch.answered > FRESH
        ]
        for watch in old:
            if mine and not watch.wanted_anew:
                watch.wanted_anew = True
                self._in(0.0, mine, watch)
        return not old

    async def close(self) -> None:
        """Give up all requests."""
        for lab in list(self._labs):
            self.forget(lab)
        await asyncio.gather(*self._ending, return_exceptions=True)

    # One probe ---------------------------------------------------------------------------------------------------

    def _look(self, lab: _Lab, watch: _Watch, *, patient: bool = True) -> bool:
        """See what stands behind it now; whether its outcome is another than before, or has become unknown."""
        sight = look(watch.probe, self._select)
        if sight == watch.sight and (patient or not sight.doubtful):
            return False
        # What was told of this same object stays worth telling until the next answer.
        lasts = isinstance(watch.probe, EventsOf | LastLines) and sight.found == watch.sight.found
        watch.sight, watch.tries = sight, 0
        self._halt(watch)
        before = watch.outcome
        if isinstance(sight.found, Clear):
            watch.outcome = before if lasts else None
            now = asyncio.get_running_loop().time()
            self._in(max(self._first(watch), watch.began + LEAST - now), lab, watch)
        elif sight.doubtful and patient:
            watch.outcome = None
            self._in(DOUBT, lab, watch)
        else:
            # Nobody need be asked: whatever could change it is watched.
            watch.outcome = sight.found
        return watch.outcome != before

    def _first(self, watch: _Watch) -> float:
        """Seconds until it is asked for the first time: what is only wondered about may be over in a moment."""
        return self._pace.rhythm.first if watch.urge is Urge.WONDER else 0.0

    def _in(self, seconds: float, lab: _Lab, watch: _Watch) -> None:
        """Look after it after so many seconds, and not at the time that was set before."""
        if watch.timer:
            watch.timer.cancel()
        watch.timer = asyncio.get_running_loop().call_later(seconds, self._due, lab, watch)

    def _due(self, lab: _Lab, watch: _Watch) -> None:
        watch.timer = None
        if self._look(lab, watch, patient=watch.sight is _UNSEEN):
            self._told(lab, watch)
        elif isinstance(watch.sight.found, Clear) and watch.task is None and watch.timer is None:
            watch.task = asyncio.create_task(
                self._request(lab, watch, watch.sight.found), name=str(watch.probe.label)
            )
            self._ending.add(watch.task)
            watch.task.add_done_callback(self._ending.discard)

    async def _request(self, lab: _Lab, watch: _Watch, clear: Clear) -> None:
        loop = asyncio.get_running_loop()
        try:
            async with lab.side_by_side, self._side_by_side:
                watch.began = loop.time()
                outcome = await self._ask(watch.probe, clear)
        except Exception:  # the edge of the request's task: it must be asked again, whatever happened
            log.exception("%s: the operator has a fault; please report it", watch.probe.label)
            outcome = Troubled(words.FAULT(request=watch.probe.label))
        news = outcome != watch.outcome or watch.wanted_anew
        watch.task, watch.outcome, watch.answered, watch.wanted_anew = None, outcome, loop.time(), False
        self._again(lab, watch)
        if news:
            self._told(lab, watch)

    def _again(self, lab: _Lab, watch: _Watch) -> None:
        """Set the time of the next request, counted from the last answer."""
        urge = watch.urge
        if isinstance(watch.outcome, Troubled) and urge is not Urge.WONDER:
            urge = Urge.SEEK
        # Jitter, so that a hundred labs that were opened in one lesson do not ask at one moment.
        pause = self._pace.rhythm.pause(urge, watch.tries) * random.uniform(0.9, 1.1)  # noqa: S311
        watch.tries += 1
        due = watch.answered + max(LEAST, pause)
        self._in(max(0.0, due - asyncio.get_running_loop().time()), lab, watch)

    def _halt(self, watch: _Watch) -> None:
        """What was set or is under way is over: its answer would no longer count."""
        if watch.timer:
            watch.timer.cancel()
        if watch.task:
            watch.task.cancel()
        watch.timer = watch.task = None

    def _told(self, lab: _Lab, watch: _Watch) -> None:
        try:
            self._tell(lab.name, [watch.probe])
        except Exception:  # the edge to the engine: one lab's fault must not keep others from being asked
            log.exception("the engine failed over %s", watch.probe.label)
