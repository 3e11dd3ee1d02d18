"""The labs as a teacher's table: one row each, with who is stuck on what. Pure; called by `pages.py`."""

from typing import Any

from tutoriallab.lab.moment import milliseconds
from tutoriallab.lab.state import CheckState
from tutoriallab.status.seen import Seen
from tutoriallab.web.texts import as_texts

Row = dict[str, Any]


def row(lab: Seen) -> Row:
    """One lab."""
    spec, status = lab.spec, lab.status
    return {
        "namespace": lab.namespace,
        "name": lab.name,
        "title": as_texts(spec.title, lab.names) if spec else {"en": lab.name},
        "phase": lab.phase,
        "progress": lab.progress,
        "score": status.score or 0,
        "maxScore": lab.max_score,
        "step": status.step,
        "startedAt": milliseconds(status.started_at),
        "stuckOn": _stuck(lab),
    }


def _stuck(lab: Seen) -> Row | None:
    """The check of the open step that has failed the longest, and since when."""
    if lab.status.phase != "Active":
        return None
    progress = next((one for one in lab.status.steps if one.state == "Open"), None)
    failing = [one for one in progress.checks if one.verdict in {"Failing", "Error"}] if progress else []
    if not failing:
        return None
    longest: CheckState = min(failing, key=lambda one: one.since or "~")
    return {"check": longest.name, "since": milliseconds(longest.since)}
