"""Ends early what would hold up a workspace that is being deleted; called by `remove.py` at every look.

The namespace controller first waits 5 seconds, then deletes everything once. What is not gone at once then (pods in
their grace period, pods of jobs, claims in use) costs another 5 to 16 seconds. So it is asked to go in those first
seconds, when no controller can make it anew any more; by the workspace's own provisioner, as the operator may not.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from tutoriallab.kube.errors import ApiError, Conflict
from tutoriallab.kube.objects import delete, list_objects
from tutoriallab.kube.resources import Resource
from tutoriallab.kube.session import Session
from tutoriallab.provision.kinds import CLAIM, JOB, POD
from tutoriallab.provision.marks import provisioner_user

#: Seconds that a pod gets. Not 0: its object would be gone while its containers still run.
GRACE = 1
#: Jobs before the pods that they hold, claims after the pods that hold them.
LATE = (JOB, POD, CLAIM)
AT_ONCE = 8


async def hasten(session: Session, workspace: str) -> bool:
    """Delete jobs, pods and claims of a namespace that is being deleted; whether it is seen to have no pod any more.

    Never raises: it only saves time. Once the namespace controller has taken away the provisioner's rights there is
    nothing left to hasten, and nothing to be seen.
    """
    try:
        left = {resource: await _end_all(session, resource, workspace) for resource in LATE}
    except ApiError:
        return False
    return left[POD] == 0


async def _end_all(session: Session, resource: Resource, workspace: str) -> int:
    """Delete all of a kind; how many there were."""
    user, lanes = provisioner_user(workspace), asyncio.Semaphore(AT_ONCE)
    grace = GRACE if resource is POD else None

    async def end(metadata: Mapping[str, Any]) -> None:
        target = {"name": metadata["name"], "namespace": workspace}
        async with lanes:
            try:
                await delete(
                    session, resource, target, uid=metadata["uid"], grace_seconds=grace, impersonate=user
                )
            except Conflict:
                return  # another one by now: the next look finds it

    found = [one["metadata"] async for one in list_objects(session, resource, workspace, impersonate=user)]
    await asyncio.gather(*(end(metadata) for metadata in found if lingers(metadata)))
    return len(found)


def lingers(metadata: Mapping[str, Any]) -> bool:
    """Whether an object would stay longer than it has to: not deleted yet, or with a longer grace period."""
    grace = metadata.get("deletionGracePeriodSeconds") or 0
    return metadata.get("deletionTimestamp") is None or grace > GRACE
