"""Removes a lab's workspace and with it all that is in it; called by `reconcile.py` until it answers Gone.

One call is one look, with at most one deletion: the caller decides when to look again.
"""

from dataclasses import dataclass

from tutoriallab.kube.errors import Conflict, NotFound
from tutoriallab.kube.objects import delete, get
from tutoriallab.kube.session import Session
from tutoriallab.provision.hanging import what_hangs
from tutoriallab.provision.kinds import NAMESPACE
from tutoriallab.provision.marks import is_workspace_of


@dataclass(frozen=True)
class Gone:
    """Nothing of the lab's workspace is left."""


@dataclass(frozen=True)
class Waiting:
    """The workspace is being deleted; the message names what holds it up."""

    message: str


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
        return Waiting(what_hangs(found))
    try:
        await delete(session, NAMESPACE, metadata, uid=metadata["uid"])
    except Conflict:
        # Another namespace has taken the name between the two requests, or this one is being finished off.
        return Waiting(f"Namespace {workspace} changed while it was being deleted")
    return Waiting(f"Namespace {workspace} is being deleted")
