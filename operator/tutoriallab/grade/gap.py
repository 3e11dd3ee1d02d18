"""A time in which nobody watched: the operator was away, or the API server. Made by `examiner.py`, told by checks.

What happened then was not seen event by event, so a check over time can neither count it nor deny it.
"""

from dataclasses import dataclass
from typing import Self

from tutoriallab.lab.moment import moment, span
from tutoriallab.lab.state import StepProgress
from tutoriallab.words import grading as words
from tutoriallab.words.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Gap:
    """From `since` until `until`, in seconds since 1970. `exact`: it began at `since`, not some time after it."""

    since: float
    until: float
    exact: bool
    cause: Sentence

    @classmethod
    def before(cls, progress: StepProgress, now: float) -> Self:
        """The gap before an open step is taken up again: the operator was restarted, or the lab put right.

        Grading that was told to stop has written until when it watched. An operator that was killed could not; the
        latest moment in the step's record is the last at which it is known to have watched.
        """
        stopped = moment(progress.watched_until)
        known = [progress.opened_at]
        known += [text for check in progress.checks for text in (check.since, check.armed_at)]
        last = max((at for at in map(moment, known) if at is not None), default=now)
        return cls(
            since=min(now, last if stopped is None else stopped),
            until=now,
            exact=stopped is not None,
            cause=words.INTERRUPTED(),
        )

    @property
    def sentence(self) -> Sentence:
        """When nobody watched, and why."""
        since, until = span(self.since, self.until)
        return (words.GAP if self.exact else words.GAP_WITHIN)(since=since, until=until, cause=self.cause)
