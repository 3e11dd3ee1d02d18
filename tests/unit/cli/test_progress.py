"""Long work in a pipe: a line for what is new, not one for every byte."""

from io import StringIO

import pytest
from rich.console import Console

from tutoriallab.cli.progress import Lines


def test_the_same_work_is_told_once_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    output, clock = StringIO(), iter([0.0, 1.0, 2.0, 13.0])
    monkeypatch.setattr("tutoriallab.cli.progress.time.monotonic", lambda: next(clock) + 100)
    told = Lines(Console(file=output, width=80))

    told.step("Building etcd: 1 of 9 packages", 1, 9)
    told.step("Building etcd: 2 of 9 packages", 2, 9)
    told.step("Making cluster x", 0, 0)
    told.step("Making cluster x", 0, 0)

    assert output.getvalue().splitlines() == [
        "Building etcd: 1 of 9 packages",
        "Making cluster x",
        "Making cluster x",
    ]


def test_a_note_is_always_told() -> None:
    output = StringIO()

    Lines(Console(file=output, width=80)).note("kubectl: passed over\x1b[2J")

    assert output.getvalue() == "kubectl: passed over[2J\n"
