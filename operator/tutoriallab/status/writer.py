"""Writes statuses to the API server: only when they change, coalesced per lab; used by `reconcile.py`.

While a write is under way, newer statuses of the same lab replace each other; the newest is written next.
What cannot be written now (API server away) is tried again with growing pauses, and is never lost.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tutoriallab.kube.errors import ApiError, NotFound
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.state import Status
from tutoriallab.status.happenings import Happening, happenings

log = logging.getLogger(__name__)
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0


Write = Callable[[LabKey, Status], Awaitable[object]]
Record = Callable[[LabKey, Happening], None]
Took = Callable[[float], object]


@dataclass(slots=True)
class _Slot:
    wanted: Status
    written: Status
    language: str = "en"
    task: "asyncio.Task[None] | None" = None
    waits_since: float | None = None
    idle: asyncio.Event = field(default_factory=asyncio.Event)


class StatusWriter:
    """One slot a lab; at most `at_once` writes under way in all."""

    def __init__(self, write: Write, record: Record, at_once: int, took: Took | None = None) -> None:
        """`took` is told, for each write, the seconds since the oldest change that it brings was submitted."""
        self._write = write
        self._record = record
        self._limit = asyncio.Semaphore(at_once)
        self._took = took or (lambda _: None)
        self._slots: dict[LabKey, _Slot] = {}
        self.writes = 0

    def adopt(self, key: LabKey, written: Status) -> None:
        """Take what stands in the API server as written, so that the same is not written again."""
        if key not in self._slots:
            self._slots[key] = _Slot(wanted=written, written=written)

    def submit(self, key: LabKey, status: Status, language: str = "en") -> None:
        """Have this status written as soon as can be, and its Events posted in this language; returns at once."""
        slot = self._slots.setdefault(key, _Slot(wanted=status, written=Status()))
        slot.wanted, slot.language = status, language
        if slot.task is None and slot.wanted == slot.written:
            return
        slot.waits_since = slot.waits_since or time.monotonic()
        if slot.task is None:
            slot.idle.clear()
            slot.task = asyncio.create_task(self._drain(key, slot), name=f"status of {key}")

    @property
    def waiting(self) -> int:
        """Labs whose newest status is not written yet."""
        return sum(slot.task is not None for slot in self._slots.values())

    async def flush(self, key: LabKey) -> None:
        """Wait until the newest status of this lab is written (or the lab is gone)."""
        slot = self._slots.get(key)
        if slot and slot.task:
            await slot.idle.wait()

    def forget(self, key: LabKey) -> None:
        """The lab is gone: nothing of it is written any more."""
        slot = self._slots.pop(key, None)
        if slot and slot.task:
            slot.task.cancel()
            slot.idle.set()

    async def finish(self, within: float) -> None:
        """Wait until all that was submitted is written, at most so many seconds."""
        tasks = [slot.task for slot in self._slots.values() if slot.task]
        if tasks:
            await asyncio.wait(tasks, timeout=within)

    async def close(self) -> None:
        """Stop writing; what was not written is judged again by the next operator."""
        tasks = [slot.task for slot in self._slots.values() if slot.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _drain(self, key: LabKey, slot: _Slot) -> None:
        pause = FIRST_PAUSE
        try:
            while slot.wanted != slot.written:
                status, since = slot.wanted, slot.waits_since or time.monotonic()
                slot.waits_since = None
                try:
                    async with self._limit:
                        await self._write(key, status)
                except NotFound:
                    self._slots.pop(key, None)
                    return
                except ApiError as error:
                    log.warning("status of lab %s not written, next try in %.1f s: %s", key, pause, error)
                    slot.waits_since = since
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                pause = FIRST_PAUSE
                self.writes += 1
                self._took(time.monotonic() - since)
                for happening in happenings(slot.written, status, slot.language):
                    self._record(key, happening)
                slot.written = status
        finally:
            slot.task = slot.waits_since = None
            slot.idle.set()
