"""Posts Events on labs, in order, behind the statuses; used by the writer.

Events are for people, who read no more than some a second, and each takes the API server as long as half a status. So
a quiet time is followed by as many at once as a class needs, and a storm by a steady few; when the API server is away
or slow, they are dropped rather than heaped up.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from tutoriallab.kube.errors import ApiError
from tutoriallab.lab.key import LabKey
from tutoriallab.status.happenings import Happening

log = logging.getLogger(__name__)
#: Events that wait; what would be later than this makes it is not posted.
BOUND = 1_000
AT_ONCE = 4
#: Events a second in the long run, and how many a quiet time allows at once.
RATE = 20.0
BURST = 200

Post = Callable[[LabKey, Happening, float], Awaitable[object]]


class EventRecorder:
    """A bounded queue of Events and the few tasks that post them."""

    def __init__(self, post: Post, rate: float = RATE, burst: int = BURST) -> None:
        """`post` is given when it happened, in seconds since the epoch: an Event may have waited for its turn."""
        self._post = post
        self._queue: asyncio.Queue[tuple[LabKey, Happening, float]] = asyncio.Queue(BOUND)
        self._tasks: list[asyncio.Task[None]] = []
        self._apart = 1 / rate
        self._burst = burst
        #: When the next Event would be posted at the steady rate; behind the clock by what a quiet time has earned.
        self._next = 0.0
        self.dropped = 0

    def record(self, key: LabKey, happening: Happening) -> None:
        """Have this Event posted; returns at once. When the queue is full, the Event is dropped and counted."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._work(), name=f"events {i}") for i in range(AT_ONCE)]
        try:
            self._queue.put_nowait((key, happening, time.time()))
        except asyncio.QueueFull:
            self.dropped += 1

    async def close(self) -> None:
        """Stop posting."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            key, happening, at = await self._queue.get()
            await self._turn()
            try:
                await self._post(key, happening, at)
            except ApiError as error:
                self.dropped += 1
                log.debug("event %s on lab %s not posted: %s", happening.reason, key, error)

    async def _turn(self) -> None:
        """Wait until one more Event may be posted."""
        now = time.monotonic()
        turn = max(self._next, now - (self._burst - 1) * self._apart)
        self._next = turn + self._apart
        if turn > now:
            await asyncio.sleep(turn - now)
