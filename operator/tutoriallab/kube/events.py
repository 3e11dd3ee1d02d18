"""Events on an object, as `kubectl describe` shows them.

Called by the status writer for steps that passed and checks that turned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from tutoriallab.kube.resources import Resource
from tutoriallab.kube.session import METADATA_ONLY, Session

COMPONENT = "tutoriallab"
#: The API server refuses longer messages.
MESSAGE_LIMIT = 1024
_EVENTS = Resource("v1", "Event", "events", namespaced=True)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to tell about an object: `reason` is a PascalCase constant, `at` seconds since the epoch."""

    type: Literal["Normal", "Warning"]
    reason: str
    message: str
    at: float


def event_manifest(about: Mapping[str, Any], event: Event) -> dict[str, Any]:
    """The core/v1 Event on `about`, which needs apiVersion, kind and metadata (name, namespace, uid)."""
    metadata = about["metadata"]
    # Events on cluster-scoped objects stand in default, as the API server demands.
    namespace = metadata.get("namespace") or "default"
    stamp = datetime.fromtimestamp(event.at, UTC)
    seconds = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
    reference = {
        key: metadata[key] for key in ("name", "namespace", "uid", "resourceVersion") if key in metadata
    }
    return {
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"generateName": f"{metadata['name'][:200]}.", "namespace": namespace},
        "involvedObject": {"apiVersion": about["apiVersion"], "kind": about["kind"], **reference},
        "type": event.type,
        "reason": event.reason,
        "message": _cut(event.message),
        "source": {"component": COMPONENT},
        "reportingComponent": COMPONENT,
        "firstTimestamp": seconds,
        "lastTimestamp": seconds,
        "count": 1,
    }


async def post_event(session: Session, about: Mapping[str, Any], event: Event) -> None:
    """Write the event; raises ApiError (Forbidden in a namespace that is being deleted)."""
    manifest = event_manifest(about, event)
    await session.fetch(
        "POST", _EVENTS.path(manifest["metadata"]["namespace"]), body=manifest, accept=METADATA_ONLY
    )


def _cut(message: str) -> str:
    # The limit counts bytes, and a Chinese character has three.
    text = message.encode()
    return message if len(text) <= MESSAGE_LIMIT else text[: MESSAGE_LIMIT - 3].decode(errors="ignore") + "…"
