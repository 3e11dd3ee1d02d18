"""The report at 80 columns."""

import pytest

from builders import lab, step
from pages import check_state, drawn, progress, seen, status
from tutoriallab.cli.report_lab import report
from tutoriallab.cli.report_table import render, took
from tutoriallab.status.seen import read

CONDITION = {"type": "Completed", "status": "True", "reason": "Any"}


def test_labs_by_namespace_with_what_they_still_ask_for() -> None:
    done = lab("scale", step(), namespace="class-7-anna")
    conditions = [{**CONDITION, "lastTransitionTime": "2026-01-01T01:05:00Z"}]
    passed = progress("first", "Passed")
    done["status"] = status(passed, phase="Completed", conditions=conditions, score=10)
    left = lab("scale", step(), step("second"), namespace="class-7-berta")
    message = "Deployment web: spec.replicas is 2, wanted 3. Look with kubectl describe deployment"
    left["status"] = status(
        progress("first", "Open", check_state("there", "Failing", message)), progress("second", "Locked")
    )

    told = drawn(render([report(read(done)), report(read(left))]))

    assert told == "\n".join(
        [
            "LAB                    PHASE      STEPS  SCORE      STARTED (UTC)           TIME",
            "class-7-anna",
            "  scale                Completed  1/1    10/10      2026-01-01 00:00  1 h 05 min",
            "class-7-berta",
            "  scale                Active     0/2    0/20       2026-01-01 00:00",
            "    ✗ first/there: Deployment web: spec.replicas is 2, wanted 3. Look with",
            "      kubectl describe deployment",
            "",
            "1 of 2 labs completed.",
        ]
    )


def test_a_refused_lab_is_not_called_failed_without_its_reason() -> None:
    condition = {"type": "Accepted", "status": "False", "reason": "Any", "lastTransitionTime": ""}
    conditions = [{**condition, "message": "spec.steps: none"}]

    told = drawn(render([report(seen(step(), told=status(phase="Failed", conditions=conditions)))]))

    assert "    ! Failed: spec.steps: none" in told
    assert "0 of 1 lab completed." in told


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [
        (0.4, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (60, "1 min"),
        (3_599, "1 h 00 min"),
        (3_900, "1 h 05 min"),
    ],
)
def test_times_are_told_as_people_say_them(seconds: float, wanted: str) -> None:
    assert took(seconds) == wanted
