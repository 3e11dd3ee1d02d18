"""`when: Throughout`: from when a check is first true until the step's other checks pass; called by the judge.

A violation, or a gap in watching, stays until the step starts over: nobody can undo what was seen, or see what was
missed. Pure: the state and the time come in as values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutoriallab.grade import reasons
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.judgement import Judgement
from tutoriallab.lab.duration import seconds
from tutoriallab.lab.model import Check
from tutoriallab.lab.moment import moment, of_day
from tutoriallab.lab.state import CheckState
from tutoriallab.observe.selection import Selection
from tutoriallab.words import grading as words
from tutoriallab.words.sentence import Sentence, as_is, first, without_stop

#: Seconds for which false may last where several kinds are selected, as their watches arrive apart.
GRACE = 0.5


NOTHING = as_is("")


@dataclass(slots=True)
class Vigil:
    """What a Throughout check keeps from one judgement to the next.

    `false_since` and `seen` are of a false that has not yet lasted for its grace; `ended` is why it can pass no more.
    """

    armed_at: float | None = None
    false_since: float | None = None
    seen: Sentence = NOTHING
    ended: Judgement | None = None

    @classmethod
    def recalled(cls, state: CheckState) -> "Vigil":
        """As it stands in status."""
        over = state.reason in reasons.ENDED
        ended = Judgement(state.verdict, state.reason, as_is(state.message)) if over else None
        return cls(armed_at=moment(state.armed_at), ended=ended)

    def missed(self, gap: Gap) -> None:
        """Nobody watched for a while: what was armed can be vouched for no more."""
        if self.armed_at is not None and self.ended is None:
            told = words.NOT_KNOWN(gap=first(gap.sentence), start_over=words.START_OVER())
            self.ended = Judgement("Failing", reasons.NOT_WATCHED, told)


def grace(check: Check, selections: Mapping[str, Selection]) -> float:
    """Seconds for which false may last before it counts: 0 where all comes by one watch, in its order."""
    kinds = {kind for selection in selections.values() for kind in selection.kinds()}
    if len(kinds) < 2:
        return 0.0
    return seconds(check.grace) if check.grace else GRACE


def watch(vigil: Vigil, state: Judgement, patience: float, now: float) -> Judgement:
    """The verdict, given the check's state at this moment; `patience` is its grace in seconds."""
    if vigil.armed_at is None:
        if state.verdict != "Passed":
            return state
        vigil.armed_at = now
    if state.reason == reasons.STALE_STATUS:
        # Neither true nor false: what was last seen stands, and what was doubtful stays so.
        return _holding(vigil, None if vigil.false_since is None else now + patience)
    if state.verdict == "Passed":
        vigil.false_since = None
        return _holding(vigil)
    if vigil.false_since is None:
        vigil.false_since, vigil.seen = now, state.message or NOTHING
    if now < vigil.false_since + patience:
        return _holding(vigil, vigil.false_since + patience)
    seen = without_stop(vigil.seen)
    told = words.VIOLATED(at=of_day(vigil.false_since), seen=seen, start_over=words.START_OVER())
    vigil.ended = Judgement("Failing", reasons.VIOLATED, told)
    return vigil.ended


def _holding(vigil: Vigil, wake_at: float | None = None) -> Judgement:
    since = of_day(vigil.armed_at or 0.0)
    return Judgement("Waiting", reasons.HOLDS_SO_FAR, words.HOLDS_SO_FAR(since=since), wake_at)


def conclude(checks: Sequence[Check], found: Sequence[Judgement]) -> list[Judgement]:
    """The step's verdicts: what has held throughout is Passed while all checks of another kind are."""
    over = all(
        one.verdict == "Passed"
        for check, one in zip(checks, found, strict=True)
        if check.when != "Throughout"
    )
    return [Judgement("Passed", reasons.MET) if over and _held(one) else one for one in found]


def _held(one: Judgement) -> bool:
    """True so far, and not in doubt at this moment."""
    return one.reason == reasons.HOLDS_SO_FAR and one.wake_at is None
