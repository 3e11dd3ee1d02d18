"""What an operator that starts does first: it takes up the workspaces of all labs that are there.

Those of labs that went while no operator looked are removed.

Called by `__main__.py` before Kopf tells of the labs, one after the other. The first lists of learners' objects then
cover all workspaces; otherwise each would be listed by itself: two thousand requests for a thousand labs.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import msgspec

from tutoriallab.kube.errors import ApiError, NotFound
from tutoriallab.kube.objects import list_objects
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import GROUP, KIND, PLURAL, RESOURCE, VERSION
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.state import OutsideObject
from tutoriallab.lab.workspace import workspace_name
from tutoriallab.provision import marks
from tutoriallab.provision.kinds import NAMESPACE

log = logging.getLogger(__name__)
#: Labs per page.
CHUNK = 200


class Adopts(Protocol):
    """The engine, as far as it is needed here."""

    def adopt(self, workspace: str, home: str) -> None:
        """From now on, keep the objects in this workspace, and in the namespace in which its lab stands."""

    def left_behind(self, key: LabKey) -> None:
        """This lab is no more, and its workspace still there."""


class Recalls(Protocol):
    """The claims on names outside of workspaces, as far as they are needed here."""

    def recall(self, lab: str, claimed: Sequence[OutsideObject]) -> None:
        """What a lab's status says that it has."""


class _Metadata(msgspec.Struct):
    name: str
    namespace: str


class _Status(msgspec.Struct):
    provisioned: bool = False
    outside: list[OutsideObject] = []


class _Lab(msgspec.Struct):
    metadata: _Metadata
    status: _Status = msgspec.field(default_factory=_Status)


class _ListMetadata(msgspec.Struct):
    continue_: str = msgspec.field(default="", name="continue")


class _Page(msgspec.Struct):
    metadata: _ListMetadata
    items: list[_Lab]


_page = msgspec.json.Decoder(_Page).decode
#: Seconds between looks for the CRD.
LOOKS_AGAIN_AFTER = 1.0


async def await_kind(session: Session) -> None:
    """Wait until the API server serves our kind: an operator may be there before its CRD.

    Kopf looks at the CRD's events alone, and what it then finds may not be served yet; it would not look again.
    """
    told = False
    while True:
        try:
            served = await session.request("GET", f"/apis/{GROUP}/{VERSION}")
            if any(one["name"] == PLURAL for one in served["resources"]):
                return
        except NotFound:
            pass
        except ApiError as problem:
            log.info("whether %s is served cannot be seen: %s", KIND, problem)
            return
        if not told:
            log.warning("the cluster does not know the kind %s yet: waiting for its CRD", KIND)
            told = True
        await asyncio.sleep(LOOKS_AGAIN_AFTER)


async def resume(session: Session, engine: Adopts, claims: Recalls) -> None:
    """Adopt all workspaces that have been prepared; without an answer, each is adopted when its lab comes.

    No lab is given a name outside of workspaces that another one has, though it is not looked at yet.
    """
    try:
        # First: no lab that is made meanwhile is missed among the labs then.
        workspaces = await _workspaces(session)
        names = set()
        async for lab in _labs(session):
            key = (lab.metadata.namespace, lab.metadata.name)
            names.add(key)
            claims.recall("/".join(key), lab.status.outside)
            if lab.status.provisioned:
                engine.adopt(workspace_name(*key), lab.metadata.namespace)
        for left in workspaces:
            # A lab of that name that is another by now finds the namespace taken, and says so.
            if (left.namespace, left.name) not in names:
                log.info("the workspace of lab %s, which is gone, is removed", left)
                engine.left_behind(left)
    except (ApiError, msgspec.DecodeError) as problem:
        log.info("labs are taken up one by one: %s", problem)


async def _workspaces(session: Session) -> list[LabKey]:
    """The labs for which workspaces stand."""
    found = []
    query = {"labelSelector": f"{marks.MANAGED_BY}={marks.MANAGER}"}
    async for one in list_objects(session, NAMESPACE, query=query):
        metadata = one["metadata"]
        labels, uid = metadata["labels"], (metadata.get("annotations") or {}).get(marks.LAB_UID, "")
        key = LabKey(labels.get(marks.LAB_NAMESPACE, ""), labels.get(marks.LAB, ""), uid)
        if uid and workspace_name(key.namespace, key.name) == metadata["name"]:
            found.append(key)
    return found


async def _labs(session: Session) -> AsyncIterator[_Lab]:
    """All labs; their specs are not read."""
    token = None
    while True:
        page = _page(await session.fetch("GET", RESOURCE.path(), query={"limit": CHUNK, "continue": token}))
        for one in page.items:
            yield one
        token = page.metadata.continue_
        if not token:
            return
