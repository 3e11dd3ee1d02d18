"""An API server on the loopback that answers by a script: what a real one does too seldom to be tested with."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web

from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.observe.observer import Observer, Options
from tutoriallab.observe.pace import Pace
from tutoriallab.observe.scope import Scope
from tutoriallab.observe.selection import Selection

PODS = Selection("v1", "Pod", "x")
QUICK = Pace(retry_first=0.01, retry_most=0.05, refused_most=0.05, good_watch=0.05)


def pod(name: str, revision: int, namespace: str = "x") -> dict[str, Any]:
    metadata = {"name": name, "namespace": namespace, "uid": f"uid-{name}", "resourceVersion": str(revision)}
    return {"metadata": metadata}


def page(*items: dict[str, Any], revision: int = 1, token: str | None = None) -> web.Response:
    metadata = {"resourceVersion": str(revision), "continue": token or ""}
    return web.json_response({"metadata": metadata, "items": items})


def status(code: int, reason: str, **headers: str) -> web.Response:
    body = {"kind": "Status", "code": code, "reason": reason, "message": reason.lower()}
    return web.json_response(body, status=code, headers=headers)


def event(kind: str, body: dict[str, Any]) -> bytes:
    return json.dumps({"type": kind, "object": body}).encode() + b"\n"


def gone() -> bytes:
    return event("ERROR", {"kind": "Status", "code": 410, "reason": "Expired", "message": "too old"})


@dataclass
class Script:
    """Answers to lists and watches, one after the other; then empty lists, and watches that say nothing.

    Lists are answered only while `answering` is set.
    """

    lists: list[web.Response] = field(default_factory=list)
    watches: list[web.Response | list[bytes]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    answering: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answering.set()

    def lists_asked(self) -> int:
        return len([query for query in self.asked if "watch" not in query])

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/api/v1":
            return web.json_response(
                {"resources": [{"name": "pods", "kind": "Pod", "namespaced": True}]},
            )
        self.asked.append(dict(request.query))
        if request.query.get("watch") != "true":
            await self.answering.wait()
            return self.lists.pop(0) if self.lists else page()
        answer = self.watches.pop(0) if self.watches else []
        return answer if isinstance(answer, web.Response) else await self._stream(request, answer)

    async def _stream(self, request: web.Request, chunks: list[bytes]) -> web.StreamResponse:
        stream = web.StreamResponse()
        await stream.prepare(request)
        for chunk in chunks:
            await stream.write(chunk)
        if not self.watches:
            await asyncio.sleep(30)
        return stream


@dataclass
class Told:
    """A listener that remembers; `upon` is called first."""

    changes: list[str] = field(default_factory=list)
    synced_labs: list[str] = field(default_factory=list)
    gaps: list[Scope] = field(default_factory=list)
    upon: Callable[[str], None] = lambda _: None

    def changed(self, lab: str, selections: Sequence[Selection]) -> None:
        self.upon(lab)
        self.changes.append(lab)

    def synced(self, lab: str) -> None:
        self.synced_labs.append(lab)


@asynccontextmanager
async def observing(script: Script, told: Told, folder: Path, pace: Pace = QUICK) -> AsyncIterator[Observer]:
    """An observer of the script with namespace x adopted."""
    application = web.Application()
    application.router.add_get("/{path:.*}", script.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    config = {
        "clusters": [{"name": "c", "cluster": {"server": f"http://127.0.0.1:{runner.addresses[0][1]}"}}],
        "users": [{"name": "u", "user": {}}],
        "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
        "current-context": "c",
    }
    path = folder / "kubeconfig"
    path.write_text(json.dumps(config))
    async with await Session.from_kubeconfig(str(path)) as session:
        options = Options(pace=pace, gap=lambda scope, *_: told.gaps.append(scope))
        observer = Observer(session, Resources(session), told, options)
        observer.adopt("x")
        try:
            yield observer
        finally:
            await observer.close()
            await runner.cleanup()


async def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, 5 s at most."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for is no event of ours
            await asyncio.sleep(0.005)
