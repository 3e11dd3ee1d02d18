"""The report as CSV for a spreadsheet: a header, one row a lab. Pure; called by `report`."""

import csv
from io import StringIO

from tutoriallab.cli.report_lab import LabReport
from tutoriallab.lab.plain import line

#: Steps in two columns: spreadsheets read 1/3 as a date.
COLUMNS = (
    "namespace", "lab", "phase", "completed", "passedSteps", "allSteps", "score", "maxScore",
    "startedAt", "completedAt", "seconds", "step", "failing",
)  # fmt: skip
#: What a spreadsheet takes for a formula, also as typed on a Chinese keyboard.
_FORMULA = frozenset("=+-@＝＋－＠")


def as_csv(reports: list[LabReport]) -> str:
    """All reports: RFC 4180, but for the line ends, which are those of pipes."""
    output = StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in reports:
        writer.writerow([_cell(value) for value in _row(one)])
    return output.getvalue()


def _row(one: LabReport) -> tuple[object, ...]:
    failing = [f"{step}/{check.name}: {check.message or check.verdict}" for step, check in one.open_checks]
    if one.problem:
        failing.insert(0, one.problem)
    return (
        one.namespace,
        one.lab,
        one.phase,
        str(one.completed).lower(),
        one.passed_steps,
        one.all_steps,
        one.score,
        one.max_score,
        one.started_at,
        one.completed_at,
        "" if one.seconds is None else one.seconds,
        one.step,
        "; ".join(failing),
    )


def _cell(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """The text on one line, and never a formula: a learner may have a hand in what a message repeats."""
    plain = line(text)
    return f"'{plain}" if plain[:1] in _FORMULA else plain
