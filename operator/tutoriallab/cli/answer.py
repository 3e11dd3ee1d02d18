"""`answer`: writes the learner's answer into spec.answers, and shows what the check says of it."""

from contextlib import suppress
from typing import Annotated

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Namespace, Output
from tutoriallab.cli.page import CheckLine, Page, check_of, page
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import show, show_json, tell
from tutoriallab.cli.waiting import TimedOut, wait_for
from tutoriallab.cli.words import word
from tutoriallab.lab.near import did_you_mean
from tutoriallab.status import changes
from tutoriallab.status.seen import Seen, read

#: Seconds for the operator to see an answer; it takes milliseconds.
PATIENCE = 5.0
Words = Annotated[
    list[str],
    typer.Argument(metavar="[LAB] CHECK TEXT", help="The question's name and your answer, in quotes."),
]


def command(words: Words, output: Output = "text", namespace: Namespace = "", context: Context = "") -> None:
    """Answer a question of the open step."""
    if len(words) < 2:
        raise typer.BadParameter("give CHECK and TEXT, or LAB, CHECK and TEXT; put the text in quotes.")
    kubectl = Kubectl.find(context)
    seen, check, text = _meant(kubectl, words, namespace)
    judged = give(kubectl, seen, check, text)
    shown, line = page(judged), check_of(judged, check)
    if output == "json":
        show_json(
            {
                "lab": shown.lab,
                "check": check,
                **_verdict(line),
                "progress": shown.progress,
                "phase": shown.phase,
            }
        )
        return
    from tutoriallab.cli.show import check_line, head

    show(head(shown), *([check_line(shown, line)] if line else []))
    if line is None:
        tell(word(shown.language, "kept_answer", check=check))
    elif line.verdict == "Passed" and not _asks(shown, check):
        # It was what the step still wanted: what comes next is not on the screen yet.
        tell(word(shown.language, "step_answered", next=shown.next))


def _meant(kubectl: Kubectl, words: list[str], namespace: str) -> tuple[Seen, str, str]:
    """Lab, question and text; a text of several words without quotes is taken for what it is."""
    if len(words) == 2:
        return find_lab(kubectl, "", namespace), words[0], words[1]
    try:
        return find_lab(kubectl, words[0], namespace), words[1], " ".join(words[2:])
    except CliError:
        with suppress(CliError):
            lab = find_lab(kubectl, "", namespace)
            if words[0] in lab.questions:
                return lab, words[0], " ".join(words[1:])
        raise


def give(kubectl: Kubectl, lab: Seen, check: str, text: str) -> Seen:
    """Write an answer and return the lab once the operator has judged it, or after 5 s as it is then."""
    for patch in _patches(lab, check, text):
        lab = _judged(kubectl, read(kubectl.patch(lab.name, lab.namespace, patch)))
    return lab


def _judged(kubectl: Kubectl, lab: Seen) -> Seen:
    wanted = lab.generation
    try:
        return wait_for(
            kubectl, lab, lambda seen: seen.status.observed_generation >= wanted, PATIENCE, quiet=True
        )
    except TimedOut:
        raise CliError(
            f"Your answer stands in the lab, but the operator has not looked at it for {PATIENCE:.0f} s: "
            f"see that it runs, then `{program()} status {lab.name}`."
        ) from None


def _patches(lab: Seen, check: str, text: str) -> list[changes.Patch]:
    if lab.spec is None:
        raise CliError(f"Lab {lab.name} cannot be read: see `kubectl describe lab {lab.name}`.")
    try:
        return changes.answer(lab, check, text)
    except changes.NoQuestion as unfit:
        way = did_you_mean(check, lab.questions) or f"see `{program()} status {lab.name}`."
        raise CliError(f"{unfit}: {way}") from None
    except changes.Unfit as unfit:
        raise CliError(f"{unfit}.") from None


def _asks(shown: Page, check: str) -> bool:
    """Whether the step that is open now has this check."""
    return shown.step is not None and any(one.name == check for one in shown.step.checks)


def _verdict(line: CheckLine | None) -> dict[str, str]:
    if line is None:
        return {"verdict": "Unseen", "message": ""}
    return {"verdict": line.verdict, "message": line.message}
