"""The task of each lab: its stages are tried until they are through, ever more slowly; owned by `reconcile.py`.

One short task a lab, never two at once; what is asked for while it runs makes it run once more. What stops a try is
told in the lab's status, and never stops another lab.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterable

from tutoriallab.kube.errors import ApiError
from tutoriallab.run import LabRun
from tutoriallab.settings import Settings
from tutoriallab.teller import Teller
from tutoriallab.words import phases
from tutoriallab.words.sentence import Sentence, as_is

log = logging.getLogger(__name__)


class TryAgain(Exception):
    """A stage cannot go on yet; the message says what it waits for, `after` in how many seconds to look again."""

    def __init__(self, message: Sentence, after: float | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.after = after


class Attempts:
    """Runs `stages` for labs that are kicked; at most `preparing_at_once` labs side by side."""

    def __init__(self, stages: Callable[[LabRun], Awaitable[None]], tell: Teller, settings: Settings) -> None:
        self._stages = stages
        self._tell = tell
        self._settings = settings
        self._side_by_side = asyncio.Semaphore(settings.preparing_at_once)

    def kick(self, run: LabRun) -> None:
        """Something has changed: try this lab's stages now, or once more after the try that is under way."""
        run.dirty = True
        if run.retry:
            run.retry.cancel()
            run.retry = None
        if run.task is None:
            run.task = asyncio.create_task(self._work(run), name=f"lab {run.key}")

    async def close(self, runs: Iterable[LabRun]) -> None:
        """Stop all tries and timers at once."""
        tasks = []
        for run in runs:
            run.cancel_timers()
            if run.task:
                run.task.cancel()
                tasks.append(run.task)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, run: LabRun) -> None:
        try:
            while run.dirty:
                run.dirty = False
                async with self._side_by_side:
                    await self._attempt(run)
        finally:
            run.task = None

    async def _attempt(self, run: LabRun) -> None:
        try:
            await self._stages(run)
            run.failures = 0
        except TryAgain as waiting:
            self._again(run, waiting.message, waiting.after)
        except ApiError as error:
            log.warning("lab %s: %s", run.key, error)
            self._again(run, as_is(str(error)))
        except Exception:  # the edge of the lab's task: one lab's fault must not stop the others
            log.exception("lab %s: the operator has a fault; please report it", run.key)
            self._again(run, phases.FAULT())

    def _again(self, run: LabRun, message: Sentence, after: float | None = None) -> None:
        if after is None:
            after = min(self._settings.retry_first * 2**run.failures, self._settings.retry_most)
            run.failures = min(run.failures + 1, 16)
        self._tell.say(run, message)
        # Jitter, so that a hundred labs that fail for one reason do not come back at one moment.
        run.retry = asyncio.get_running_loop().call_later(after * random.uniform(0.9, 1.1), self.kick, run)  # noqa: S311
