"""The table of contents: how a lab goes from `kubectl apply` to a verdict, stage by stage, in order.

`handlers.py` tells the engine of every change of a TutorialLab; reflectors tell it of every change of what labs
select. The first are worked off by a short task per lab (`_reconcile`, which may wait for the API server); the
second are graded at once (`changed`), without waiting for anything.

A lab's status in memory is the truth while the operator runs; what must survive a crash is written and awaited
before the next stage begins. So the operator can be killed between any two lines of this file.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace

from tutoriallab.attempts import Attempts, TryAgain
from tutoriallab.counters import Counters
from tutoriallab.examiner import Examiner
from tutoriallab.grade.compile import CompiledStep, compile_step
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.select import selections, workload_selections
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.parse import parse_status
from tutoriallab.lab.problem import InvalidLab, Problem
from tutoriallab.lab.support import unmet_requirement
from tutoriallab.lab.workspace import workspace_name
from tutoriallab.learners import Learners
from tutoriallab.leases import Leases
from tutoriallab.lost import Lost
from tutoriallab.node_stage import NodeStage
from tutoriallab.observe.observer import Observer, Options
from tutoriallab.observe.probe.asking import Asker
from tutoriallab.observe.probe.prober import Pace, Prober
from tutoriallab.observe.probe.question import Asked
from tutoriallab.observe.scope import Scope
from tutoriallab.observe.selection import Selection
from tutoriallab.outside import Outside
from tutoriallab.outside_stage import OutsideStage
from tutoriallab.provision.apply import apply_all
from tutoriallab.provision.finalizer import hold, let_go
from tutoriallab.provision.refusal import ProvisionProblem
from tutoriallab.provision.remove import LOOKS_AGAIN_AFTER, Gone, remove_workspace
from tutoriallab.provision.render import starting_state, step_state
from tutoriallab.provision.workspace import Taken, Workspace, ensure_workspace
from tutoriallab.run import LabRun, Settling, kept, signature
from tutoriallab.settings import Settings
from tutoriallab.starting_over_stage import StartingOverStage
from tutoriallab.status import compose
from tutoriallab.status.object import post_happening, write_status
from tutoriallab.status.recorder import EventRecorder
from tutoriallab.status.writer import StatusWriter
from tutoriallab.teller import Teller
from tutoriallab.words import grading, phases
from tutoriallab.words.sentence import as_is

#: Seconds for statuses that are still to be written when the operator stops.
LAST_WRITES = 2.0
#: Problems that condition Accepted names; the rest are counted.
PROBLEMS_TOLD = 5


class Engine:
    """Runs all labs; `handlers.py` feeds it, reflectors feed it, and it writes statuses."""

    def __init__(
        self, session: Session, settings: Settings, took: Callable[[float], object] | None = None
    ) -> None:
        """`took` is told for each status that is written how many seconds after its verdict that was."""
        self._session = session
        self._resources = Resources(session)
        self._settings = settings
        self._runs: dict[str, LabRun] = {}
        self.observer = Observer(session, self._resources, self, Options(gap=self.missed))
        self._recorder = EventRecorder(partial(post_happening, session))
        self._writer = StatusWriter(
            partial(write_status, session), self._recorder.record, settings.writing_at_once, took
        )
        self._tell = Teller(self._writer)
        self.counters = Counters()
        self._attempts = Attempts(self._reconcile, self._tell, settings)
        self._lost = Lost(self._attempts.kick)
        self.outside = Outside(session, self.observer, self._runs, self._attempts.kick)
        self._prober = Prober(
            Asker(session, settings.probe_timeout).ask, self.observer.select, self.answered, Pace.of(settings)
        )
        self._examiner = Examiner(
            self.observer, self._prober, self._tell, settings, self._attempts.kick, self.counters
        )
        self.leases = Leases(session, settings, self.observer, self._runs, self._attempts.kick)
        self._nodes = NodeStage(self.leases, self._examiner, self._tell)
        self._outside = OutsideStage(self.outside, self.leases, self._examiner, self._tell)
        self._starting_over = StartingOverStage(
            session, self.leases, self._examiner, self._tell, self._remove_workspace
        )
        self._learners = Learners(session, self._resources)

    # What comes in ---------------------------------------------------------------------------------------------

    def adopt(self, workspace: str, home: str) -> None:
        """A workspace of before: the first lists cover it, so that it needs none of its own."""
        self.observer.adopt(workspace)
        self.observer.adopt(home)
        self._learners.adopt(workspace)

    def lab_changed(self, body: Mapping[str, Any]) -> None:
        """A TutorialLab was made or changed (or is there when the operator starts)."""
        metadata = body["metadata"]
        key = LabKey(metadata["namespace"], metadata["name"], metadata["uid"])
        run = self._runs.get(str(key))
        if run and run.key != key:
            self._lose(run)
            run = None
        if run is None:
            run = self._runs[str(key)] = LabRun(key, kept(body), parse_status(body.get("status")))
            self._writer.adopt(key, run.status)
            self.outside.recall(run.id, run.status.outside)
        if run.signature != signature(body):
            run.signature, run.body, run.failures = signature(body), kept(body), 0
            self.leases.touched(run)
            self._attempts.kick(run)

    def lab_gone(self, namespace: str, name: str, uid: str) -> None:
        """A TutorialLab is no more."""
        key = LabKey(namespace, name, uid)
        run = self._runs.get(str(key))
        if run and run.key == key:
            self._lose(run)

    def left_behind(self, key: LabKey) -> None:
        """The workspace of a lab that went while no operator looked: it is removed."""
        self._lose(LabRun(key, {"metadata": {}}))

    def changed(self, lab: str, selections: Iterable[Selection]) -> None:
        """Objects that a lab's checks select have changed (from the observer)."""
        run = self._runs.get(lab)
        if run:
            self._examiner.changed(run, selections)

    def answered(self, lab: str, probes: Iterable[Asked]) -> None:
        """Pages and logs that a lab's checks ask for say something else (from the prober)."""
        run = self._runs.get(lab)
        if run:
            self._examiner.answered(run, probes)

    def synced(self, lab: str) -> None:
        """All that a lab's checks select has been listed (from the observer)."""
        run = self._runs.get(lab)
        if run:
            self._examiner.synced(run)

    def missed(self, scope: Scope, since: float, until: float) -> None:
        """A part of the cluster was not watched between these moments (from the observer)."""
        gap = Gap(since, until, exact=True, cause=grading.CONNECTION_LOST())
        for run in list(self._runs.values()):
            self._examiner.missed(run, scope, gap)

    def phases(self) -> Counter[str]:
        """How many labs are in each phase."""
        return Counter(run.status.phase for run in self._runs.values())

    def queues(self) -> dict[str, int]:
        """What waits for its turn: labs with a stage to try, and statuses to be written."""
        busy = sum(run.task is not None for run in self._runs.values())
        return {"labs": busy, "statuses": self._writer.waiting}

    async def close(self) -> None:
        """Stop within seconds; the next operator goes on from what is written."""
        await self._attempts.close([*self._runs.values(), *self._lost.runs])
        await self.leases.close()
        for run in self._runs.values():
            self._examiner.stopping(run)
        await self._writer.finish(LAST_WRITES)
        await self._writer.close()
        await self._recorder.close()
        await self._learners.close()
        await self._prober.close()
        await self.observer.close()

    # The work of one lab ---------------------------------------------------------------------------------------

    async def _reconcile(self, run: LabRun) -> None:
        """The stages in order."""
        if run.gone or run.body["metadata"].get("deletionTimestamp"):
            await self._remove(run)
            return
        await self._nodes.end_if_idle(run)
        if not self._accept(run):
            return
        self._lost.awaited_by(run)
        await self._starting_over.act(run)
        if self._is_blocked(run):
            return
        await self._outside.claim(run)
        if await self._nodes.blocks(run):
            return
        await self._prepare(run)
        await self._admit_learners(run)
        await self._open_next_step(run)

    # Stage 1: lab/ and grade/ — is it a lab that can be run? ------------------------------------------------------

    def _accept(self, run: LabRun) -> bool:
        try:
            lab = run.read(self._settings.extra_kinds)
        except InvalidLab as invalid:
            self._refuse(run, invalid.problems)
            return False
        run.record(
            observed_generation=lab.generation,
            workspace=lab.workspace,
            started_at=run.status.started_at or rfc3339(time.time()),
        )
        run.status = compose.with_steps(run.status, lab.spec, compose.steps_of(lab.spec, run.status.steps))
        run.forget_changed_answers()
        self._tell.condition(run, "Accepted", "True", "Valid", phases.ACCEPTED())
        return True

    def _refuse(self, run: LabRun, faults: list[Problem]) -> None:
        self._examiner.end(run)
        self.leases.leave(run)
        run.lab = None
        message = "; ".join(map(str, faults[:PROBLEMS_TOLD])) + (
            f"; and {len(faults) - PROBLEMS_TOLD} more" if len(faults) > PROBLEMS_TOLD else ""
        )
        run.record(observed_generation=int(run.body["metadata"].get("generation") or 0))
        # Told to its author, in English.
        self._tell.condition(run, "Accepted", "False", "Invalid", as_is(message))
        self._tell.enter(run, "Failed", as_is(message))

    # Stage 2: starting_over_stage — what the learner asked for by annotation: a reset, the open step anew -------------

    # Stage 3: what this cluster or its operator does not offer ----------------------------------------------------

    def _is_blocked(self, run: LabRun) -> bool:
        may = self._settings
        unmet = unmet_requirement(run.spec, may.capabilities, may.allow_privileged, may.allow_outside)
        if unmet is None:
            return False
        self._examiner.end(run)
        self.leases.leave(run)
        self._tell.block(run, unmet.reason, unmet.message)
        return True

    # Stage 4: outside_stage, node_stage, provision/ — names, nodes, the workspace, and the starting state, once -----

    async def _prepare(self, run: LabRun) -> None:
        if run.status.provisioned:
            self.observer.adopt(run.workspace)
            await self._nodes.lease(run)
            return
        if not (run.failures and run.status.phase == "Blocked"):
            # Tried again though nothing has changed: it stays Blocked, with its reason, until it comes through.
            self._tell.enter(run, "Preparing", phases.PREPARING())
        if not await hold(self._session, run.key):
            # It has been deleted: the event is on its way, and clears up.
            raise TryAgain(phases.REMOVING())
        found = await ensure_workspace(self._session, run.accepted)
        if not isinstance(found, Workspace):
            # Nobody waits for the turn of a lab that waits for something else itself.
            self.leases.leave(run)
        if isinstance(found, Taken):
            self._tell.block(run, found.reason, found.message)
            raise TryAgain(found.message)
        if not isinstance(found, Workspace):
            raise TryAgain(found.message, after=LOOKS_AGAIN_AFTER)
        run.record(workspace_uid=found.uid)
        self.observer.adopt(run.workspace)
        await self._tell.written(run)
        await self._nodes.lease(run)
        await self._apply(run, starting_state(run.accepted, run.names))
        run.record(provisioned=True, phase="Preparing")
        self._tell.applied(run)
        await self._tell.written(run)

    async def _apply(self, run: LabRun, manifests: list[dict[str, Any]]) -> None:
        outcome = await apply_all(self._session, self._resources, run.workspace, manifests)
        if isinstance(outcome, ProvisionProblem):
            self._tell.condition(run, "Provisioned", "False", outcome.reason, outcome.message)
            self._tell.enter(run, "Preparing" if outcome.transient else "Blocked", outcome.message)
            if not outcome.transient and not run.status.provisioned:
                # Somebody has to mend something: labs that want the same nodes need not wait for it.
                await self.leases.end(run)
                run.record(nodes={})
            raise TryAgain(outcome.message)

    # learners.py — who may work in the workspace, and on the nodes that the lab has --------------------------------

    async def _admit_learners(self, run: LabRun) -> None:
        waits = await self._learners.admit(run.key, run.workspace, on_nodes=bool(run.status.nodes))
        if waits:
            raise TryAgain(waits)

    # Stage 5: observe/ and grade/ — the next step opens, and is graded as changes come in ---------------------------

    async def _open_next_step(self, run: LabRun) -> None:
        step = compose.current_step(run.spec, run.status.steps)
        if step is None:
            self._complete(run)
            await self._tell.written(run)
            await self.leases.end(run)
            return
        self._tell.condition(run, "Completed", "False", "StepsOpen", phases.STEPS_OPEN(step=step.name))
        compiled = compile_step(run.spec, run.spec.steps.index(step))
        settling = None
        if run.progress(step.name).state != "Open":
            settling = await self._provision_step(run, compiled)
        elif run.status.phase != "Active":
            self._tell.enter(run, "Active", as_is(compose.next_line(run.spec, run.status.steps)))
        self._tell.applied(run)
        # What a learner makes in the wrong place is made where the lab itself stands.
        self.observer.adopt(run.key.namespace)
        self._examiner.begin(run, compiled, settling)
        self._tell.publish(run)

    async def _provision_step(self, run: LabRun, compiled: CompiledStep) -> Settling:
        step, progress = compiled.step, run.progress(compiled.step.name)
        manifests = step_state(run.accepted, step, run.names)
        if not progress.provisioned:
            await self._apply(run, manifests)
            run.record(steps=run.steps_with(replace(progress, provisioned=True)))
            await self._tell.written(run)
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
        self._tell.applied(run)
        self._tell.condition(run, "Completed", "True", "AllStepsPassed", phases.ALL_PASSED())
        self._tell.enter(run, "Completed")

    # The end: nothing of the lab is left ---------------------------------------------------------------------------

    async def _remove(self, run: LabRun) -> None:
        self._examiner.end(run)
        if run.status.phase != "Deleting":
            self._tell.enter(run, "Deleting", phases.REMOVING())
        self.leases.leave(run)
        if self.leases.expired(run):
            # The workspace hangs, and others have waited long enough.
            await self.leases.end(run)
        await self._remove_workspace(run)
        await self.leases.end(run)
        await let_go(self._session, run.key)
        self._drop(run)
        self._lost.cleared(run)

    async def _remove_workspace(self, run: LabRun) -> None:
        workspace = workspace_name(run.key.namespace, run.key.name)
        # Begun first, ended last: volumes are held by claims in the workspace.
        outside = await self.outside.remove(run)
        found = await remove_workspace(self._session, workspace, run.key.uid)
        if not isinstance(found, Gone):
            if found.no_pods and run.status.phase == "Deleting":
                # Nobody has to wait for the rest of the namespace, which takes some seconds more.
                await self.leases.end(run)
            await self.leases.unstick(run, workspace)
            raise TryAgain(found.message, after=found.look_again)
        self._unwatch(run, workspace)
        if outside:
            raise TryAgain(outside.message, after=outside.look_again)

    def _lose(self, run: LabRun) -> None:
        self._drop(run)
        self._lost.take(run)

    def _drop(self, run: LabRun) -> None:
        self._examiner.end(run)
        self._writer.forget(run.key)
        if self._runs.get(run.id) is run:
            del self._runs[run.id]
        self.outside.gone(run)
        self.leases.gone(run)
        self._unwatch(run, run.status.workspace)
        home = run.key.namespace
        if not any(home in (one.key.namespace, one.status.workspace) for one in self._runs.values()):
            self.observer.release(home)

    def _unwatch(self, run: LabRun, workspace: str) -> None:
        """Let go of what a lab had in view; not of a workspace that never was its own, as another lab has it."""
        self._learners.forget(run.key)
        others = (one for one in self._runs.values() if one is not run)
        if workspace and not any(one.status.workspace_uid and one.workspace == workspace for one in others):
            self.observer.release(workspace)
