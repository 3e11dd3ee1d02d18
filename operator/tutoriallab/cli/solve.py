"""`solve`: runs a lab's reference solution, saying each command before it runs, then shows the result."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

import typer
from rich.text import Text

from tutoriallab.cli.catalogue import find_entry
from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Language, Namespace
from tutoriallab.cli.program import program
from tutoriallab.cli.progress import progress
from tutoriallab.cli.screen import console
from tutoriallab.cli.scripts import Script, desk, end, get_helpers, read_script, variables
from tutoriallab.cli.status import render
from tutoriallab.cli.waiting import TimedOut, wait_for
from tutoriallab.lab.plain import plain
from tutoriallab.status.seen import Seen

#: Seconds that the operator gets to see the last command's effect.
PATIENCE = 30.0
_SETUP = re.compile(r"#!|set -|\s*$|#\s*(check|message):")


@dataclass(frozen=True)
class Line:
    """One line of a running script: a comment or command of its own, or what a command says."""

    kind: Literal["comment", "command", "output"]
    text: str


def command(lab: Lab = "", lang: Language = "", namespace: Namespace = "", context: Context = "") -> None:
    """Run a lab's reference solution, saying each command."""
    kubectl = Kubectl.find(context)
    seen = find_lab(kubectl, lab, namespace)
    _require_start(seen)
    solutions = find_entry(seen.name).solutions
    if not solutions:
        raise CliError(f"Lab {seen.name} has no reference solution: ask its author for a solution.sh.")
    _run(kubectl, seen, read_script(solutions[0]))
    try:
        done = wait_for(kubectl, seen, lambda now: now.status.phase == "Completed", PATIENCE)
    except TimedOut as late:
        raise CliError(f"The solution ran, but the lab is not done. {late}") from None
    render(done, lang, "text")


def lines(output: Iterator[str], script: str, values: Mapping[str, str]) -> Iterator[Line]:
    """The output of `sh -v` told apart: the script's lines, which sh prints as it reads them, and all else."""
    ahead = script.splitlines()
    for raw in output:
        text = raw.rstrip("\n")
        if ahead and text == ahead[0]:
            del ahead[0]
            if not _SETUP.match(text):
                yield Line("comment" if text.startswith("#") else "command", _filled(text, values))
        elif text or not ahead:
            yield Line("output", text)


def _run(kubectl: Kubectl, lab: Seen, script: Script) -> None:
    """Run the script and show its lines; raises CliError when a command of it fails."""
    screen = console()
    with progress() as reports:
        get_helpers([script], reports)
    with ExitStack() as stack:
        process = stack.enter_context(desk(kubectl, lab, script)).start(script, "/bin/sh", "-v")
        stack.callback(end, process)
        try:
            for line in lines(iter(process.stdout or ()), script.text, variables(lab)):
                screen.print(_drawn(line), soft_wrap=True)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
        code = _code(process)
    if code != 0:
        raise CliError(
            f"The solution ended with exit code {code}: it expects the lab at its start, "
            f"`{program()} reset {lab.name}` puts it there."
        )


def _code(process: subprocess.Popen[str]) -> int:
    return process.wait()


def _drawn(line: Line) -> Text:
    if line.kind == "output":
        return Text(f"  {plain(line.text)}")
    if line.kind == "comment":
        return Text(plain(line.text), style="dim")
    return Text(f"$ {plain(line.text)}", style="bold cyan")


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The line with the lab's variables replaced, as a learner would type it."""

    def value(match: re.Match[str]) -> str:
        return values.get(match[2] or match[3], match[0])

    return re.sub(r"(\"?)\$(?:\{(\w+)\}|(\w+))\1", value, text)


def _require_start(lab: Seen) -> None:
    if lab.status.phase != "Active":
        raise CliError(
            f"Lab {lab.name} is {lab.status.phase}, not Active: see `{program()} status {lab.name}`."
        )
    if any(step.state == "Passed" for step in lab.status.steps):
        raise CliError(
            f"Lab {lab.name} is under way, the solution starts from its beginning: "
            f"`{program()} reset {lab.name}` first."
        )
