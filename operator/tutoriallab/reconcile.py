"""The table of contents: how a lab goes from `kubectl apply` to a verdict, stage by stage, in order.

`handlers.py` tells the engine of every change of a TutorialLab; reflectors tell it of every change of what labs
select. The first are worked off by a short task per lab (`_reconcile`, which may wait for the API server); the
second are graded at once (`changed`), without waiting for anything.

A lab's status in memory is the truth while the operator runs; what must survive a crash is written and awaited
before the next stage begins. So the operator can be killed between any two lines of this file.
"""

import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from tutoriallab.attempts import Attempts, TryAgain
from tutoriallab.counters import Counters
from tutoriallab.examiner import Examiner
from tutoriallab.grade.compile import CompiledStep, compile_step
from tutoriallab.grade.select import selections, workload_selections
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.parse import parse_status
from tutoriallab.lab.problem import InvalidLab, Problem
from tutoriallab.lab.state import Handled, Phase, StepProgress
from tutoriallab.lab.support import unmet_requirement
from tutoriallab.lab.workspace import workspace_name
from tutoriallab.observe.observer import Observer
from tutoriallab.observe.selection import Selection
from tutoriallab.outside import LOOKS_AGAIN_AFTER as CLAIMS_AGAIN_AFTER
from tutoriallab.outside import Outside, to_be_seen_again
from tutoriallab.provision.apply import apply_all
from tutoriallab.provision.finalizer import hold, let_go
from tutoriallab.provision.refusal import ProvisionProblem
from tutoriallab.provision.remove import Gone, remove_workspace
from tutoriallab.provision.render import starting_state, step_state
from tutoriallab.provision.workspace import Taken, Workspace, ensure_workspace
from tutoriallab.run import RESET, RESTART_STEP, LabRun, Settling, digest, kept, signature
from tutoriallab.settings import Settings
from tutoriallab.status import compose
from tutoriallab.status.object import forget_hints, post_happening, write_status
from tutoriallab.status.recorder import EventRecorder
from tutoriallab.status.writer import StatusWriter

#: Seconds between looks at a workspace of before that is going away.
LOOKS_AGAIN_AFTER = 0.3
#: Problems that condition Accepted names; the rest are counted.
PROBLEMS_TOLD = 5


class Engine:
    """Runs all labs; `handlers.py` feeds it, reflectors feed it, and it writes statuses."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._resources = Resources(session)
        self._settings = settings
        self._runs: dict[str, LabRun] = {}
        self.observer = Observer(session, self._resources, self)
        self._recorder = EventRecorder(partial(post_happening, session))
        self._writer = StatusWriter(
            partial(write_status, session), self._recorder.record, settings.writing_at_once
        )
        self.counters = Counters()
        self._attempts = Attempts(self._reconcile, self._writer, settings)
        self.outside = Outside(session, self.observer, self._runs, self._attempts.kick)
        self._examiner = Examiner(self.observer, self._writer, settings, self._attempts.kick, self.counters)

    # What comes in ---------------------------------------------------------------------------------------------

    def lab_changed(self, body: Mapping[str, Any]) -> None:
        """A TutorialLab was made or changed (or is there when the operator starts)."""
        metadata = body["metadata"]
        key = LabKey(metadata["namespace"], metadata["name"], metadata["uid"])
        run = self._runs.get(str(key))
        if run and run.key != key:
            self._drop(run)
            run = None
        if run is None:
            run = self._runs[str(key)] = LabRun(key, kept(body), parse_status(body.get("status")))
            self._writer.adopt(key, run.status)
            self.outside.recall(run.id, run.status.outside)
        if run.signature != signature(body):
            run.signature, run.body, run.failures = signature(body), kept(body), 0
            self._attempts.kick(run)

    def lab_gone(self, namespace: str, name: str, uid: str) -> None:
        """A TutorialLab is no more."""
        key = LabKey(namespace, name, uid)
        run = self._runs.get(str(key))
        if run and run.key == key:
            self._drop(run)

    def changed(self, lab: str, selections: Iterable[Selection]) -> None:
        """Objects that a lab's checks select have changed (from the observer)."""
        run = self._runs.get(lab)
        if run:
            self._examiner.changed(run, selections)

    def synced(self, lab: str) -> None:
        """All that a lab's checks select has been listed (from the observer)."""
        run = self._runs.get(lab)
        if run:
            self._examiner.synced(run)

    async def close(self) -> None:
        """Stop at once; the next operator goes on from what is written."""
        await self._attempts.close(self._runs.values())
        await self._writer.close()
        await self._recorder.close()
        await self.observer.close()

    # The work of one lab ---------------------------------------------------------------------------------------

    async def _reconcile(self, run: LabRun) -> None:
        """The stages in order."""
        if (run.body["metadata"]).get("deletionTimestamp"):
            await self._remove(run)
            return
        if not self._accept(run):
            return
        await self._act_on_annotations(run)
        if self._is_blocked(run):
            return
        await self._claim_outside(run)
        await self._prepare(run)
        await self._open_next_step(run)

    # Stage 1: lab/ and grade/ — is it a lab that can be run? ------------------------------------------------------

    def _accept(self, run: LabRun) -> bool:
        try:
            lab = run.read()
        except InvalidLab as invalid:
            self._refuse(run, invalid.problems)
            return False
        run.record(
            observed_generation=lab.generation,
            workspace=lab.workspace,
            started_at=run.status.started_at or compose.rfc3339(time.time()),
        )
        run.status = compose.with_steps(run.status, lab.spec, compose.steps_of(lab.spec, run.status.steps))
        run.forget_changed_answers()
        self._condition(run, "Accepted", "True", "Valid", "The lab can be run")
        return True

    def _refuse(self, run: LabRun, faults: list[Problem]) -> None:
        self._examiner.end(run)
        run.lab = None
        message = "; ".join(map(str, faults[:PROBLEMS_TOLD])) + (
            f"; and {len(faults) - PROBLEMS_TOLD} more" if len(faults) > PROBLEMS_TOLD else ""
        )
        run.record(observed_generation=int(run.body["metadata"].get("generation") or 0))
        self._condition(run, "Accepted", "False", "Invalid", message)
        self._enter(run, "Failed", message)

    # Stage 2: what the learner asked for by annotation ------------------------------------------------------------

    async def _act_on_annotations(self, run: LabRun) -> None:
        annotations = (run.body["metadata"].get("annotations")) or {}
        reset, restart = annotations.get(RESET, ""), annotations.get(RESTART_STEP, "")
        handled = run.status.handled
        if not run.status.steps or not run.status.workspace_uid:
            # Nothing has begun, so there is nothing to start over.
            run.record(handled=Handled(reset=reset, restart_step=restart))
        elif run.status.phase == "Resetting" or reset not in ("", handled.reset):
            await self._reset(run, Handled(reset=reset, restart_step=restart))
        elif restart not in ("", handled.restart_step):
            self._restart_step(run, Handled(reset=reset, restart_step=restart))
        else:
            # An annotation that was taken off asks for nothing, and may be given again with the same value.
            run.record(handled=Handled(reset=reset, restart_step=restart))

    async def _reset(self, run: LabRun, handled: Handled) -> None:
        self._examiner.end(run)
        spec = run.spec
        if run.status.phase != "Resetting":
            self._condition(run, "Completed", "False", "Reset", "The lab starts over")
            self._condition(run, "Provisioned", "False", "Reset", "The lab starts over")
            # From here on the lab would be prepared anew, even if the reset itself were forgotten.
            run.record(provisioned=False)
            run.status = compose.with_steps(run.status, spec, compose.steps_of(spec, ()))
            self._enter(run, "Resetting", "The workspace is emptied and prepared again")
            await self._written(run)
        await self._remove_workspace(run)
        await forget_hints(self._session, run.key)
        now = compose.rfc3339(time.time())
        run.record(
            workspace_uid="",
            outside=to_be_seen_again(run.status.outside),
            answers_since=now,
            stale_answers={name: digest(text) for name, text in spec.answers.items()},
            handled=handled,
            started_at=now,
        )
        self._enter(run, "Preparing", "The workspace is being prepared")
        await self._written(run)

    def _restart_step(self, run: LabRun, handled: Handled) -> None:
        self._examiner.end(run)
        run.record(
            handled=handled,
            steps=[
                StepProgress(name=one.name, state="Locked") if one.state == "Open" else one
                for one in run.status.steps
            ],
        )

    # Stage 3: what this cluster or this version does not offer ----------------------------------------------------

    def _is_blocked(self, run: LabRun) -> bool:
        unmet = unmet_requirement(
            run.spec,
            self._settings.capabilities,
            self._settings.allow_privileged,
            self._settings.allow_outside,
        )
        if unmet is None:
            return False
        self._examiner.end(run)
        self._condition(run, "Provisioned", "False", unmet.reason, unmet.message)
        self._enter(run, "Blocked", unmet.message)
        return True

    # Stage 3a: outside.py — names outside of the workspace, which one lab has at a time ------------------------------

    async def _claim_outside(self, run: LabRun) -> None:
        before = run.status.outside
        refused = await self.outside.claim(run)
        if refused:
            self._examiner.end(run)
            self._condition(run, "Provisioned", "False", refused.reason, refused.message)
            self._enter(run, "Blocked", refused.message)
            raise TryAgain(refused.message, after=CLAIMS_AGAIN_AFTER)
        if run.status.outside != before:
            await self._written(run)

    # Stage 4: provision/ — the workspace and the starting state, once -----------------------------------------------

    async def _prepare(self, run: LabRun) -> None:
        if run.status.provisioned:
            self.observer.adopt(run.workspace)
            return
        self._enter(run, "Preparing", "The workspace is being prepared")
        await hold(self._session, run.key)
        found = await ensure_workspace(self._session, run.accepted)
        if isinstance(found, Taken):
            self._condition(run, "Provisioned", "False", found.reason, found.message)
            self._enter(run, "Blocked", found.message)
            raise TryAgain(found.message)
        if not isinstance(found, Workspace):
            raise TryAgain(found.message, after=LOOKS_AGAIN_AFTER)
        run.record(workspace_uid=found.uid)
        self.observer.adopt(run.workspace)
        await self._written(run)
        await self._apply(run, starting_state(run.accepted, run.names))
        run.record(provisioned=True)
        self._condition(run, "Provisioned", "True", "Applied", "The starting state is applied")
        await self._written(run)

    async def _apply(self, run: LabRun, manifests: list[dict[str, Any]]) -> None:
        outcome = await apply_all(self._session, self._resources, run.workspace, manifests)
        if isinstance(outcome, ProvisionProblem):
            self._condition(run, "Provisioned", "False", outcome.reason, outcome.message)
            self._enter(run, "Preparing" if outcome.transient else "Blocked", outcome.message)
            raise TryAgain(outcome.message)

    # Stage 5: observe/ and grade/ — the next step opens, and is graded as changes come in ---------------------------

    async def _open_next_step(self, run: LabRun) -> None:
        step = compose.current_step(run.spec, run.status.steps)
        if step is None:
            self._complete(run)
            return
        self._condition(run, "Completed", "False", "StepsOpen", f"Step {step.name} is not passed")
        compiled = compile_step(run.spec, run.spec.steps.index(step))
        settling = None
        if run.progress(step.name).state != "Open":
            settling = await self._provision_step(run, compiled)
        elif run.status.phase != "Active":
            self._enter(run, "Active")
        self._examiner.begin(run, compiled, settling)
        self._writer.submit(run.key, run.status)

    async def _provision_step(self, run: LabRun, compiled: CompiledStep) -> Settling:
        step, progress = compiled.step, run.progress(compiled.step.name)
        manifests = step_state(run.accepted, step, run.names)
        if not progress.provisioned:
            await self._apply(run, manifests)
            run.record(steps=run.steps_with(replace(progress, provisioned=True)))
            await self._written(run)
        if step is run.spec.steps[0]:
            manifests = [*starting_state(run.accepted, run.names), *manifests]
        settle = compiled.settle
        return Settling(
            workloads=workload_selections(manifests, run.workspace),
            stated=selections(settle, run.workspace, run.names) if settle else {},
            deadline=time.time() + self._settings.settle_timeout,
        )

    def _complete(self, run: LabRun) -> None:
        self._examiner.end(run)
        self._condition(run, "Completed", "True", "AllStepsPassed", "All steps passed")
        self._enter(run, "Completed")

    # The end: nothing of the lab is left ---------------------------------------------------------------------------

    async def _remove(self, run: LabRun) -> None:
        self._examiner.end(run)
        if run.status.phase != "Deleting":
            self._enter(run, "Deleting", "What the lab made is being removed")
        await self._remove_workspace(run)
        await let_go(self._session, run.key)
        self._drop(run)

    async def _remove_workspace(self, run: LabRun) -> None:
        workspace = workspace_name(run.key.namespace, run.key.name)
        # Begun first, ended last: volumes are held by claims in the workspace.
        outside = await self.outside.remove(run)
        found = await remove_workspace(self._session, workspace, run.key.uid)
        if not isinstance(found, Gone):
            raise TryAgain(found.message, after=found.look_again)
        self.observer.release(workspace)
        if outside:
            raise TryAgain(outside.message, after=outside.look_again)

    def _drop(self, run: LabRun) -> None:
        self._examiner.end(run)
        self._writer.forget(run.key)
        self._runs.pop(str(run.key), None)
        self.outside.gone(run)
        if run.status.workspace:
            self.observer.release(run.status.workspace)

    # Telling ---------------------------------------------------------------------------------------------------------

    def _condition(
        self, run: LabRun, kind: str, value: compose.ConditionStatus, reason: str, message: str
    ) -> None:
        run.status = compose.with_condition(
            run.status, kind, value, reason, message, compose.rfc3339(time.time())
        )

    def _enter(self, run: LabRun, phase: Phase, message: str = "") -> None:
        run.status = compose.with_phase(run.status, phase, message)
        self._writer.submit(run.key, run.status)

    async def _written(self, run: LabRun) -> None:
        """Wait until the status stands in the API server: what follows must not be repeated after a crash."""
        self._writer.submit(run.key, run.status)
        await self._writer.flush(run.key)
