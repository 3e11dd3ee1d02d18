"""What a watch on labs has seen of verdicts, beside what was written: T2−T0 of each flip. Pure; benches D and H."""

from collections.abc import Iterator

from bench.prepare import Target
from bench.writer import Written


class Turns:
    """Every turn of a verdict that was seen, by lab and check, in order; what a LabWatch is given to tell."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], list[tuple[str, float]]] = {}

    def __call__(self, lab: str, check: str, verdict: str, at: float) -> None:
        self.seen.setdefault((lab, check), []).append((verdict, at))

    def latencies(self, targets: list[Target], written: Written) -> list[tuple[float, float]]:
        """T0, and T2−T0, of every flip whose verdict was seen: the n-th flip of a check belongs to its n-th turn."""
        left: dict[tuple[str, str], Iterator[tuple[str, float]]] = {
            key: iter(turns) for key, turns in self.seen.items()
        }
        found = []
        for number, on, changed in sorted(written.flips, key=lambda flip: flip[2]):
            target = targets[number]
            verdict, at = next(left.get((target.lab, target.check), iter(())), ("", 0.0))
            if verdict == ("Passed" if on else "Failing"):
                found.append((changed, at - changed))
        return found

    def first(self, lab: str, check: str, verdict: str) -> float | None:
        """When this verdict was seen for the first time; None when it was not."""
        return next((at for seen, at in self.seen.get((lab, check), ()) if seen == verdict), None)
