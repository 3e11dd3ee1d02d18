"""The page's routes: its files, who looks, labs and their objects, and what a viewer changes; called by `serving.py`.

Every route but the files and the way in asks who it is for. What goes wrong is told as `{"error": "a sentence"}`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import web

from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.objects import get
from tutoriallab.kube.objects import patch as send
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE
from tutoriallab.status import changes
from tutoriallab.status.seen import Seen
from tutoriallab.web import guard, stream
from tutoriallab.web.details import details
from tutoriallab.web.recorder import Recorder
from tutoriallab.web.refusal import Refused, no_lab
from tutoriallab.web.rows import row
from tutoriallab.web.viewer import Door, Viewer

STATIC = Path(__file__).resolve().parent / "static"
#: Bytes of what a viewer sends: a token of the cluster, or an answer.
_LARGEST = 64 * 1024
#: Streams that may be open at once: each holds a connection.
STREAMS = 1000
#: Seconds for the operator to judge an answer before the next patch.
_JUDGED_WITHIN = 5.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Pages:
    """All that is served of one cluster; `session` is the operator's own, for what a status does not tell."""

    def __init__(
        self, recorder: Recorder, door: Door, session: Session, hosts: frozenset[str] = frozenset()
    ) -> None:
        self._recorder, self._door, self._session = recorder, door, session
        self._hosts = hosts
        self._resources = Resources(session)
        self._closing = asyncio.Event()
        self._streams = 0

    def application(self) -> web.Application:
        """The routes, guarded."""
        app = web.Application(middlewares=[self._guarded], client_max_size=_LARGEST)
        lab = "/api/labs/{namespace}/{name}"
        app.add_routes(
            [
                web.get("/", self._index),
                web.post("/api/session", self._enter),
                web.delete("/api/session", self._leave),
                web.get("/api/me", self._me),
                web.get("/api/labs", self._labs),
                web.get(f"{lab}/stream", self._stream),
                web.get(f"{lab}/record", self._record),
                web.get(lab + "/objects/{uid}", self._object),
                web.post(f"{lab}/answers", self._answer),
                web.post(f"{lab}/hints", self._hint),
                web.post(f"{lab}/reset", self._reset),
                web.post(f"{lab}/restart-step", self._restart_step),
            ]
        )
        if STATIC.is_dir():
            app.add_routes([web.static("/static", STATIC)])
        app.on_response_prepare.append(_harden)
        app.on_shutdown.append(self._close)
        return app

    async def _close(self, _: web.Application) -> None:
        """Streams end, without a word: viewers come back and go on."""
        self._closing.set()
        self._recorder.wake()

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            guard.check(request.method, request.path, request.headers, self._hosts)
            return await handler(request)
        except Refused as refused:
            return _error(refused.status, str(refused), refused.mode)
        except changes.Unfit as unfit:
            return _error(409 if isinstance(unfit, changes.NotNow) else 422, str(unfit))
        except web.HTTPRequestEntityTooLarge:
            return _error(413, f"Send at most {_LARGEST} bytes")
        except web.HTTPException as problem:
            return _error(problem.status, problem.reason)
        except ApiError as problem:
            # Without an answer of its own status: the API server is away.
            return _error(problem.status or 503, f"The cluster says: {problem}")

    # Who looks ----------------------------------------------------------------------------------------------

    async def _index(self, _: web.Request) -> web.StreamResponse:
        file = STATIC / "index.html"
        if not file.is_file():
            raise Refused(404, "This installation has no page: install tutoriallab whole")
        return web.FileResponse(file)

    async def _enter(self, request: web.Request) -> web.Response:
        cookie = await self._door.enter(await _told(request))
        answer = web.json_response({})
        answer.set_cookie(
            _cookie_name(request), cookie, httponly=True, samesite="Strict", secure=_is_tls(request)
        )
        return answer

    async def _leave(self, request: web.Request) -> web.Response:
        self._door.leave(request.cookies.get(_cookie_name(request), ""))
        # Streams that are open with it see at once that nobody is there any more.
        self._recorder.wake()
        answer = web.json_response({})
        answer.del_cookie(_cookie_name(request), httponly=True, samesite="Strict", secure=_is_tls(request))
        return answer

    async def _viewer(self, request: web.Request) -> Viewer:
        cookie = request.cookies.get(_cookie_name(request), "")
        viewer = await self._door.viewer(cookie) if cookie else None
        if viewer is None:
            way = {
                "local": "`kubectl lab page` opens this page",
                "token": "sign in with a token of the cluster",
            }
            raise Refused(401, f"Come in first: {way[self._door.mode]}", self._door.mode)
        return viewer

    async def _me(self, request: web.Request) -> web.Response:
        viewer = await self._viewer(request)
        return web.json_response(
            {"name": viewer.name, "mode": viewer.mode, "version": version("tutoriallab")}
        )

    # What there is to see -----------------------------------------------------------------------------------

    async def _labs(self, request: web.Request) -> web.Response:
        viewer = await self._viewer(request)
        seen = [lab for lab in self._recorder.labs() if await self._door.may_see(viewer, lab.namespace)]
        return _json([row(lab) for lab in seen])

    async def _lab(self, request: web.Request) -> tuple[Viewer, Seen]:
        viewer = await self._viewer(request)
        namespace, name = request.match_info["namespace"], request.match_info["name"]
        lab = self._recorder.find(namespace, name)
        if lab is None or not await self._door.may_see(viewer, namespace):
            raise no_lab(namespace, name)
        return viewer, lab

    async def _record(self, request: web.Request) -> web.Response:
        _, lab = await self._lab(request)
        record = self._recorder.record(lab.namespace, lab.name)
        if record is None:
            raise Refused(503, f"The objects of lab {lab.name} are being listed: try again in a moment")
        return web.Response(body=b"".join(record.json()), content_type="application/json")

    async def _object(self, request: web.Request) -> web.Response:
        viewer, lab = await self._lab(request)
        found = self._recorder.object(lab.namespace, lab.name, request.match_info["uid"])
        if found is None:
            raise Refused(404, "This object is gone")
        if viewer.mode == "local":
            return _json(await details(self._session, found))
        # More than the map shows is shown to those only who could read it with kubectl.
        async with await self._door.session(viewer) as session:
            resource = await self._resources.find(found.api_version, found.kind)
            await get(session, resource, found.name, found.namespace)
            return _json(await details(session, found))

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        viewer, lab = await self._lab(request)
        if self._streams >= STREAMS:
            raise Refused(503, f"{STREAMS} pages are open already: close one")
        after = stream.position(request.headers.get("Last-Event-ID"), request.query.get("after"))
        place = stream.Place(self._recorder, lab.namespace, lab.name, after)
        response = stream.response()
        await response.prepare(request)

        async def may() -> bool:
            return await self._door.may_see(viewer, lab.namespace)

        self._streams += 1
        try:
            await stream.serve(place, response.write, may, self._closing)
        except (ConnectionError, TimeoutError, ApiError):
            # The viewer has gone, or takes nothing any more, or nobody can tell what they may: they come back.
            if request.transport:
                request.transport.abort()
        finally:
            self._streams -= 1
        return response

    # What a viewer changes ----------------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.Response:
        viewer, lab = await self._lab(request)
        told = await _told(request)
        patches = changes.answer(lab, _text(told, "check"), _text(told, "answer"))
        async with await self._door.session(viewer) as session:
            for number, patch in enumerate(patches):
                written = await self._patch(session, lab, patch)
                if number < len(patches) - 1:
                    await self._judged(lab, int(written["metadata"].get("generation") or 0))
        return _json({})

    async def _hint(self, request: web.Request) -> web.Response:
        viewer, lab = await self._lab(request)
        return await self._changed(viewer, lab, changes.hint(lab, _text(await _told(request), "step")))

    async def _reset(self, request: web.Request) -> web.Response:
        viewer, lab = await self._lab(request)
        return await self._changed(viewer, lab, changes.reset(time.time()))

    async def _restart_step(self, request: web.Request) -> web.Response:
        viewer, lab = await self._lab(request)
        return await self._changed(viewer, lab, changes.restart_step(lab, time.time()))

    async def _changed(self, viewer: Viewer, lab: Seen, patch: Mapping[str, Any]) -> web.Response:
        async with await self._door.session(viewer) as session:
            await self._patch(session, lab, patch)
        return _json({})

    @staticmethod
    async def _patch(session: Session, lab: Seen, patch: Mapping[str, Any]) -> dict[str, Any]:
        return await send(session, RESOURCE, {"namespace": lab.namespace, "name": lab.name}, patch)

    async def _judged(self, lab: Seen, generation: int) -> None:
        """Until the operator has looked at the lab as it was written, or a while has passed."""
        until = time.monotonic() + _JUDGED_WITHIN
        while (left := until - time.monotonic()) > 0:
            news = self._recorder.news(lab.namespace, lab.name)
            now = self._recorder.find(lab.namespace, lab.name)
            if now is None or now.status.observed_generation >= generation:
                return
            try:
                await asyncio.wait_for(news.wait(), left)
            except TimeoutError:
                return


async def _harden(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(guard.HEADERS)
    # Versions are nobody's business.
    response.headers["Server"] = "tutoriallab"
    response.headers.setdefault(
        "Cache-Control", "no-cache" if isinstance(response, web.FileResponse) else "no-store"
    )


async def _told(request: web.Request) -> dict[str, Any]:
    try:
        told = msgspec.json.decode(await request.read())
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused(400, "This is no JSON") from None
    if not isinstance(told, dict):
        raise Refused(400, "Send a JSON object")
    return told


def _text(told: Mapping[str, Any], field: str) -> str:
    value = told.get(field)
    if not isinstance(value, str):
        raise Refused(400, f"{field} is missing: send it as a string")
    return value


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type="application/json")


def _error(status: int, sentence: str, mode: str = "") -> web.Response:
    told = {"error": sentence, **({"mode": mode} if mode else {})}
    return web.Response(status=status, body=msgspec.json.encode(told), content_type="application/json")


def _cookie_name(request: web.Request) -> str:
    # Cookies know no ports: two clusters' pages on one machine must not overwrite each other's.
    return f"tutoriallab-{request.url.port or 0}"


def _is_tls(request: web.Request) -> bool:
    return request.secure or request.headers.get("X-Forwarded-Proto") == "https"
