"""The table of proofs, at 80 columns."""

from pathlib import Path
from typing import Literal

from pages import drawn
from tutoriallab.cli.case import Case, Proof
from tutoriallab.cli.catalogue import Entry
from tutoriallab.cli.proof_table import Result, render
from tutoriallab.cli.scripts import Script

ENTRY = Entry("deployments", "scale", Path("labs/deployments/scale/lab.yaml"))


def proof(
    file: str, kind: Literal["solution", "mutant"], *, holds: bool = True, starts: bool = True, **more: str
) -> Proof:
    script = Script(Path(file), "", ())
    return Proof(Case(ENTRY, script, kind), starts, holds, 1.5, **more)


def test_all_as_wanted() -> None:
    result = Result(
        "scale", (proof("solution.sh", "solution"), proof("a.sh", "mutant"), proof("b.sh", "mutant"))
    )

    assert drawn(render([result], 3.0)) == "\n".join(
        [
            "LAB     START FAILS   SOLUTIONS PASS   MUTANTS FAIL    TIME",
            "scale   ✓             ✓ 1 of 1         ✓ 2 of 2       4.5 s",
            "",
            "1 of 1 labs proved in 3.0 s.",
        ]
    )


def test_a_failure_is_explained() -> None:
    bad = proof(
        "a.sh",
        "mutant",
        holds=False,
        wanted="check replicas is Failing",
        seen="it is Passed",
        output="scaled",
    )

    told = drawn(render([Result("scale", (proof("solution.sh", "solution"), bad))], 3.0))

    assert "✗ 0 of 1" in told
    assert "✗ scale mutants/a.sh\n  wanted: check replicas is Failing\n  seen:   it is Passed\n" in told
    assert "    scaled" in told
    assert told.endswith("0 of 1 labs proved in 3.0 s.")


def test_a_lab_that_passes_at_its_start_is_told() -> None:
    result = Result("scale", (proof("solution.sh", "solution", holds=False, starts=False),))

    assert not result.holds
    assert drawn(render([result], 1.0)).splitlines()[1].startswith("scale   ✗             ✗ 0 of 1")


def test_what_the_cluster_cannot_prove_is_skipped_and_no_failure() -> None:
    result = Result("scale", (proof("solution.sh", "solution", holds=False, skipped="needs Containers"),))

    assert result.holds
    assert "– scale: needs Containers" in drawn(render([result], 1.0))
