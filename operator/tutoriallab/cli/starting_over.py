"""What `reset` and `restart-step` share: ask the operator by annotation, wait until it is done, show the lab."""

import time
from collections.abc import Callable
from typing import NamedTuple

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.status import render
from tutoriallab.cli.waiting import wait_for
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.plain import line
from tutoriallab.status.seen import Seen

#: Phases in which a lab cannot start over before somebody has put something right.
STUCK = frozenset({"Blocked", "Failed"})


class Telling(NamedTuple):
    """How the lab is shown in the end: in which language (its own when empty), for people or for programs."""

    language: str
    output: str


def start_over(
    kubectl: Kubectl,
    seen: Seen,
    annotation: str,
    is_done: Callable[[Seen, str], bool],
    patience: float,
    telling: Telling,
) -> None:
    """Set the annotation to this moment, and wait until `is_done` says of the lab and that value that it is done.

    Raises CliError when the lab is stuck, or not done after `patience` seconds.
    """
    begun = rfc3339(time.time())
    kubectl.annotate(seen.name, seen.namespace, {annotation: begun})
    again = wait_for(kubectl, seen, lambda now: is_done(now, begun), patience, quiet=telling.output == "json")
    if again.status.phase in STUCK:
        raise CliError(
            f"Lab {seen.name} is {again.status.phase} ({line(again.status.next)}): put that right first."
        )
    render(again, telling.language, telling.output)
