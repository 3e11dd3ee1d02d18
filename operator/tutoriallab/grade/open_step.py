"""The open step of a lab: its checks, what they select, and their latest judgements; kept by `reconcile.py`.

Only the checks that select a changed object are judged again. Pure: objects and time come in as values.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from tutoriallab.grade import reasons
from tutoriallab.grade.bind import Binding, Chosen, Scope, Select, Unbound, bind
from tutoriallab.grade.compile import CompiledCheck, CompiledStep
from tutoriallab.grade.diagnosis.absent import absent
from tutoriallab.grade.diagnosis.evidence import Answers, Evidence, also, unanswered
from tutoriallab.grade.diagnosis.finding import Finding
from tutoriallab.grade.diagnosis.roots import roots, selected
from tutoriallab.grade.diagnosis.walk import diagnose
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.judge import CheckMemory, Court, judge
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.select import probes, selections
from tutoriallab.grade.throughout import Vigil, conclude
from tutoriallab.lab.model import Check
from tutoriallab.lab.state import StepProgress
from tutoriallab.lab.texts import fill
from tutoriallab.observe.probe.due import Urge
from tutoriallab.observe.probe.question import Asked, Question
from tutoriallab.observe.probe.request import Probe
from tutoriallab.observe.selection import Kind, Selection
from tutoriallab.words import grading as words

WAITING = Judgement("Waiting", reasons.SETTLING, words.SETTLING())


class OpenStep:
    """Grades one step; every check keeps its memory here."""

    def __init__(
        self, compiled: CompiledStep, scope: Scope, names: Mapping[str, str], home: str = ""
    ) -> None:
        """`home`: the namespace in which the lab itself stands."""
        self.step = compiled.step
        self.compiled = compiled
        self._workspace = scope.workspace
        self._home = home
        #: What the lab's own objects are called: nobody has mixed them up with what is not there.
        self._taken = frozenset(fill(name, names) for name in compiled.named)
        self._checks = [one.check for one in compiled.checks]
        self._chosen: list[Chosen] = [
            {**selections(one, scope.workspace, names), **probes(one.check, scope.workspace, names)}
            for one in compiled.checks
        ]
        self.memories = [CheckMemory() for _ in compiled.checks]
        self._found = [WAITING] * len(compiled.checks)
        self.judgements = list(self._found)
        self.evaluations = 0
        #: Since when changes are not seen because something more has to be listed first; None while they are.
        self.blind_since: float | None = None

    @property
    def selections(self) -> tuple[Selection, ...]:
        """All that the checks select, and what stands behind the pages and logs that they ask for, each once."""
        found: dict[Selection, None] = {}
        for one in (one for chosen in self._chosen for one in chosen.values()):
            found.update(dict.fromkeys((one,) if isinstance(one, Selection) else one.behind))
        return tuple(found)

    @cached_property
    def watched(self) -> tuple[Selection, ...]:
        """All of that, and what has to be seen besides to find why a check fails."""
        return tuple(dict.fromkeys([*self.selections, *also(self.selections, self._workspace, self._home)]))

    @property
    def wonders(self) -> bool:
        """Whether a check fails for a reason that may lie in what stands behind it."""
        return self._may_tell and any(one.by_state or one.nothing for one in self.judgements)

    def findings(
        self, select: Select, answers: Answers = unanswered
    ) -> tuple[list[Finding | None], list[Question]]:
        """For each check that fails, the first broken link behind it, and what has to be asked to see more.

        None where there is none, or none to be told.
        """
        if not self.wonders:
            return [None] * len(self.judgements), []
        evidence = Evidence(self._workspace, self._known, select, self._home, answers)
        # Checks of one step often select the same, and then fail for the same cause.
        same: dict[tuple[Any, ...], Finding | None] = {}
        found: list[Finding | None] = [None] * len(self.judgements)
        for i, (chosen, one) in enumerate(zip(self._chosen, self.judgements, strict=True)):
            if one.verdict != "Failing":
                continue
            key = (one.by_state, one.too_many, one.nothing, *chosen.items())
            if key not in same:
                same[key] = self._finding(chosen, one, evidence)
            found[i] = same[key]
        return found, list(evidence.asked)

    def _finding(self, chosen: Chosen, judgement: Judgement, evidence: Evidence) -> Finding | None:
        for variable in judgement.nothing:
            one = chosen.get(variable)
            found = absent(selected(one), evidence, self._taken) if one else None
            if found:
                return found
        if not judgement.by_state:
            return None
        return diagnose(roots(chosen, evidence.select), evidence, too_many=judgement.too_many)

    @cached_property
    def _known(self) -> frozenset[Kind]:
        """The kinds of which everything in the workspace is seen."""
        return frozenset(kind for one in self.watched for kind in one.kinds())

    @property
    def _may_tell(self) -> bool:
        """Where a question is open, what stands in the way may be its answer."""
        return not any(
            check.answer and one.verdict != "Passed"
            for check, one in zip(self._checks, self.judgements, strict=True)
        )

    def urges(self) -> dict[Probe, Urge]:
        """The pages and logs that the checks need to know by now, and why."""
        found: dict[Probe, Urge] = {}
        for check, chosen, one in zip(self._checks, self._chosen, self.judgements, strict=True):
            urge = _urge(check, one)
            for probe in chosen.values() if urge else ():
                if urge and not isinstance(probe, Selection):
                    found[probe] = max(urge, found.get(probe, urge))
        return found

    def touching(self, changed: Iterable[Selection | Asked]) -> list[int]:
        """Numbers of the checks that one of these selections or probes belongs to."""
        wanted = frozenset(changed)
        return [i for i, chosen in enumerate(self._chosen) if not wanted.isdisjoint(chosen.values())]

    def recall(self, progress: StepProgress, now: float) -> None:
        """Take up what was remembered and seen before the operator restarted; it has not watched since."""
        recorded = {check.name: check for check in progress.checks}
        for check, memory in zip(self.compiled.checks, self.memories, strict=True):
            before = recorded.get(check.check.name)
            if before:
                memory.remembered = before.remembered
                memory.was_true = check.check.when == "Ever" and before.verdict == "Passed"
                memory.vigil = Vigil.recalled(before)
        if progress.state == "Open":
            self.missed(Gap.before(progress, now))

    def sees(self, now: float) -> None:
        """All that is selected is listed."""
        if self.blind_since is not None:
            self.missed(Gap(self.blind_since, now, exact=True, cause=words.LAB_CHANGED()))
            self.blind_since = None

    def missed(self, gap: Gap, checks: Iterable[int] | None = None) -> None:
        """Nobody watched what these checks select, or all of them."""
        for i in range(len(self.memories)) if checks is None else checks:
            self.memories[i].missed(gap)

    def take_over(self, before: "OpenStep") -> None:
        """Keep the memories of checks that a changed lab has left as they were."""
        known = {
            check.check.name: (check.check, memory)
            for check, memory in zip(before.compiled.checks, before.memories, strict=True)
        }
        for i, check in enumerate(self.compiled.checks):
            same, memory = known.get(check.check.name, (None, self.memories[i]))
            if same == check.check:
                self.memories[i] = memory
            else:
                # What was seen was seen of another requirement, and nothing was missed of this one.
                self.memories[i].vigil, self.memories[i].gap = Vigil(), None

    def remember(self, court: Court) -> None:
        """Evaluate what the checks remember, at the moment when the step opens."""
        for check, chosen, memory in zip(self.compiled.checks, self._chosen, self.memories, strict=True):
            if check.remember and not memory.remembered:
                memory.remembered = _remembered(check, chosen, court)

    def judge(self, court: Court, checks: Iterable[int] | None = None) -> bool:
        """Judge these checks, or all; whether a judgement is another than before."""
        before = self.judgements
        for i in range(len(self._found)) if checks is None else checks:
            self.evaluations += 1
            self._found[i] = judge(self.compiled.checks[i], self._chosen[i], self.memories[i], court)
        self.judgements = conclude(self._checks, self._found)
        return before != self.judgements

    def due(self, now: float) -> list[int]:
        """Checks whose own time has run out."""
        return [i for i, one in enumerate(self.judgements) if one.wake_at is not None and one.wake_at <= now]

    @property
    def wake_at(self) -> float | None:
        """The next moment at which a check must be judged though nothing changes; None for never."""
        return min((one.wake_at for one in self.judgements if one.wake_at is not None), default=None)

    def stale_until(self, now: float, patience: float) -> float | None:
        """The next moment at which a status that does not catch up must be told; None for never."""
        ends = (one.stale_since + patience for one in self.memories if one.stale_since is not None)
        return min((end for end in ends if end > now), default=None)

    @property
    def keeps_watch(self) -> bool:
        """Whether a check depends on being watched without a gap."""
        return any(
            (check.check.when == "Ever" and not memory.was_true)
            or (memory.vigil.armed_at is not None and memory.vigil.ended is None)
            for check, memory in zip(self.compiled.checks, self.memories, strict=True)
        )

    @property
    def passed(self) -> bool:
        """Whether all checks are Passed at this moment."""
        return all(one.verdict == "Passed" for one in self.judgements)


def _urge(check: Check, judgement: Judgement) -> Urge | None:
    """How much a check needs to know what it asks for; None when it does not matter any more."""
    if judgement.verdict == "Passed":
        return None if check.when == "Ever" else Urge.CONFIRM
    if judgement.reason == reasons.TOO_COSTLY:
        return None
    return Urge.HOLD if judgement.reason == reasons.HOLDING else Urge.SEEK


def _remembered(check: CompiledCheck, chosen: Chosen, court: Court) -> dict[str, Any]:
    # Pages and logs are asked for once the step is open: nothing of them can be remembered.
    given = {name: one for name, one in check.check.given.items() if not one.asks}
    for binding in bind(given, chosen, check.where, court.select, court.scope):
        if isinstance(binding, Binding):
            return {
                name: expression.evaluate(binding.values).value for name, expression in check.remember.items()
            }
        if isinstance(binding, Unbound):
            break
    return {}
