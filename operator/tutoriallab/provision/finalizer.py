"""The one finalizer, on the lab alone: it holds a lab that is deleted until what it made is gone; called by the engine.

Applied under a field manager of its own, so that neither the status nor the learner's own finalizers are touched.
To remove a lab while no operator runs: kubectl patch lab NAME --type=merge -p '{"metadata":{"finalizers":null}}'
"""

from tutoriallab.kube.apply import apply
from tutoriallab.kube.errors import Conflict, Invalid, NotFound
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import API_VERSION, KIND, RESOURCE
from tutoriallab.lab.key import LabKey

FINALIZER = "tutoriallab.dev/cleanup"
FIELD_MANAGER = "tutoriallab-finalizer"


async def hold(session: Session, key: LabKey) -> bool:
    """Put the finalizer on the lab; False when there is no such lab any more. Raises ApiError."""
    return await _apply(session, key, [FINALIZER])


async def let_go(session: Session, key: LabKey) -> None:
    """Take the finalizer off; a lab that is gone already is fine. Raises ApiError."""
    await _apply(session, key, [])


async def _apply(session: Session, key: LabKey, finalizers: list[str]) -> bool:
    # The UID makes sure that a lab which was deleted meanwhile is not made again by the apply.
    metadata = {"name": key.name, "namespace": key.namespace, "uid": key.uid, "finalizers": finalizers}
    manifest = {"apiVersion": API_VERSION, "kind": KIND, "metadata": metadata}
    try:
        await apply(session, RESOURCE, manifest, manager=FIELD_MANAGER)
    except (NotFound, Conflict):
        return False
    except Invalid as refused:
        # One of its name has been made since: a UID cannot be changed.
        if any(cause.field == "metadata.uid" for cause in refused.causes):
            return False
        raise
    return True
