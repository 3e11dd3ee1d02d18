"""Tells in a lab's status what the operator does with it and why; called by the engine's stages, which decide it.

Telling changes the status in memory and has it written soon; `written` is awaited where what follows must not be
repeated after a crash.
"""

import time

from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.state import Phase
from tutoriallab.run import LabRun
from tutoriallab.status import compose
from tutoriallab.status.writer import StatusWriter
from tutoriallab.words import phases
from tutoriallab.words.sentence import Sentence


class Teller:
    """Conditions, phases and the line of what comes next, in the lab's language."""

    def __init__(self, writer: StatusWriter) -> None:
        self._writer = writer

    def condition(
        self, run: LabRun, kind: str, value: compose.ConditionStatus, reason: str, message: Sentence
    ) -> None:
        """Note a condition; it is written with the phase that follows from it."""
        told = message.told(run.language)
        run.status = compose.with_condition(run.status, kind, value, reason, told, rfc3339(time.time()))

    def enter(self, run: LabRun, phase: Phase, message: Sentence | None = None) -> None:
        """The lab is in this phase; the message tells what to do where no check does."""
        run.status = compose.with_phase(run.status, phase, message.told(run.language) if message else "")
        self.publish(run)

    def say(self, run: LabRun, message: Sentence) -> None:
        """What the lab waits for, in the phase in which it is."""
        self.enter(run, run.status.phase, message)

    def applied(self, run: LabRun) -> None:
        """All that the lab needs now is applied; told anew, as it may have been Blocked, or speak another language."""
        self.condition(run, "Provisioned", "True", "Applied", phases.APPLIED())

    def block(self, run: LabRun, reason: str, message: Sentence) -> None:
        """The lab cannot be prepared: why, and the way out."""
        self.condition(run, "Provisioned", "False", reason, message)
        self.enter(run, "Blocked", message)

    def publish(self, run: LabRun) -> None:
        """Have the status written soon, if it has changed; of a lab that is gone there is none."""
        if not run.gone:
            self._writer.submit(run.key, run.status, run.language)

    async def written(self, run: LabRun) -> None:
        """Wait until the status stands in the API server: what follows must not be repeated after a crash."""
        self.publish(run)
        await self._writer.flush(run.key)
