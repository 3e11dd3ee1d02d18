"""Diagnosis on what was recorded: what it says of each situation, whether that is right, and what it confuses.

Called by the test that holds its accuracy, by `hack/corpus_maker.py` and by the page about diagnosis.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.situation import Situation
from corpus.snapshot import Snapshot
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.diagnosis.finding import Finding
from tutoriallab.grade.diagnosis.tell import sentence
from tutoriallab.grade.judge import Court
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.open_step import OpenStep
from tutoriallab.observe.probe.outcome import Silent
from tutoriallab.observe.probe.request import Probe
from tutoriallab.words.sentence import as_is

NOTHING = "nothing"


@dataclass(frozen=True)
class Said:
    """What diagnosis says of a situation, and the verdict behind which it says it."""

    situation: Situation
    judgement: Judgement
    finding: Finding | None

    @property
    def right(self) -> bool:
        """Whether it names the cause that a person would name; nothing where nothing is wrong."""
        cause = self.situation.cause
        if cause is None or self.finding is None:
            return cause is None and self.finding is None
        return self.finding.reason in cause.reasons and cause.is_subject(self.finding.subject)

    @property
    def wanted(self) -> str:
        """The reason that a person would name; where there are several, the one that was named if it is among them."""
        cause = self.situation.cause
        if cause is None:
            return NOTHING
        return self.said if self.said in cause.reasons else cause.reasons[0]

    @property
    def said(self) -> str:
        """The reason that diagnosis names."""
        return self.finding.reason if self.finding else NOTHING

    @property
    def asks_diagnosis(self) -> bool:
        """Whether the check fails in a way in which diagnosis is asked at all."""
        why = self.judgement
        return why.verdict == "Failing" and bool(why.by_state or why.nothing)

    def __str__(self) -> str:
        cause = self.situation.cause
        wanted = f"{' or '.join(cause.reasons)} of {' or '.join(cause.subjects)}" if cause else NOTHING
        said = f"{self.finding.reason} ({sentence(self.finding)})" if self.finding else NOTHING
        return f"{self.situation.name}: wanted {wanted}; said {said}"


def replay(situation: Situation, snapshot: Snapshot) -> Said:
    """Judge the check and ask diagnosis, by the same way as the operator does; pages and containers answer nobody."""
    scope = Scope(snapshot.workspace, {})
    opened = OpenStep(situation.compiled(), scope, {"workspace": snapshot.workspace}, snapshot.home)
    opened.judge(Court(snapshot.select, scope, {}, snapshot.now, _silent))
    findings, _ = opened.findings(snapshot.select, snapshot.answer)
    return Said(situation, opened.judgements[0], findings[0])


def accuracy(said: Sequence[Said]) -> float:
    """The part that is right."""
    return sum(one.right for one in said) / len(said)


def confusion(said: Sequence[Said]) -> Iterator[tuple[str, int, int, str]]:
    """By wanted reason: how many situations, how many are right, and what was said of the others."""
    for wanted in sorted({one.wanted for one in said}, key=lambda reason: (reason == NOTHING, reason)):
        these = [one for one in said if one.wanted == wanted]
        others = Counter(
            one.said if one.said != wanted else f"{wanted} of another object"
            for one in these
            if not one.right
        )
        told = ", ".join(f"{reason} {count}" for reason, count in sorted(others.items()))
        yield wanted, len(these), sum(one.right for one in these), told


def _silent(_probe: Probe) -> Silent:
    return Silent(as_is("nothing answers"))
