"""`hint`: one more hint for the open step each time; how many were given stands in an annotation of the lab."""

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Language, Namespace, Output
from tutoriallab.cli.page import StepPage, page
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import say, show, show_json
from tutoriallab.cli.words import word
from tutoriallab.status import changes
from tutoriallab.status.seen import Seen, read


def command(
    lab: Lab = "",
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """One more hint for the open step."""
    kubectl = Kubectl.find(context)
    seen = find_lab(kubectl, lab, namespace)
    step = page(seen, lang).step
    if step is None:
        raise CliError(f"Lab {seen.name} has no open step: see `{program()} status {seen.name}`.")
    if not step.hints and not step.hints_left:
        raise CliError(
            f"Step {step.name} has no hints: see `{program()} status {seen.name}` for what is seen."
        )
    spent = not step.hints_left
    if not spent:
        seen = one_more(kubectl, seen)
    shown = page(seen, lang)
    if shown.step is None or not shown.step.hints:
        raise CliError("The step passed meanwhile: no hint is needed.")
    if output == "json":
        show_json(_json(shown.lab, shown.step))
        return
    from tutoriallab.cli import show as draw

    number = len(shown.step.hints)
    show(draw.hint(shown, number, shown.step.hints[-1]))
    if spent:
        told = {"step": shown.step.name, "program": program(), "lab": shown.lab}
        say(word(shown.language, "no_more_hints", **told))


def one_more(kubectl: Kubectl, lab: Seen) -> Seen:
    """The lab with one more hint given for its open step; called by `watch`, too."""
    step = page(lab).step
    if step is None or not step.hints_left:
        return lab
    return read(kubectl.patch(lab.name, lab.namespace, changes.hint(lab, step.name)))


def _json(lab: str, step: StepPage) -> dict[str, object]:
    return {
        "lab": lab,
        "step": step.name,
        "number": len(step.hints),
        "left": step.hints_left,
        "hint": step.hints[-1],
    }
