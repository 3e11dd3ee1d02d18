"""`restart-step`: starts the open step over and waits until it is open again; what was passed stays passed."""

from datetime import UTC, datetime

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Namespace, Output
from tutoriallab.cli.plain import line
from tutoriallab.cli.program import program
from tutoriallab.cli.seen import RESTART_STEP, Seen
from tutoriallab.cli.status import render
from tutoriallab.cli.waiting import wait_for

#: Seconds for the step's starting state to be applied and to settle (60 s at most, then it opens anyway).
PATIENCE = 120.0


def command(lab: Lab = "", output: Output = "text", namespace: Namespace = "", context: Context = "") -> None:
    """Start the open step over: what it set up is applied again, what was seen is forgotten."""
    kubectl = Kubectl.find(context)
    seen = find_lab(kubectl, lab, namespace)
    if seen.current() is None:
        raise CliError(
            f"All steps of {seen.name} are passed: start it over with `{program()} reset {seen.name}`."
        )
    begun = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    kubectl.annotate(seen.name, seen.namespace, {RESTART_STEP: begun})
    again = wait_for(kubectl, seen, lambda now: _is_open(now, begun), PATIENCE, quiet=output == "json")
    if again.status.phase in {"Blocked", "Failed"}:
        raise CliError(
            f"Lab {seen.name} is {again.status.phase} ({line(again.status.next)}): put that right first."
        )
    render(again, "", output)


def _is_open(lab: Seen, begun: str) -> bool:
    """The operator has acted on it, and the step is open again (or cannot be)."""
    current = lab.current()
    is_open = current is None or current[2].state == "Open" or lab.status.phase in {"Blocked", "Failed"}
    return lab.status.handled.restart_step == begun and is_open
