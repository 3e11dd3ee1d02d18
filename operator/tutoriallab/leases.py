"""Which lab has the nodes, who waits for them, and when a lease ends; owned by `reconcile.py`.

The cluster's ledger (`provision/lease/`) is the truth and outlives the operator; here is what the engine knows of it,
so that labs wait without asking the API server: whoever may be next is kicked when something changes.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.observe.activity import fingerprint
from tutoriallab.observe.observer import Observer
from tutoriallab.provision import reasons
from tutoriallab.provision.lease.choose import NotEnough
from tutoriallab.provision.lease.give_back import end_lease, reclaim
from tutoriallab.provision.lease.queue import Place, ahead, place, taken
from tutoriallab.provision.lease.take import Held, Leased, room, take
from tutoriallab.provision.lease.unstick import unstick
from tutoriallab.run import LabRun
from tutoriallab.settings import Settings
from tutoriallab.words import nodes as words
from tutoriallab.words.sentence import Sentence

log = logging.getLogger(__name__)
#: Seconds after which a lab that waits looks again by itself: an operator that is gone kicks nobody.
LOOKS_AGAIN_AFTER = 30.0
#: Idle leases are looked for this often in their time, and at least every so many seconds.
LOOKS_PER_LEASE = 20
LOOKS_AT_LEAST_EVERY = 60.0
#: Seconds between looks at pods that hold up a workspace.
UNSTICKS_EVERY = 2.0


@dataclass(frozen=True)
class Wait:
    """Why a lab cannot have its nodes now: one word, a sentence, and in how many seconds to look again if set."""

    reason: str
    message: Sentence
    after: float | None = None


@dataclass(slots=True)
class _Clock:
    """When somebody was last seen to do something in the lab that has the nodes."""

    seen: object = None
    at: float = field(default_factory=time.monotonic)


class Leases:
    """The engine's memory of leases; all changes of the ledger go through here, one after the other."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        observer: Observer,
        runs: Mapping[str, LabRun],
        kick: Callable[[LabRun], None],
    ) -> None:
        self._session = session
        self._idle = settings.lease_idle
        self._observer = observer
        self._runs = runs
        self._kick = kick
        self._known = False
        self._holding: dict[str, LabKey] = {}
        self._waiting: dict[str, Place] = {}
        self._expired: set[str] = set()
        self._clocks: dict[str, _Clock] = {}
        self._ledger = asyncio.Lock()
        self._unstuck_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    # The operator's life -----------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Give back what labs that are gone have left; without an answer it is done when a lab wants nodes."""
        try:
            await self._reclaim()
        except ApiError as problem:
            log.warning("leases of nodes are not known yet: %s", problem)

    async def close(self) -> None:
        """Stop at once; the ledger tells the next operator."""
        if self._timer:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _reclaim(self) -> None:
        async with self._ledger:
            self.known((await reclaim(self._session)).values())

    def known(self, holders: Iterable[LabKey]) -> None:
        """Take these labs as those that the ledger names."""
        self._holding = {lab.uid: lab for lab in holders}
        self._known = True
        self._clocks = {uid: self._clocks.get(uid) or _Clock() for uid in self._holding}
        self._look_later()

    # Getting nodes -----------------------------------------------------------------------------------------------

    async def wait(self, run: LabRun) -> Wait | None:
        """Why this lab must wait for its nodes; None when it may go on. Nothing is changed yet."""
        if ended(run):
            self.leave(run)
            return Wait(reasons.LEASE_IDLE, self.idle_message(run))
        if not self._known:
            await self._reclaim()
        if self.has(run):
            return None
        waiting = await self._turn(run)
        if waiting:
            return waiting
        short = await room(self._session, run.spec.nodes)
        if short:
            self.leave(run)
            return _short(short)
        return None

    async def take(self, run: LabRun) -> Wait | None:
        """Lease the lab's nodes and tell them in its status; or why it must wait after all."""
        had = self.has(run)
        waiting = None if had else await self._turn(run)
        if waiting:
            return waiting
        try:
            found = await self._take(run)
        except ApiError as refused:
            if not refused.transient and not run.status.provisioned:
                # Somebody has to mend something: others need not wait for it.
                self.leave(run)
                await self.end(run)
            raise
        self.leave(run)
        if isinstance(found, Leased):
            self._clocks.setdefault(run.key.uid, _Clock())
            self._look_later()
            run.record(nodes=dict(found.nodes))
            return None
        if isinstance(found, Held):
            await self._reclaim()
            return self._join(run, found.holder)
        if not had or not run.status.provisioned:
            await self.end(run)
        return _short(found)

    async def _take(self, run: LabRun) -> Leased | Held | NotEnough:
        async with self._ledger:
            # Whatever happens from here on, something may be left that has to be given back.
            self._holding[run.key.uid] = run.key
            done = run.status.nodes if run.status.provisioned else {}
            return await take(self._session, run.key, run.spec.nodes, done)

    def has(self, run: LabRun) -> bool:
        """Whether the lab has nodes, its turn, or the rest of either."""
        return run.key.uid in self._holding

    def satisfied(self, run: LabRun) -> bool:
        """Whether the lab has exactly the nodes that it asks for."""
        return self.has(run) and run.status.nodes.keys() == {one.name for one in run.spec.nodes}

    async def _turn(self, run: LabRun) -> Wait | None:
        others = [lab for uid, lab in self._holding.items() if uid != run.key.uid]
        if others and not any(self._runs_here(lab) for lab in others):
            # Nobody here will tell when it is over: see whether it is.
            await self._reclaim()
            others = [lab for uid, lab in self._holding.items() if uid != run.key.uid]
        if others:
            return self._join(run, others[0])
        return self._join(run, None) if ahead(_place(run), self._waiting.values()) else None

    def _runs_here(self, lab: LabKey) -> bool:
        run = self._runs.get(str(lab))
        return run is not None and run.key == lab

    def _join(self, run: LabRun, holder: LabKey | None) -> Wait:
        mine = self._waiting[run.id] = _place(run)
        before = ahead(mine, self._waiting.values())
        if holder is None and not before:
            return Wait(reasons.NODES_TAKEN, words.GIVEN_BACK(), after=1.0)
        return Wait(reasons.NODES_TAKEN, taken(holder, before), after=LOOKS_AGAIN_AFTER)

    def concerns(self, run: LabRun) -> bool:
        """Whether the lab may have nodes, as far as can be told before the ledger is known."""
        spec = run.body.get("spec") or {}
        asked = run.lab.spec.nodes if run.lab else isinstance(spec, dict) and spec.get("nodes")
        return bool(self.has(run) or run.status.nodes or asked)

    def leave(self, run: LabRun) -> None:
        """The lab waits no more; those behind it move up."""
        if self._waiting.pop(run.id, None):
            self._move_up()

    def _move_up(self) -> None:
        for lab in list(self._waiting):
            run = self._runs.get(lab)
            if run:
                self._kick(run)
            else:
                del self._waiting[lab]

    # Giving them back --------------------------------------------------------------------------------------------

    async def end(self, run: LabRun, *, keep_turn: bool = False) -> None:
        """Give the lab's nodes back; raises ApiError. Nothing is asked of the API server when it has none."""
        if not self.concerns(run):
            return
        if not self._known:
            await self._reclaim()
        if not self.has(run):
            return
        async with self._ledger:
            await end_lease(self._session, run.key.uid, keep_turn=keep_turn)
            if not keep_turn:
                self._forget(run.key.uid)
        if not keep_turn:
            self._move_up()

    def gone(self, run: LabRun) -> None:
        """The lab is no more; if somebody took its finalizer off, its nodes are given back now."""
        self.leave(run)
        if self.has(run):
            task = asyncio.create_task(self._give_back_of(run), name=f"nodes of {run.key}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _give_back_of(self, run: LabRun) -> None:
        while True:
            try:
                await self.end(run)
            except ApiError as problem:
                log.warning("nodes of lab %s, which is gone, are not given back yet: %s", run.key, problem)
                await asyncio.sleep(LOOKS_AGAIN_AFTER)
            else:
                return

    async def unstick(self, run: LabRun, workspace: str) -> None:
        """Delete pods for good that hang on a leased node which is NotReady; raises ApiError."""
        if not self.has(run) or time.monotonic() - self._unstuck_at < UNSTICKS_EVERY:
            return
        self._unstuck_at = time.monotonic()
        gone = await unstick(self._session, workspace, run.status.nodes.values())
        if gone:
            log.info("lab %s: deleted for good, as their node is NotReady: %s", run.key, ", ".join(gone))

    def _forget(self, uid: str) -> None:
        self._holding.pop(uid, None)
        self._clocks.pop(uid, None)
        self._expired.discard(uid)

    # Idle leases -------------------------------------------------------------------------------------------------

    def touched(self, run: LabRun) -> None:
        """The learner has changed the lab itself: an answer, an annotation."""
        clock = self._clocks.get(run.key.uid)
        if clock:
            clock.at = time.monotonic()

    def expired(self, run: LabRun) -> bool:
        """Whether the lab has had its nodes for too long without a change."""
        return run.key.uid in self._expired

    def idle_message(self, run: LabRun) -> Sentence:
        """What a lab that lost its nodes is told."""
        minutes = f"{self._idle / 60:.0f} min" if self._idle >= 60 else f"{self._idle:.0f} s"
        command = f"kubectl lab reset {run.key.name} -n {run.key.namespace}"
        return words.IDLE(time=minutes, command=command)

    def _look_later(self) -> None:
        if self._timer is None and self._clocks:
            period = max(0.1, min(self._idle / LOOKS_PER_LEASE, LOOKS_AT_LEAST_EVERY))
            self._timer = asyncio.get_running_loop().call_later(period, self._look)

    def _look(self) -> None:
        self._timer = None
        now = time.monotonic()
        for uid, clock in self._clocks.items():
            run = self._runs.get(str(self._holding[uid])) if uid in self._holding else None
            if run is None or run.key.uid != uid:
                continue
            seen = self._seen(run)
            if seen != clock.seen:
                clock.seen, clock.at = seen, now
            elif now - clock.at >= self._idle and uid not in self._expired:
                self._expired.add(uid)
                self._kick(run)
        self._look_later()

    def _seen(self, run: LabRun) -> Any:
        if run.open is None:
            return None
        selected = (one for selection in run.open.selections for one in self._observer.select(selection))
        return (run.open.step.name, fingerprint(selected))


def _short(found: NotEnough) -> Wait:
    return Wait(reasons.NODES_NOT_READY if found.passing else reasons.NOT_ENOUGH_NODES, found.message)


def ended(run: LabRun) -> bool:
    """Whether the lab's lease ended because it was idle; a reset begins a new one."""
    return any(one.reason == reasons.LEASE_IDLE for one in run.status.conditions)


def _place(run: LabRun) -> Place:
    made = str(run.body["metadata"].get("creationTimestamp") or "")
    return place(run.key, made, run.status.answers_since, run.status.started_at)
