"""Server-side apply: what is written says what we want, and the API server merges it with what others want.

Called by provisioning for manifests and by the status writer for a lab's status.
"""

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from tutoriallab.kube.resources import Resource
from tutoriallab.kube.session import JSON, METADATA_ONLY, Session

FIELD_MANAGER = "tutoriallab"
APPLY = "application/apply-patch+yaml"


class How(TypedDict, total=False):
    """Options of an apply; `force` (default true) takes fields over from other managers.

    `manager` names who applies, where one object is applied in independent parts. `blind` is for what is written
    often and from our own types: the answer has metadata only, and unknown fields are dropped, not told.
    """

    subresource: str
    force: bool
    dry_run: bool
    impersonate: str
    manager: str
    blind: bool


async def apply(
    session: Session, resource: Resource, manifest: Mapping[str, Any], **how: Unpack[How]
) -> dict[str, Any]:
    """The object after the apply of `manifest`, which names it by metadata.name (and namespace).

    Without `force`, a field that another manager owns raises Conflict, and `causes` names it. A misspelt
    field raises ApiError, as all else that the API server refuses.
    """
    metadata = manifest["metadata"]
    applied: dict[str, Any] = await session.request(
        "PATCH",
        resource.path(metadata.get("namespace"), metadata["name"], how.get("subresource")),
        query={
            "fieldManager": how.get("manager", FIELD_MANAGER),
            "force": how.get("force", True),
            "dryRun": "All" if how.get("dry_run") else None,
            "fieldValidation": "Ignore" if how.get("blind") else "Strict",
        },
        body=manifest,
        content_type=APPLY,
        accept=METADATA_ONLY if how.get("blind") else JSON,
        impersonate=how.get("impersonate"),
    )
    return applied
