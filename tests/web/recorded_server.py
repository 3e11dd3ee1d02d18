"""The page's server as a browser sees it, played from a recorded lab: what comes when is the test's to say."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

STATIC = Path(__file__).parents[2] / "operator" / "tutoriallab" / "web" / "static"
RECORDED = Path(__file__).parent / "recorded"
#: As the operator sends it: what the page may not do in it, it must not need.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Json = Mapping[str, Any]


class RecordedServer:
    """One lab, played so far as `forward` was told; answers, hints and resets are kept for the test to read."""

    def __init__(self, record: Json, mode: str = "local") -> None:
        self.base, self.changes = record["base"], list(record["changes"])
        self.sent = 0
        self.mode = mode
        self.signed_in = True
        self.knows_lab = True
        self.posts: list[tuple[str, Any]] = []
        self.asked_after: list[str] = []
        self.rows: Sequence[Json] = ()
        self.refuses = ""
        self.url = ""
        self._streams: set[web.StreamResponse] = set()
        self._news = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def lab_url(self) -> str:
        """The page of the lab."""
        lab = self.base["lab"]
        return f"{self.url}/#/{lab['namespace']}/{lab['name']}"

    async def start(self) -> None:
        """On loopback; after `stop` on the same port again."""
        app = web.Application(middlewares=[_policy])
        lab = "/api/labs/{namespace}/{name}"
        app.add_routes(
            [
                web.get("/", self._index),
                web.get("/api/me", self._me),
                web.post("/api/session", self._session),
                web.get("/api/labs", self._labs),
                web.get(f"{lab}/stream", self._stream),
                web.get(f"{lab}/objects/{{uid}}", self._object),
                web.post(f"{lab}/{{what:answers|hints|reset|restart-step}}", self._post),
                web.static("/static", STATIC),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """As an operator that ends: streams are cut."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def forward(self, changes: int | None = None) -> None:
        """Sends the next changes; all that are left when no number is given."""
        async with self._news:
            self.sent = len(self.changes) if changes is None else min(len(self.changes), self.sent + changes)
            self._news.notify_all()

    async def say(self, change: Json) -> None:
        """Sends a change of the test's own, as the newest."""
        last = self.changes[self.sent - 1] if self.sent else self.base
        self.changes[self.sent :] = [{"seq": last["seq"] + 1, "t": last["t"] + 100, **change}]
        await self.forward()

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def _me(self, _request: web.Request) -> web.Response:
        if not self.signed_in:
            return _refusal(401, "Nobody is signed in.", mode=self.mode)
        return web.json_response({"name": "you", "mode": self.mode, "version": "0.1.0"})

    async def _session(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.posts.append(("session", body))
        if "wrong" in body.values():
            return _refusal(401, "This key is not the operator's.", mode=self.mode)
        self.signed_in = True
        return web.Response(status=204)

    async def _labs(self, _request: web.Request) -> web.Response:
        return web.json_response({"labs": self.rows})

    async def _object(self, request: web.Request) -> web.Response:
        uid = request.match_info["uid"]
        event = {"type": "Warning", "reason": "Unhealthy", "message": f"about {uid}", "count": 2}
        ready = {"type": "Ready", "status": "False", "reason": "Made", "message": "by a test"}
        return web.json_response(
            {"yaml": f"metadata:\n  uid: {uid}\n", "events": [event], "conditions": [ready]}
        )

    async def _post(self, request: web.Request) -> web.Response:
        self.posts.append((request.match_info["what"], await request.json()))
        return _refusal(403, self.refuses) if self.refuses else web.json_response({})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        if not self.signed_in:
            return _refusal(401, "Nobody is signed in.", mode=self.mode)
        if not self.knows_lab:
            return _refusal(404, "There is no such lab.")
        after = request.headers.get("Last-Event-ID") or request.query.get("after") or ""
        self.asked_after.append(after)
        answer = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await answer.prepare(request)
        try:
            at = await self._begin(answer, after)
            while True:
                async with self._news:
                    while self.sent <= at:
                        await self._news.wait()
                for change in self.changes[at : self.sent]:
                    await _send(answer, "change", change)
                at = self.sent
        except ConnectionResetError:
            return answer

    async def _begin(self, answer: web.StreamResponse, after: str) -> int:
        known = [str(change["seq"]) for change in self.changes[: self.sent]]
        if after in known:
            return known.index(after) + 1
        await _send(answer, "base", self.base)
        return 0


def read(name: str) -> dict[str, Any]:
    """A record as it was recorded."""
    found: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return found


async def _send(answer: web.StreamResponse, kind: str, message: Json) -> None:
    text = json.dumps(message, ensure_ascii=False)
    await answer.write(f"id: {message['seq']}\nevent: {kind}\ndata: {text}\n\n".encode())


def _refusal(status: int, error: str, **more: str) -> web.Response:
    return web.json_response({"error": error, **more}, status=status)


@web.middleware
async def _policy(request: web.Request, handler: Any) -> web.StreamResponse:
    answer: web.StreamResponse = await handler(request)
    if not answer.prepared:
        answer.headers["Content-Security-Policy"] = CSP
        answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
