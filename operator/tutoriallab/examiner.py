"""Grades the open steps of all labs as changes come in, and publishes what turns; owned by `reconcile.py`.

No method here waits for anything: a change is judged in the same breath in which its reflector decoded it, so
that every event counts, in order, and the socket is read no faster than verdicts are made.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec.structs import replace

from tutoriallab.counters import Counters
from tutoriallab.grade.compile import CompiledStep
from tutoriallab.grade.diagnosis.tell import told as as_sentence
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.judge import Court
from tutoriallab.grade.open_step import OpenStep
from tutoriallab.grade.settle import condition_missing, workloads_missing
from tutoriallab.lab.moment import rfc3339
from tutoriallab.observe.observer import Observer
from tutoriallab.observe.probe.due import Urge
from tutoriallab.observe.probe.prober import Prober
from tutoriallab.observe.probe.question import Asked
from tutoriallab.observe.scope import Scope
from tutoriallab.observe.selection import Selection
from tutoriallab.run import LabRun, Settling
from tutoriallab.settings import Settings
from tutoriallab.status import compose
from tutoriallab.teller import Teller
from tutoriallab.words import phases
from tutoriallab.words.sentence import Sentence, joined

log = logging.getLogger(__name__)
#: Seconds after which a step that does not open says what it waits for.
SAYS_WHY_AFTER = 1.5
#: Seconds by which a timer may be late without anybody wondering why.
LATE = 0.1


class Examiner:
    """Judges, publishes, and tells `passed` when a step's checks have all passed at one moment."""

    def __init__(
        self,
        observer: Observer,
        prober: Prober,
        tell: Teller,
        settings: Settings,
        passed: Callable[[LabRun], None],
        counters: Counters,
    ) -> None:
        self._observer = observer
        self._prober = prober
        self._tell = tell
        self._settings = settings
        self._passed = passed
        self._counters = counters

    def begin(self, run: LabRun, compiled: CompiledStep, settling: Settling | None) -> None:
        """Watch what the step's checks select; judge once it is seen, and settled if it has just been prepared."""
        before = run.open
        run.open = OpenStep(compiled, run.scope, run.names, run.key.namespace)
        run.open.recall(run.progress(compiled.step.name), time.time())
        if before:
            run.open.take_over(before)
        run.settling = settling
        watched = [*run.open.watched]
        if settling:
            watched += [*settling.workloads.values(), *settling.stated.values()]
            self._wake(run, settling.deadline)
        self._observer.subscribe(run.id, tuple(dict.fromkeys(watched)))
        if self._observer.synced(run.id):
            self.synced(run)
        else:
            run.open.blind_since = (before.blind_since or time.time()) if before else None
            self._wake(run, time.time() + SAYS_WHY_AFTER)

    def end(self, run: LabRun) -> None:
        """Nothing of this lab is watched or judged any more; if it goes on one day, it must tell the gap."""
        self._note_end(run)
        run.cancel_timers()
        run.open = run.settling = None
        self._prober.forget(run.id)
        self._observer.unsubscribe(run.id)

    def changed(self, run: LabRun, selections: Iterable[Selection]) -> None:
        """Objects of these selections have changed."""
        if run.open is None or not self._observer.synced(run.id):
            return
        self._counters.changes += 1
        if run.settling:
            self._settle(run, run.settling)
            return
        told = list(selections)
        checks = run.open.touching([*told, *self._prober.changed(run.id, told)])
        if checks:
            self._judge(run, run.open, checks)
        elif run.open.wonders:
            self._publish(run, run.open)

    def answered(self, run: LabRun, probes: Iterable[Asked]) -> None:
        """These pages and logs that the lab's checks ask for say something else, or nothing any more."""
        if run.open is None or run.settling or not self._observer.synced(run.id):
            return
        self._judge(run, run.open, run.open.touching(probes))

    def synced(self, run: LabRun) -> None:
        """All that the lab's checks select has been listed (again)."""
        if run.open is None:
            return
        run.open.sees(time.time())
        if run.settling:
            self._settle(run, run.settling)
        else:
            self._opened(run, run.open)

    def missed(self, run: LabRun, scope: Scope, gap: Gap) -> None:
        """This part of the cluster was not watched for a while, and has just been listed anew."""
        if run.open is None or run.settling:
            return
        checks = run.open.touching([one for one in run.open.selections if scope.concerns(one)])
        run.open.missed(gap, checks)
        if checks and self._observer.synced(run.id):
            self._judge(run, run.open, checks)

    def stopping(self, run: LabRun) -> None:
        """The operator stops: what it knows is written a last time, with the moment until which it watched."""
        if self._note_end(run):
            self._tell.publish(run)

    def _note_end(self, run: LabRun) -> bool:
        """Until when it was watched, for a step that must be watched without a gap; whether it is one."""
        if run.open is None or run.settling or not run.open.keeps_watch:
            return False
        progress = run.progress(run.open.step.name)
        if progress.state == "Open":
            ended = replace(progress, watched_until=rfc3339(time.time()))
            run.record(steps=run.steps_with(ended))
        return progress.state == "Open"

    def _settle(self, run: LabRun, settling: Settling) -> None:
        opening = run.open
        if opening is None:
            return
        missing = self._missing(run, opening, settling)
        now = time.time()
        if missing and now < settling.deadline:
            if now >= settling.deadline - self._settings.settle_timeout + SAYS_WHY_AFTER:
                self._tell.say(run, phases.PREPARING_STEP(step=opening.step.name, missing=missing))
            else:
                self._wake(run, settling.deadline - self._settings.settle_timeout + SAYS_WHY_AFTER)
            return
        run.settling = None
        self._observer.subscribe(run.id, opening.watched)
        self._opened(run, opening)

    def _missing(self, run: LabRun, opening: OpenStep, settling: Settling) -> Sentence | None:
        select = self._observer.select
        if opening.compiled.settle:
            return condition_missing(opening.compiled.settle, settling.stated, select, run.scope)
        return workloads_missing(settling.workloads, select)

    def _opened(self, run: LabRun, opening: OpenStep) -> None:
        now = time.time()
        progress = run.progress(opening.step.name)
        if progress.state != "Open":
            opening.remember(self._court(run, now))
            progress = replace(progress, state="Open", opened_at=rfc3339(now))
            run.record(phase="Active", steps=run.steps_with(progress), step=progress.name)
        self._prober.changed(run.id)
        self._grade(run, opening, range(len(opening.judgements)))
        self._publish(run, opening)

    def _judge(self, run: LabRun, opening: OpenStep, checks: Sequence[int]) -> None:
        # What has passed on an old answer waits for this one.
        if self._grade(run, opening, checks) or opening.passed or opening.wonders:
            self._publish(run, opening)
        elif opening.wake_at is not None:
            self._wake(run, opening.wake_at)

    def _grade(self, run: LabRun, opening: OpenStep, checks: Sequence[int]) -> bool:
        self._counters.evaluations += len(checks)
        return opening.judge(self._court(run, time.time()), checks)

    def _court(self, run: LabRun, now: float) -> Court:
        return run.court(self._observer.select, partial(self._prober.outcome, run.id), now)

    def _publish(self, run: LabRun, opening: OpenStep) -> None:
        now = time.time()
        patience = self._settings.stale_patience
        progress = run.progress(opening.step.name)
        findings, questions = opening.findings(self._observer.select, partial(self._prober.outcome, run.id))
        found = [as_sentence(one) if one else None for one in findings]
        states = compose.check_states(opening, progress.checks, now, patience, run.language, found)
        progress = replace(progress, checks=states, watched_until="")
        passed = opening.passed and self._prober.fresh(run.id)
        if passed:
            progress = replace(progress, state="Passed", passed_at=rfc3339(now))
        run.status = compose.with_steps(run.status, run.spec, run.steps_with(progress))
        if passed:
            self.end(run)
            self._passed(run)
        else:
            self._prober.want(run.id, dict.fromkeys(questions, Urge.WONDER) | opening.urges())
            self._wake(
                run, min(filter(None, (opening.wake_at, opening.stale_until(now, patience))), default=None)
            )
        self._tell.publish(run)

    def _wake(self, run: LabRun, at: float | None) -> None:
        if run.wake:
            run.wake.cancel()
            run.wake = None
        if at is not None:
            now = time.time()
            delay = max(0.0, at - now) + 0.001
            run.wake = asyncio.get_running_loop().call_later(delay, self._woken, run, max(at, now))

    def _woken(self, run: LabRun, at: float) -> None:
        run.wake = None
        opening = run.open
        if opening is None:
            return
        if time.time() > at + LATE:
            # We were held up: what has happened since waits in the sockets, and comes first.
            loop = asyncio.get_running_loop()
            run.wake = loop.call_later(LATE, self._woken, run, float("inf"))
            return
        if not self._observer.synced(run.id):
            waiting = self._observer.waiting_for(run.id) or [phases.FIRST_LISTS()]
            self._tell.say(run, phases.SEEING(what=joined(waiting, phases.AND_THEN())))
            self._wake(run, time.time() + SAYS_WHY_AFTER)
        elif run.settling:
            self._settle(run, run.settling)
            if run.settling:
                self._wake(run, run.settling.deadline)
        else:
            self._grade(run, opening, opening.due(time.time()))
            self._publish(run, opening)
