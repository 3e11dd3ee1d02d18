"""`report`: how far all labs of a namespace, or of all, are: for teachers, and for CI jobs that grade."""

import re
import sys
import time
from collections.abc import Callable, Sequence
from typing import Annotated, Literal

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.options import Context, Namespace
from tutoriallab.cli.program import program
from tutoriallab.cli.refusal import Unreachable
from tutoriallab.cli.report_csv import as_csv
from tutoriallab.cli.report_junit import as_junit
from tutoriallab.cli.report_lab import LabReport, as_json, report
from tutoriallab.cli.screen import show, show_json, tell
from tutoriallab.lab.duration import seconds
from tutoriallab.lab.model import DURATION
from tutoriallab.lab.near import did_you_mean
from tutoriallab.status.seen import read

#: Seconds between two looks while it waits: one list, however many labs there are.
PAUSE = 1.0
#: Labs that the line about waiting names.
NAMED = 3

Labs = Annotated[list[str] | None, typer.Argument(metavar="LAB", help="Only these labs; all when left out.")]
Everywhere = Annotated[bool, typer.Option("--all-namespaces", "-A", help="Labs of all namespaces.")]
Format = Annotated[
    Literal["table", "json", "csv", "junit"],
    typer.Option(
        "--output", "-o", help="table for people, csv for spreadsheets, json and junit for programs."
    ),
]
Wait = Annotated[
    str,
    typer.Option("--wait", metavar="DURATION", help="Wait until all are Completed, for example 60s or 1h."),
]


def command(
    labs: Labs = None,
    everywhere: Everywhere = False,
    wait: Wait = "",
    output: Format = "table",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """How far all labs are, for teachers and CI; exit code 0 only when all of them are completed."""
    if everywhere and namespace:
        raise typer.BadParameter("say --namespace or --all-namespaces, not both.")
    patience = _patience(wait)
    kubectl = Kubectl.find(context)
    home = "" if everywhere else namespace or kubectl.namespace()
    try:
        found = until_completed(lambda: look(kubectl, home, labs or []), patience)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    _print(found, output)
    if not all(one.completed for one in found):
        raise typer.Exit(1)


def look(kubectl: Kubectl, namespace: str, names: Sequence[str]) -> list[LabReport]:
    """The labs that are meant, as they are now; raises CliError where there is none, or not one of that name."""
    found = [report(read(body)) for body in kubectl.list(LABS, namespace)]
    where = f"in namespace {namespace}" if namespace else "in any namespace"
    way_on = (
        ": name another with -n, or all with -A" if namespace else f": start one with `{program()} start`"
    )
    if not found:
        raise CliError(f"There is no lab {where}{way_on}.")
    there = sorted({one.lab for one in found})
    for name in names:
        if name not in there:
            meant = did_you_mean(name, there)
            raise CliError(f"There is no lab {name} {where}" + (f": {meant}" if meant else f"{way_on}."))
    chosen = [one for one in found if not names or one.lab in names]
    return sorted(chosen, key=lambda one: (one.namespace, one.lab))


def until_completed(look: Callable[[], list[LabReport]], patience: float) -> list[LabReport]:
    """What `look` sees once all are completed or `patience` seconds are over; says on stderr what it waits for."""
    until, told = time.monotonic() + patience, ""
    while True:
        over = time.monotonic() >= until
        try:
            found = look()
        except Unreachable as lost:
            if over:
                raise
            left = f"{lost} Trying again."
        else:
            if over or all(one.completed for one in found):
                return found
            left = waiting_for(found)
        if left != told:
            tell(left)
            told = left
        time.sleep(min(PAUSE, max(until - time.monotonic(), 0.0)))


def waiting_for(found: list[LabReport]) -> str:
    """Which labs are not completed yet, and how far they are."""
    left = [one for one in found if not one.completed]
    names = [f"{one.namespace}/{one.lab} ({_where(one)})" for one in left[:NAMED]]
    more = [f"{len(left) - NAMED} more"] if len(left) > NAMED else []
    return f"Waiting for {len(left)} of {len(found)}: {', '.join([*names, *more])}"


def _where(one: LabReport) -> str:
    return f"{one.phase} {one.passed_steps}/{one.all_steps}" + (f", step {one.step}" if one.step else "")


def _patience(wait: str) -> float:
    if not wait:
        return 0.0
    if not re.fullmatch(DURATION, wait):
        raise typer.BadParameter(f"--wait {wait} is no duration: write 60s, 5m or 1h30m.")
    return seconds(wait)


def _print(found: list[LabReport], output: str) -> None:
    if output == "json":
        show_json(as_json(found))
    elif output == "table":
        from tutoriallab.cli.report_table import render

        show(render(found))
    else:
        # Files for programs: UTF-8 whatever the terminal is, as the XML says of itself.
        getattr(sys.stdout, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
        sys.stdout.write(as_csv(found) if output == "csv" else as_junit(found))
        sys.stdout.flush()
