"""`reset`: starts a lab over and waits until its first step is open again."""

import sys
from typing import Annotated

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Language, Namespace, Output
from tutoriallab.cli.starting_over import Telling, start_over
from tutoriallab.cli.words import word
from tutoriallab.lab.annotations import RESET
from tutoriallab.status.seen import Seen

#: Seconds for the workspace to be emptied and made again; a learner's finalizer can hold it up.
PATIENCE = 180.0


def command(
    lab: Lab = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """Start a lab over: its workspace is emptied and prepared again."""
    kubectl = Kubectl.find(context)
    seen = find_lab(kubectl, lab, namespace)
    if not yes:
        _ask(seen, seen.speaks(lang))
    start_over(kubectl, seen, RESET, _is_over, PATIENCE, Telling(lang, output))


def _is_over(lab: Seen, begun: str) -> bool:
    # A lab that cannot be read is not reset before its spec is put right.
    if lab.status.phase == "Failed":
        return True
    return lab.status.handled.reset == begun and lab.status.phase in {"Active", "Blocked"}


def _ask(lab: Seen, language: str) -> None:
    if not sys.stdin.isatty():
        raise CliError(
            f"Resetting {lab.name} deletes everything in {lab.status.workspace}: say --yes to do it."
        )
    typer.confirm(word(language, "confirm_reset", namespace=lab.status.workspace), abort=True)
