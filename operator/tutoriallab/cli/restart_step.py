"""`restart-step`: starts the open step over and waits until it is open again; what was passed stays passed."""

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Language, Namespace, Output
from tutoriallab.cli.program import program
from tutoriallab.cli.starting_over import STUCK, Telling, start_over
from tutoriallab.lab.annotations import RESTART_STEP
from tutoriallab.status.seen import Seen

#: Seconds for the step's starting state to be applied and to settle (60 s at most, then it opens anyway).
PATIENCE = 120.0


def command(
    lab: Lab = "",
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """Start the open step over: what it set up is applied again, what was seen is forgotten."""
    kubectl = Kubectl.find(context)
    seen = find_lab(kubectl, lab, namespace)
    if seen.current() is None:
        raise CliError(
            f"All steps of {seen.name} are passed: start it over with `{program()} reset {seen.name}`."
        )
    start_over(kubectl, seen, RESTART_STEP, _is_open, PATIENCE, Telling(lang, output))


def _is_open(lab: Seen, begun: str) -> bool:
    """The operator has acted on it, and the step is open again (or cannot be)."""
    current = lab.current()
    is_open = current is None or current[2].state == "Open" or lab.status.phase in STUCK
    return lab.status.handled.restart_step == begun and is_open
