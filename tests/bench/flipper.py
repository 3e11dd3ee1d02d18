"""Changes objects at a steady rate, each until the API server has taken it; bench G, whose API server goes away.

Unlike writer.py it repeats a write that failed: without an answer nobody knows what the object is.
"""

import asyncio
import itertools
import time
from typing import Any

from bench import bodies
from bench.prepare import Target
from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.objects import MERGE_PATCH
from tutoriallab.kube.session import Session

#: Seconds before a write is repeated, and that one may take.
PAUSE, LIMIT = 0.05, 2.0


async def label(session: Session, path: str, labels: dict[str, str]) -> int:
    """Label an object, whatever it takes; how many times it was tried in vain."""
    body: Any = {"metadata": {"labels": labels}}
    for failures in itertools.count():
        try:
            await session.fetch("PATCH", path, body=body, content_type=MERGE_PATCH, timeout=LIMIT)
        except ApiError:
            await asyncio.sleep(PAUSE)
        else:
            return failures
    raise AssertionError("count() never ends")


class Flipper:
    """Flips targets one after the other. `changes`: of each target, when its write was answered and whether it is on."""

    def __init__(self, session: Session, targets: list[Target], rate: int) -> None:
        self.targets = targets
        self.changes: list[list[tuple[float, bool]]] = [[] for _ in targets]
        self.failures = 0
        self._session = session
        self._rate = rate
        self._turns = itertools.cycle(range(len(targets)))
        self._locks = [asyncio.Lock() for _ in targets]
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Flip from now on."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Begin no more; returns when all that were begun are answered."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        for lock in self._locks:
            async with lock:
                pass

    def is_on(self, number: int) -> bool:
        """What a target is now, once all is answered."""
        changes = self.changes[number]
        return bool(changes) and changes[-1][1]

    async def _run(self) -> None:
        began, under_way = time.monotonic(), set[asyncio.Task[None]]()
        for number in itertools.count():
            await asyncio.sleep(max(0.0, began + number / self._rate - time.monotonic()))
            # A task that nobody holds may be collected while it waits; one that is held lives on after `stop`.
            task = asyncio.create_task(self._flip(next(self._turns)))
            under_way.add(task)
            task.add_done_callback(under_way.discard)

    async def _flip(self, number: int) -> None:
        async with self._locks[number]:
            on = not self.is_on(number)
            path = self.targets[number].path
            failures = await label(self._session, path, bodies.ON if on else bodies.OFF)
            # Not in one line: others add to it while we wait.
            self.failures += failures
            self.changes[number].append((time.monotonic(), on))
