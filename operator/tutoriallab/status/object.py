"""Writes a lab's status and Events to the API server; what the writer and the recorder are given to call."""

from msgspec import to_builtins

from tutoriallab.kube.apply import apply
from tutoriallab.kube.errors import Conflict, NotFound
from tutoriallab.kube.events import Event, post_event
from tutoriallab.kube.objects import patch
from tutoriallab.kube.session import Session
from tutoriallab.lab.annotations import HINTS
from tutoriallab.lab.crd import API_VERSION, KIND, RESOURCE
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.state import Status
from tutoriallab.status.happenings import Happening


async def write_status(session: Session, key: LabKey, status: Status) -> None:
    """Apply the whole status to the lab of this UID; raises ApiError (NotFound once the lab is gone)."""
    manifest = {**_reference(key), "status": to_builtins(status)}
    await apply(session, RESOURCE, manifest, subresource="status", blind=True)


async def post_happening(session: Session, key: LabKey, happening: Happening, at: float) -> None:
    """Post one Event on the lab, of what happened then (seconds since the epoch); raises ApiError."""
    event = Event(happening.type, happening.reason, happening.message, at)
    await post_event(session, _reference(key), event)


async def forget_hints(session: Session, key: LabKey) -> None:
    """Count the hints from none again; raises ApiError. A lab that is gone or another by now is left alone."""
    metadata = {"name": key.name, "namespace": key.namespace}
    try:
        await patch(session, RESOURCE, metadata, {"metadata": {"uid": key.uid, "annotations": {HINTS: None}}})
    except (NotFound, Conflict):
        return


def _reference(key: LabKey) -> dict[str, object]:
    metadata = {"name": key.name, "namespace": key.namespace, "uid": key.uid}
    return {"apiVersion": API_VERSION, "kind": KIND, "metadata": metadata}
