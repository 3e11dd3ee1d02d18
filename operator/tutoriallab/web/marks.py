"""Which objects the open step speaks of: what its checks select, and what the messages of those that fail name. Pure.

Called by `recorder.py`. It stands at the objects, not at the checks, so that a new pod does not make the lab change.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from tutoriallab.grade.select import selection
from tutoriallab.lab.model import Check, Step
from tutoriallab.lab.state import StepProgress
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Selection
from tutoriallab.status.seen import Seen
from tutoriallab.web.item import Item

Select = Callable[[Selection], Sequence[Observed]]
Marked = tuple[Item, Item]
"""An object without its marks, and with them."""
#: A word that may be a kind, and the name behind it, as messages name objects: `Pod web-1`, `Service web:`.
_NAMED = re.compile(r"\b([A-Z][A-Za-z]+) ([a-z0-9](?:[-.a-z0-9]*[a-z0-9])?)")


def marked(
    lab: Seen, items: Iterable[Item], select: Select, before: Mapping[str, Marked] | None = None
) -> dict[str, Marked]:
    """The objects by UID, each with the checks of the open step that select it, and those whose message names it.

    What is as `before` is the same object: of hundreds one has changed.
    """
    step, progress = _open(lab)
    selected: dict[str, list[str]] = {}
    for check in step.checks if step else ():
        for uid in _selected(lab, check, select):
            selected.setdefault(uid, []).append(check.name)
    named: dict[tuple[str, str], list[str]] = {}
    for state in progress.checks if progress else ():
        for name in dict.fromkeys(_NAMED.findall(state.message)) if state.verdict != "Passed" else ():
            named.setdefault(name, []).append(state.name)
    made: dict[str, Marked] = {}
    for one in items:
        uid = one["uid"]
        by, at = selected.get(uid, []), named.get((one["kind"], one["name"]), [])
        known = before.get(uid) if before else None
        if known is None or known[0] is not one or (known[1]["selectedBy"], known[1]["namedBy"]) != (by, at):
            known = (one, {**one, "selectedBy": by, "namedBy": at})
        made[uid] = known
    return made


def _open(lab: Seen) -> tuple[Step | None, StepProgress | None]:
    progress = next((one for one in lab.status.steps if one.state == "Open"), None)
    steps: Iterable[Step] = lab.spec.steps if lab.spec and progress else ()
    return next((one for one in steps if progress and one.name == progress.name), None), progress


def _selected(lab: Seen, check: Check, select: Select) -> Mapping[str, None]:
    """UIDs of what the check's variables stand for now; pages and logs are no objects."""
    selections = (selection(one, lab.workspace, lab.names) for one in check.given.values() if not one.asks)
    return dict.fromkeys(found.uid for one in selections for found in select(one))
