"""How long work tells what it is doing; the CLI renders it, tests record it."""

from typing import Protocol


class Progress(Protocol):
    """Receives what is under way; called often, so an implementation must be quick and must not raise."""

    def step(self, text: str, done: float, total: float) -> None:
        """`text` is under way, `done` of `total` (any unit, the same for both; total 0: not known)."""

    def note(self, text: str) -> None:
        """One sentence that stays on the screen, such as a program that was passed over."""


class Silent:
    """Progress for those who do not want any."""

    def step(self, text: str, done: float, total: float) -> None:
        """Ignore it."""

    def note(self, text: str) -> None:
        """Ignore it."""
