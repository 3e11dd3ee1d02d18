"""How long to wait before the next try: longer each time, never in step with others; for the reflectors."""

import random
from dataclasses import dataclass


@dataclass
class Backoff:
    """Waits from `first` to `most` seconds, doubling, each between half and all of that."""

    first: float
    most: float
    failures: int = 0

    def next(self) -> float:
        """Seconds to wait now."""
        # 2**30 seconds are more than any `most`; an unbounded power would overflow a float in the end.
        whole = min(self.most, self.first * 2.0 ** min(self.failures, 30))
        self.failures += 1
        return whole * random.uniform(0.5, 1.0)  # noqa: S311 - jitter needs no secrecy

    def reset(self) -> None:
        """It went well: start from `first` again."""
        self.failures = 0
