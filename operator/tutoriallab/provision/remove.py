"""Removes a lab's workspace and with it all that is in it; called by `reconcile.py` until it answers Gone.

One call is one look, with at most one deletion: the caller decides when to look again.
"""

import time
from dataclasses import dataclass
from datetime import datetime

from tutoriallab.kube.errors import Conflict, NotFound
from tutoriallab.kube.objects import delete, get
from tutoriallab.kube.session import Session
from tutoriallab.provision.hanging import what_hangs
from tutoriallab.provision.hasten import hasten
from tutoriallab.provision.kinds import NAMESPACE
from tutoriallab.provision.marks import is_workspace_of
from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence

#: Seconds between two looks: at first, and where something has been hanging for long.
LOOKS_AGAIN_AFTER = 0.3
LOOKS_AGAIN_AT_LAST = 10.0
#: For how long it is looked at often, in seconds; then ever more rarely.
OFTEN = 20.0


@dataclass(frozen=True)
class Gone:
    """Nothing of the lab's workspace is left."""


@dataclass(frozen=True)
class Waiting:
    """The workspace is being deleted: what holds it up, and in how many seconds to look again."""

    message: Sentence
    look_again: float = LOOKS_AGAIN_AFTER
    no_pods: bool = False
    """No pod is in it any more, and none can come: the nodes are free of it."""


async def remove_workspace(session: Session, workspace: str, lab_uid: str) -> Gone | Waiting:
    """Delete the namespace `workspace` if it is the workspace of the lab with this UID. Raises ApiError.

    A namespace that is not is none of ours: for this lab nothing is left.
    """
    try:
        found = await get(session, NAMESPACE, workspace)
    except NotFound:
        return Gone()
    if not is_workspace_of(found, lab_uid):
        return Gone()
    metadata = found["metadata"]
    if metadata.get("deletionTimestamp"):
        no_pods = await hasten(session, workspace)
        return Waiting(what_hangs(found), pause(metadata["deletionTimestamp"], time.time()), no_pods)
    try:
        await delete(session, NAMESPACE, metadata, uid=metadata["uid"])
    except Conflict:
        # Another namespace has taken the name between the two requests, or this one is being finished off.
        return Waiting(words.CHANGED_MEANWHILE(object=f"Namespace {workspace}"))
    await hasten(session, workspace)
    return Waiting(words.BEING_DELETED(object=f"Namespace {workspace}"))


def pause(deleted: str, now: float) -> float:
    """Seconds until the next look at a namespace that was deleted at that time (RFC 3339), by this clock or so."""
    hanging = now - datetime.fromisoformat(deleted).timestamp() - OFTEN
    return min(max(LOOKS_AGAIN_AFTER, hanging / 10), LOOKS_AGAIN_AT_LAST)
