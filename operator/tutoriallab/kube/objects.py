"""Reading, creating, patching and deleting objects one request at a time.

Called by provisioning and the reconciler; what is watched comes from `observe/` instead.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from tutoriallab.kube.apply import FIELD_MANAGER
from tutoriallab.kube.errors import NotFound
from tutoriallab.kube.resources import Resource
from tutoriallab.kube.session import Query, Session

MERGE_PATCH = "application/merge-patch+json"
#: Objects per page of a list; the API server's own clients use the same.
CHUNK = 500


async def get(
    session: Session,
    resource: Resource,
    name: str,
    namespace: str | None = None,
    *,
    impersonate: str | None = None,
) -> dict[str, Any]:
    """One object; raises NotFound, ApiError."""
    found: dict[str, Any] = await session.request(
        "GET", resource.path(namespace, name), impersonate=impersonate
    )
    return found


async def list_objects(
    session: Session,
    resource: Resource,
    namespace: str | None = None,
    *,
    query: Query | None = None,
    impersonate: str | None = None,
) -> AsyncIterator[dict[str, Any]]:
    """All objects of a kind in a namespace or everywhere, in pages of CHUNK.

    Raises Gone when the cluster moved on too far between two pages, ApiError otherwise. `query` may hold
    labelSelector and fieldSelector. Items carry no apiVersion and kind, as the API server leaves them out.
    """
    token: str | None = None
    while True:
        page = await session.request(
            "GET",
            resource.path(namespace),
            query={**(query or {}), "limit": CHUNK, "continue": token},
            impersonate=impersonate,
        )
        for one in page.get("items") or ():
            yield one
        token = page["metadata"].get("continue")
        if not token:
            return


async def create(
    session: Session, resource: Resource, manifest: Mapping[str, Any], *, impersonate: str | None = None
) -> dict[str, Any]:
    """The object as created; raises AlreadyExists, Invalid, Forbidden, ApiError."""
    created: dict[str, Any] = await session.request(
        "POST",
        resource.path(manifest["metadata"].get("namespace")),
        query={"fieldManager": FIELD_MANAGER, "fieldValidation": "Strict"},
        body=manifest,
        impersonate=impersonate,
    )
    return created


async def patch(
    session: Session,
    resource: Resource,
    target: Mapping[str, Any],
    change: Mapping[str, Any],
    *,
    subresource: str | None = None,
    impersonate: str | None = None,
) -> dict[str, Any]:
    """The object after a JSON merge patch; `target` is the object's metadata (name, namespace).

    Put metadata.resourceVersion into `change` to have Conflict raised when somebody was faster.
    Raises ApiError.
    """
    patched: dict[str, Any] = await session.request(
        "PATCH",
        resource.path(target.get("namespace"), target["name"], subresource),
        query={"fieldManager": FIELD_MANAGER},
        body=change,
        content_type=MERGE_PATCH,
        impersonate=impersonate,
    )
    return patched


async def delete(
    session: Session,
    resource: Resource,
    target: Mapping[str, Any],
    *,
    uid: str,
    grace_seconds: int | None = None,
    impersonate: str | None = None,
) -> None:
    """Delete the object of that name if it still is the one with `uid`; one that is gone is fine.

    Raises Conflict when another object has taken the name, ApiError otherwise. `target` is the object's
    metadata. `grace_seconds` 0 kills at once. Dependents are deleted in the background.
    """
    options: dict[str, Any] = {"preconditions": {"uid": uid}, "propagationPolicy": "Background"}
    if grace_seconds is not None:
        options["gracePeriodSeconds"] = grace_seconds
    try:
        await session.request(
            "DELETE",
            resource.path(target.get("namespace"), target["name"]),
            body={"apiVersion": "v1", "kind": "DeleteOptions", **options},
            impersonate=impersonate,
        )
    except NotFound:
        return
