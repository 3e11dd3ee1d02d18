"""When a probe is asked again though nothing behind it has changed. Pure: called by `prober.py`."""

from dataclasses import dataclass
from enum import IntEnum


class Urge(IntEnum):
    """Why somebody wants to know; of several checks that share a probe, the most urgent counts."""

    #: A check fails, and the answer may say why: its verdict does not depend on it.
    WONDER = 0
    #: The check is Passed: is it still so?
    CONFIRM = 1
    #: It has to stay true for a while (`holdsFor`), and that while has begun.
    HOLD = 2
    #: The check is not Passed.
    SEEK = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two requests: at first, and at most; `hold` while something has to stay true."""

    first: float = 0.5
    most: float = 10.0
    hold: float = 1.0
    #: Nobody waits for the answer to a question: it is asked ever more seldom while nothing changes.
    seldom: float = 600.0

    def pause(self, urge: Urge, tries: int) -> float:
        """Seconds after an answer until the next request, of which `tries` have been sent without success."""
        if urge in (Urge.SEEK, Urge.WONDER):
            # 2**30 times any `first` is more than any `most`; an unbounded power would overflow a float in the end.
            most = self.seldom if urge is Urge.WONDER else self.most
            return min(most, self.first * 2.0 ** min(tries, 30))
        return min(self.most, self.hold) if urge is Urge.HOLD else self.most
