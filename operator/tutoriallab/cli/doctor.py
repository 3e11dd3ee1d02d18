"""`doctor`: what would be used on this machine, what is missing, and what to do about it."""

import os
from dataclasses import asdict

import typer
from rich.table import Table
from rich.text import Text

from tutoriallab.cli.options import Output
from tutoriallab.cli.screen import show, show_json
from tutoriallab.cluster.doctor import Finding, examine
from tutoriallab.cluster.places import Places
from tutoriallab.lab.plain import line

_STATES = {"ok": ("✓ ok", "green"), "missing": ("✗ missing", "red"), "note": ("· note", "yellow")}


def command(output: Output = "text") -> None:
    """What would be used on this machine, and what is missing; exit code 1 when something is."""
    findings = examine(Places.from_environment(os.environ), os.environ)
    if output == "json":
        show_json([asdict(finding) for finding in findings])
    else:
        show(render(findings))
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(1)


def render(findings: list[Finding]) -> Table:
    """A line each; below it the way out, where there is one to take."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        word, style = _STATES[finding.state]
        table.add_row(Text(word, style=style), finding.name, line(finding.text))
        if finding.way and finding.state != "ok":
            table.add_row("", "", Text(f"→ {line(finding.way)}", style="dim"))
    return table
