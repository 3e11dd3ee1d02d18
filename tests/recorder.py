"""A Progress for tests that remembers what it is told."""

from dataclasses import dataclass, field


@dataclass
class Recorder:
    """A Progress that keeps what it is told."""

    steps: list[tuple[str, float, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def step(self, text: str, done: float, total: float) -> None:
        self.steps.append((text, done, total))

    def note(self, text: str) -> None:
        self.notes.append(text)
