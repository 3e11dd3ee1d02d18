"""`answer`: writes the learner's answer into spec.answers, and shows what the check says of it."""

from typing import Annotated

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Namespace, Output
from tutoriallab.cli.page import CheckLine, Page, page
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import show, show_json, tell
from tutoriallab.cli.waiting import TimedOut, wait_for
from tutoriallab.cli.words import word
from tutoriallab.lab.answer import chosen
from tutoriallab.status.seen import Seen, read

#: Seconds for the operator to see an answer; it takes milliseconds.
PATIENCE = 5.0
Words = Annotated[
    list[str],
    typer.Argument(metavar="[LAB] CHECK TEXT", help="The question's name and your answer, in quotes."),
]


def command(words: Words, output: Output = "text", namespace: Namespace = "", context: Context = "") -> None:
    """Answer a question of the open step."""
    if len(words) not in (2, 3):
        raise typer.BadParameter("give CHECK and TEXT, or LAB, CHECK and TEXT; put the text in quotes.")
    name, (check, text) = words[0] if len(words) == 3 else "", words[-2:]
    kubectl = Kubectl.find(context)
    seen = find_lab(kubectl, name, namespace)
    _require_question(seen, check, text)
    judged = give(kubectl, seen, check, text)
    shown = page(judged)
    line = _line(shown, check)
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


def give(kubectl: Kubectl, lab: Seen, check: str, text: str) -> Seen:
    """Write an answer and return the lab once the operator has judged it, or after 5 s as it is then."""
    before = lab.spec.answers.get(check) if lab.spec else None
    if before == text:
        # The same answer as before a reset counts only once it changes: take it away first.
        lab = _judged(kubectl, _write(kubectl, lab, check, None))
    return _judged(kubectl, _write(kubectl, lab, check, text))


def _write(kubectl: Kubectl, lab: Seen, check: str, text: str | None) -> Seen:
    return read(kubectl.patch(lab.name, lab.namespace, {"spec": {"answers": {check: text}}}))


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


def _require_question(lab: Seen, check: str, text: str) -> None:
    if lab.spec is None:
        raise CliError(f"Lab {lab.name} cannot be read: see `kubectl describe lab {lab.name}`.")
    asked = {one.name: one for step in lab.spec.steps for one in step.checks if one.answer}
    if check not in asked:
        known = f"it asks {', '.join(asked)}" if asked else "it asks none"
        raise CliError(
            f"Lab {lab.name} has no question {check}, {known}: see `{program()} status {lab.name}`."
        )
    answer = asked[check].answer
    if answer and answer.choices and chosen(text, answer.choices) is None:
        raise CliError(f"{text!r} is no choice: choose one of {', '.join(answer.choices)}.")


def _line(shown: Page, check: str) -> CheckLine | None:
    """The check in the open step; None when its step passed with the answer."""
    if shown.step is None:
        return None
    return next((one for one in shown.step.checks if one.name == check), None)


def _verdict(line: CheckLine | None) -> dict[str, str]:
    if line is None:
        return {"verdict": "Passed", "message": ""}
    return {"verdict": line.verdict, "message": line.message}
