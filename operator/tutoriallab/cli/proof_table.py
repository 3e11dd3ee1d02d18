"""What `prove` tells at the end: a table of labs, and below it every failure. Pure; called by `prove`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tutoriallab.cli.case import Proof
from tutoriallab.lab.plain import line, plain


@dataclass(frozen=True)
class Result:
    """All proofs of one lab."""

    name: str
    proofs: tuple[Proof, ...]

    def of(self, kind: str) -> list[Proof]:
        """The proofs of solutions or of mutants."""
        return [proof for proof in self.proofs if proof.case.kind == kind]

    @property
    def starts(self) -> bool:
        """No check was passed at any start."""
        return all(proof.starts for proof in self.proofs)

    @property
    def skipped(self) -> str:
        """Why this cluster cannot prove the lab; empty when it can."""
        return next((proof.skipped for proof in self.proofs if proof.skipped), "")

    @property
    def holds(self) -> bool:
        """Everything was as it must be, or cannot be proved here."""
        return bool(self.skipped) or all(proof.holds for proof in self.proofs)

    @property
    def seconds(self) -> float:
        """How long all its proofs took, one after another."""
        return sum(proof.seconds for proof in self.proofs)


def render(results: Sequence[Result], seconds: float) -> RenderableType:
    """The table, and below it every failure: what was wanted, what was seen, what the script said last."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="bold")
    for title in ("LAB", "START FAILS", "SOLUTIONS PASS", "MUTANTS FAIL"):
        table.add_column(title, no_wrap=True)
    table.add_column("TIME", justify="right", no_wrap=True)
    for result in results:
        if result.skipped:
            table.add_row(result.name, "–", "–", "–", "skipped")
        else:
            starts, solved, caught = _starts(result), _of(result, "solution"), _of(result, "mutant")
            table.add_row(result.name, starts, solved, caught, f"{result.seconds:.1f} s")
    failures = [part for result in results for part in _failures(result)]
    good = sum(result.holds and not result.skipped for result in results)
    total = Text(f"{good} of {len(results)} labs proved in {seconds:.1f} s.")
    return Group(table, *failures, Text(), total)


def _starts(result: Result) -> Text:
    return Text("✓", style="green") if result.starts else Text("✗", style="red")


def _of(result: Result, kind: str) -> Text:
    proofs = result.of(kind)
    good = sum(proof.holds for proof in proofs)
    style = "green" if good == len(proofs) else "red"
    return Text(f"{'✓' if good == len(proofs) else '✗'} {good} of {len(proofs)}", style=style)


def _failures(result: Result) -> Iterator[RenderableType]:
    if result.skipped:
        yield Text(f"\n– {result.name}: {line(result.skipped)}", style="yellow")
        return
    for proof in result.proofs:
        if not proof.holds:
            yield Text(f"\n✗ {proof.case.title}", style="bold red")
            yield from what_failed(proof)


def what_failed(proof: Proof) -> Iterator[RenderableType]:
    """What was wanted of one case, what was seen, and the last lines of its script."""
    lines = [f"wanted: {line(proof.wanted)}", f"seen:   {line(proof.seen)}"]
    if proof.output:
        lines.append("output:")
    yield Padding(Text("\n".join(lines)), (0, 0, 0, 2))
    if proof.output:
        yield Padding(Text(plain(proof.output), style="dim"), (0, 0, 0, 4))


def as_json(result: Result) -> dict[str, Any]:
    """One lab's proofs for programs."""
    return {
        "lab": result.name,
        "holds": result.holds,
        "skipped": result.skipped,
        "startFails": result.starts,
        "seconds": round(result.seconds, 3),
        "proofs": [
            {
                "kind": proof.case.kind,
                "script": proof.case.script.file.name,
                "holds": proof.holds,
                "seconds": round(proof.seconds, 3),
                "wanted": proof.wanted,
                "seen": proof.seen,
                "output": proof.output,
            }
            for proof in result.proofs
        ],
    }
