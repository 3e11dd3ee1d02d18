"""What is wrong with a lab, as values; made by the parser and by the checks' compilation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault of a lab: where it is and what to do about it."""

    path: str
    message: str

    def __str__(self) -> str:
        """Path and sentence, as condition Accepted tells them."""
        return f"{self.path}: {self.message}"


class InvalidLab(ValueError):
    """A lab that cannot be run; `problems` tells all that was found, with paths."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems
