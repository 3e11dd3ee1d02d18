"""What a check says at one moment: made by `grade/judge.py`, told by `status/compose.py`."""

from dataclasses import dataclass

from tutoriallab.lab.state import Verdict
from tutoriallab.words.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a check says now.

    `wake_at`: when to judge again though nothing changes, in seconds of the given clock. `by_state`: what it is about
    is the state that objects are in, rather than what the learner wrote into them: diagnosis may know why; `too_many`:
    they are wanted to be fewer, or gone. `nothing`: the variables that it is about for which nothing is selected.
    """

    verdict: Verdict
    reason: str
    message: Sentence | None = None
    wake_at: float | None = None
    by_state: bool = False
    too_many: bool = False
    nothing: tuple[str, ...] = ()

    def told(self, language: str) -> str:
        """The message in this language; empty where there is none."""
        return self.message.told(language) if self.message else ""
