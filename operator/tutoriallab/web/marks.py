"""Which objects the open step speaks of: what its checks select, and what the messages of those that fail name. Pure.

Called by `drawing.py`. It stands at the objects, not at the checks, so that a new pod does not make the lab change.
"""

import re
from collections.abc import Iterable

from tutoriallab.grade.select import selection
from tutoriallab.lab.model import Step
from tutoriallab.lab.state import StepProgress
from tutoriallab.observe.selection import Selection
from tutoriallab.status.seen import Seen

Named = dict[tuple[str, str], list[str]]
"""Checks by the kind and the name of an object."""
#: A word that may be a kind, and the name behind it, as messages name objects: `Pod web-1`, `Service web:`.
_NAMED = re.compile(r"\b([A-Z][A-Za-z]+) ([a-z0-9](?:[-.a-z0-9]*[a-z0-9])?)")


def open_step(lab: Seen) -> tuple[Step | None, StepProgress | None]:
    """The open step as its author wrote it, and what is recorded of it."""
    progress = next((one for one in lab.status.steps if one.state == "Open"), None)
    steps: Iterable[Step] = lab.spec.steps if lab.spec and progress else ()
    return next((one for one in steps if progress and one.name == progress.name), None), progress


def selected(lab: Seen, step: Step) -> list[tuple[str, Selection]]:
    """What each check's variables stand for; pages and logs are no objects."""
    return [
        (check.name, selection(one, lab.workspace, lab.names))
        for check in step.checks
        for one in check.given.values()
        if not one.asks
    ]


def named(progress: StepProgress) -> Named:
    """The checks that are not passed, by the kinds and names in their messages."""
    found: Named = {}
    for state in progress.checks:
        for one in dict.fromkeys(_NAMED.findall(state.message)) if state.verdict != "Passed" else ():
            found.setdefault(one, []).append(state.name)
    return found
