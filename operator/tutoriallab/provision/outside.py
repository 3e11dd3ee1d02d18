"""Objects outside the workspace: whether one is there, and its removal; called by the engine (`outside.py`).

What was there before the lab is never touched: the engine asks only for objects that it saw absent. Kubernetes does
not record who made an object, so whatever has appeared under such a name since counts as the learner's. It is marked
before it is deleted: the operator's policies (`cluster/manifests/confinement-outside.yaml`) let it delete nothing else.
"""

from collections.abc import Mapping
from typing import Any

from tutoriallab.kube.errors import Conflict, Forbidden, NotFound
from tutoriallab.kube.objects import delete, get, patch
from tutoriallab.kube.resources import Resource
from tutoriallab.kube.session import Session
from tutoriallab.lab.outside import belongs_to_cluster
from tutoriallab.lab.state import OutsideObject
from tutoriallab.provision import marks
from tutoriallab.provision.hanging import what_hangs
from tutoriallab.provision.kinds import NAMESPACE, PERSISTENT_VOLUME, STORAGE_CLASS
from tutoriallab.provision.remove import Waiting
from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence

RESOURCES: Mapping[str, Resource] = {one.kind: one for one in (NAMESPACE, PERSISTENT_VOLUME, STORAGE_CLASS)}
#: Seconds between looks at an object that has to be removed by somebody else.
LOOKS_RARELY = 5.0


async def is_there(session: Session, thing: OutsideObject) -> bool:
    """Whether an object of that name exists, also one that is being deleted. Raises ApiError."""
    try:
        await get(session, RESOURCES[thing.kind], thing.name)
    except NotFound:
        return False
    return True


async def remove(session: Session, thing: OutsideObject, lab_uid: str) -> Waiting | None:
    """Delete what has appeared under this name; None when nothing of the lab's is left. Raises ApiError.

    One call is one look, with at most one deletion.
    """
    resource = RESOURCES[thing.kind]
    try:
        found = await get(session, resource, thing.name)
    except NotFound:
        return None
    if not is_learners(found, resource, lab_uid):
        return None
    if found["metadata"].get("deletionTimestamp"):
        return Waiting(_hangs(found, resource))
    try:
        metadata = await _marked(session, resource, found["metadata"], lab_uid)
        await delete(session, resource, metadata, uid=metadata["uid"])
    except (Conflict, NotFound):
        return Waiting(words.CHANGED_MEANWHILE(object=f"{thing.kind} {thing.name}"))
    except Forbidden as error:
        # The way out comes first: statuses cut what is long.
        way_out = f"kubectl delete {thing.kind.lower()} {thing.name}"
        told = words.DELETE_YOURSELF(object=f"{thing.kind} {thing.name}", command=way_out, told=error.message)
        return Waiting(told, LOOKS_RARELY)
    return Waiting(words.BEING_DELETED(object=f"{thing.kind} {thing.name}"))


def is_learners(found: Mapping[str, Any], resource: Resource, lab_uid: str) -> bool:
    """Whether an object that appeared under a name of the lab's may be removed with the lab."""
    metadata = found["metadata"]
    mark = (metadata.get("annotations") or {}).get(marks.OUTSIDE_OF, lab_uid)
    workspace = (metadata.get("labels") or {}).get(marks.MANAGED_BY) == marks.MANAGER
    system = resource is NAMESPACE and belongs_to_cluster(metadata["name"])
    return mark == lab_uid and not workspace and not system


async def _marked(
    session: Session, resource: Resource, metadata: Mapping[str, Any], lab_uid: str
) -> Mapping[str, Any]:
    """The object's metadata, with the mark; raises Conflict when it is another object by now."""
    if marks.OUTSIDE_OF in (metadata.get("annotations") or {}):
        return metadata
    change = {"uid": metadata["uid"], "annotations": {marks.OUTSIDE_OF: lab_uid}}
    marked = await patch(session, resource, metadata, {"metadata": change})
    found: Mapping[str, Any] = marked["metadata"]
    return found


def _hangs(found: Mapping[str, Any], resource: Resource) -> Sentence:
    if resource is NAMESPACE:
        return what_hangs(found)
    name = found["metadata"]["name"]
    finalizers = ", ".join(found["metadata"].get("finalizers") or ())
    one, look = f"{resource.kind} {name}", f"kubectl describe {resource.kind.lower()} {name}"
    if finalizers:
        return words.BEING_DELETED_HELD(object=one, finalizers=finalizers, look=look)
    return words.BEING_DELETED_LOOK(object=one, look=look)
