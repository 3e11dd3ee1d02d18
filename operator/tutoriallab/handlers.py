"""Kopf decorators, thin: the life of TutorialLab objects, handed to the engine, and to the page.

Only event handlers: they keep no state on the objects, so Kopf patches nothing. Finalizer and status are ours.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import kopf

from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import GROUP, PLURAL, VERSION

#: Seconds after which the API server, then this client, ends a watch; so a silent one cannot last.
SERVER_TIMEOUT = 300
CLIENT_TIMEOUT = 330
#: Labs per answer of a list: one huge first list would hold up everything, and its memory is not given back.
LIST_CHUNK = 50
#: Seconds for which Kopf's task of a lab waits for another event; until it ends it holds on to the last one, 50 KB.
WORKER_IDLE = 0.1


class _NoDiffs(kopf.DiffBaseStorage):
    """No handler of ours asks what changed; by default Kopf copies every object, twice, at every event to know."""

    def build(self, **_: Any) -> kopf.BodyEssence:
        return kopf.BodyEssence()

    def fetch(self, **_: Any) -> kopf.BodyEssence | None:
        return None

    def store(self, **_: Any) -> None:
        pass


def configure(settings: kopf.OperatorSettings) -> None:
    """Kopf's settings where its defaults do not fit."""
    settings.posting.enabled = False
    settings.watching.server_timeout = SERVER_TIMEOUT
    settings.watching.client_timeout = CLIENT_TIMEOUT
    settings.watching.connect_timeout = 10
    settings.watching.chunk_size = LIST_CHUNK
    settings.queueing.idle_timeout = WORKER_IDLE
    settings.persistence.diffbase_storage = _NoDiffs()
    settings.networking.error_backoffs = [0.2, 0.5, 1, 2, 5]


class Follower(Protocol):
    """Who is told of labs: the engine, and the page's recorder."""

    def lab_changed(self, body: Mapping[str, Any]) -> None:
        """A lab was made or changed, or is there when the operator starts."""

    def lab_gone(self, namespace: str, name: str, uid: str) -> None:
        """A lab is no more."""


def registry(followers: Sequence[Follower], session: Session) -> kopf.OperatorRegistry:
    """The operator's handlers; each event goes to the followers in their order. Kopf logs in as the session does."""
    handlers = kopf.OperatorRegistry()

    @kopf.on.login(registry=handlers)
    async def login(**_: Any) -> kopf.AiohttpSession:
        return kopf.AiohttpSession(server=session.credentials.host, aiohttp_session=await session.twin())

    @kopf.on.event(GROUP, VERSION, PLURAL, registry=handlers)
    async def lab_event(event: kopf.RawEvent, **_: Any) -> None:
        body = event["object"]
        metadata = body["metadata"]
        for follower in followers:
            if event["type"] == "DELETED":
                follower.lab_gone(metadata["namespace"], metadata["name"], metadata["uid"])
            else:
                follower.lab_changed(body)

    return handlers
