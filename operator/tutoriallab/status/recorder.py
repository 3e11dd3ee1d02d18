"""Posts Events on labs, in order, behind the statuses; used by the writer.

Events are for people: when the API server is away or slow they are dropped rather than heaped up.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from tutoriallab.kube.errors import ApiError
from tutoriallab.lab.key import LabKey
from tutoriallab.status.happenings import Happening

log = logging.getLogger(__name__)
BOUND = 5_000
AT_ONCE = 4

Post = Callable[[LabKey, Happening], Awaitable[object]]


class EventRecorder:
    """A bounded queue of Events and the few tasks that post them."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._queue: asyncio.Queue[tuple[LabKey, Happening]] = asyncio.Queue(BOUND)
        self._tasks: list[asyncio.Task[None]] = []
        self.dropped = 0

    def record(self, key: LabKey, happening: Happening) -> None:
        """Have this Event posted; returns at once. When the queue is full, the Event is dropped and counted."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._work(), name=f"events {i}") for i in range(AT_ONCE)]
        try:
            self._queue.put_nowait((key, happening))
        except asyncio.QueueFull:
            self.dropped += 1

    async def close(self) -> None:
        """Stop posting."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            key, happening = await self._queue.get()
            try:
                await self._post(key, happening)
            except ApiError as error:
                self.dropped += 1
                log.debug("event %s on lab %s not posted: %s", happening.reason, key, error)
