"""The stage at which learners' wishes by annotation are met: a lab that starts over, an open step that does.

Called by `reconcile.py`. What was asked for and done stands in the status, so that it is done once.
"""

import time
from collections.abc import Awaitable, Callable

from tutoriallab.examiner import Examiner
from tutoriallab.kube.session import Session
from tutoriallab.lab.annotations import RESET, RESTART_STEP
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.state import Handled, StepProgress
from tutoriallab.leases import Leases
from tutoriallab.outside import to_be_seen_again
from tutoriallab.run import LabRun, digest
from tutoriallab.status import compose
from tutoriallab.status.object import forget_hints
from tutoriallab.teller import Teller
from tutoriallab.words import phases


class StartingOverStage:
    """Empties workspaces (by `empty`) and forgets what was seen."""

    def __init__(
        self,
        session: Session,
        leases: Leases,
        examiner: Examiner,
        tell: Teller,
        empty: Callable[[LabRun], Awaitable[None]],
    ) -> None:
        self._session = session
        self._leases = leases
        self._examiner = examiner
        self._tell = tell
        self._empty = empty

    async def act(self, run: LabRun) -> None:
        """Do what was asked for since the last time; raises TryAgain while the workspace is being emptied."""
        annotations = (run.body["metadata"].get("annotations")) or {}
        asked = Handled(reset=annotations.get(RESET, ""), restart_step=annotations.get(RESTART_STEP, ""))
        handled = run.status.handled
        begun = run.status.steps and run.status.workspace_uid
        if begun and (run.status.phase == "Resetting" or asked.reset not in ("", handled.reset)):
            await self._reset(run, asked)
        elif begun and asked.restart_step not in ("", handled.restart_step):
            self._restart_step(run, asked)
        else:
            # Nothing to start over; and one that was taken off may be given again with the same value.
            run.record(handled=asked)

    async def _reset(self, run: LabRun, handled: Handled) -> None:
        self._examiner.end(run)
        self._leases.leave(run)
        spec = run.spec
        if run.status.phase != "Resetting":
            self._tell.condition(run, "Completed", "False", "Reset", phases.STARTS_OVER())
            self._tell.condition(run, "Provisioned", "False", "Reset", phases.STARTS_OVER())
            # From here on the lab would be prepared anew, even if the reset itself were forgotten.
            run.record(provisioned=False)
            run.status = compose.with_steps(run.status, spec, compose.steps_of(spec, ()))
            self._tell.enter(run, "Resetting", phases.EMPTYING())
            await self._tell.written(run)
        await self._empty(run)
        await self._leases.end(run, keep_turn=True)
        await forget_hints(self._session, run.key)
        now = rfc3339(time.time())
        run.record(
            nodes={},
            workspace_uid="",
            outside=to_be_seen_again(run.status.outside),
            answers_since=now,
            stale_answers={name: digest(text) for name, text in spec.answers.items()},
            handled=handled,
            started_at=now,
        )
        self._tell.enter(run, "Preparing", phases.PREPARING())
        await self._tell.written(run)

    def _restart_step(self, run: LabRun, handled: Handled) -> None:
        self._examiner.end(run)
        run.record(
            handled=handled,
            steps=[
                StepProgress(name=one.name, state="Locked") if one.state == "Open" else one
                for one in run.status.steps
            ],
        )
