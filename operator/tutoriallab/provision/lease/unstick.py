"""Deletes for good the pods that hold up a workspace because their leased node is NotReady; called by `leases.py`."""

import time
from collections.abc import Iterable

from tutoriallab.kube.conditions import is_ready
from tutoriallab.kube.errors import Conflict, NotFound
from tutoriallab.kube.objects import delete, get, list_objects
from tutoriallab.kube.session import Session
from tutoriallab.provision.kinds import NODE, POD
from tutoriallab.provision.lease.stuck import stuck


async def unstick(session: Session, workspace: str, nodes: Iterable[str]) -> list[str]:
    """Delete the workspace's pods that wait for one of these nodes in vain; their names. Raises ApiError."""
    not_ready = {name for name in nodes if await _not_ready(session, name)}
    if not not_ready:
        return []
    pods = [pod async for pod in list_objects(session, POD, workspace)]
    gone = []
    for pod in stuck(pods, not_ready, time.time()):
        try:
            await delete(session, POD, pod["metadata"], uid=pod["metadata"]["uid"], grace_seconds=0)
        except Conflict:
            continue
        gone.append(pod["metadata"]["name"])
    return gone


async def _not_ready(session: Session, name: str) -> bool:
    try:
        return not is_ready(await get(session, NODE, name))
    except NotFound:
        # The control plane collects the pods of a node that does not exist.
        return False
