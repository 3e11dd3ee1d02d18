"""Makes a lab's workspace: its own namespace and what must stand there before anything is provisioned.

Called by `reconcile.py` until it answers Workspace; every call goes on where the last one stopped.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tutoriallab.kube.apply import apply
from tutoriallab.kube.errors import AlreadyExists, Forbidden, NotFound
from tutoriallab.kube.objects import create, get
from tutoriallab.kube.session import Session
from tutoriallab.lab.model import Manifest
from tutoriallab.lab.parse import Lab
from tutoriallab.provision import marks, reasons
from tutoriallab.provision.apply import FIRST_PAUSE, LONGEST_PAUSE, PATIENCE
from tutoriallab.provision.hanging import what_hangs
from tutoriallab.provision.kinds import BY_KIND, NAMESPACE, RESOURCE_QUOTA, SERVICE_ACCOUNT
from tutoriallab.provision.render import DEFAULT_COUNTS, workspace_manifests
from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence


@dataclass(frozen=True)
class Workspace:
    """The workspace stands and can be provisioned; `uid` is its Namespace's."""

    uid: str


@dataclass(frozen=True)
class Taken:
    """A namespace of that name is not this lab's own; it stays untouched."""

    reason: str
    message: Sentence


@dataclass(frozen=True)
class NotYet:
    """The cluster is still at it: ask again shortly."""

    reason: str
    message: Sentence


async def ensure_workspace(
    session: Session, lab: Lab, counts: Mapping[str, int] = DEFAULT_COUNTS
) -> Workspace | Taken | NotYet:
    """The lab's workspace, made if need be; `counts` limits its objects. Raises ApiError.

    The namespace is created, never applied, so that none that exists is taken over; one with this lab's UID
    is ours from before (a crash between its creation and the status that would tell of it).
    """
    wanted = workspace_manifests(lab, counts)
    namespace = await _namespace(session, wanted.namespace, lab.uid)
    if isinstance(namespace, Taken | NotYet):
        return namespace
    await asyncio.gather(*(apply(session, BY_KIND[one["kind"]], one) for one in wanted.contents))
    missing = await _until_set_up(session, lab.workspace, counts)
    if missing:
        told = words.WORKSPACE_NOT_READY(workspace=lab.workspace, missing=missing)
        return NotYet(reasons.WORKSPACE_NOT_READY, told)
    return Workspace(namespace["metadata"]["uid"])


async def _namespace(session: Session, wanted: Manifest, lab_uid: str) -> dict[str, Any] | Taken | NotYet:
    try:
        return await create(session, NAMESPACE, wanted)
    except AlreadyExists:
        pass
    name = wanted["metadata"]["name"]
    try:
        found = await get(session, NAMESPACE, name)
    except NotFound:
        return NotYet(reasons.WORKSPACE_TERMINATING, words.JUST_DELETED(object=f"Namespace {name}"))
    if found["metadata"].get("deletionTimestamp"):
        return NotYet(reasons.WORKSPACE_TERMINATING, what_hangs(found))
    if not marks.is_workspace_of(found, lab_uid):
        return Taken(reasons.WORKSPACE_TAKEN, words.WORKSPACE_TAKEN(namespace=name))
    if wanted["metadata"]["labels"].items() <= found["metadata"]["labels"].items():
        return found
    # The lab asks for another Pod Security level by now; the UID makes sure that it is still this namespace.
    metadata = {**wanted["metadata"], "uid": found["metadata"]["uid"]}
    return await apply(session, NAMESPACE, {**wanted, "metadata": metadata})


async def _until_set_up(session: Session, workspace: str, counts: Mapping[str, int]) -> Sentence | None:
    """Wait until pods can be made; what is still missing when patience ends, None for nothing.

    Pods made earlier would be refused, and workloads would fill the learner's Events with failures.
    """
    loop = asyncio.get_running_loop()
    began, pause = loop.time(), FIRST_PAUSE
    while missing := await _missing(session, workspace, counts):
        if loop.time() + pause - began > PATIENCE:
            return missing
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)
    return None


async def _missing(session: Session, workspace: str, counts: Mapping[str, int]) -> Sentence | None:
    user = marks.provisioner_user(workspace)
    try:
        # Asked as the provisioner, which shows at the same time that its binding is in force.
        quota = await get(session, RESOURCE_QUOTA, marks.COUNTS, workspace, impersonate=user)
        if not counts.keys() <= set((quota.get("status") or {}).get("hard") or ()):
            return words.NOT_COUNTED()
        await get(session, SERVICE_ACCOUNT, "default", workspace, impersonate=user)
    except Forbidden:
        return words.NO_RIGHTS(role=marks.PROVISIONER)
    except NotFound as error:
        return words.NOT_MADE(told=error.message)
    return None
