"""A proxy in front of the API server that cuts the operator off right after its n-th write that matters.

The write has happened, its answer never arrives, and nothing else comes through: the test kills the operator there.
"""

import asyncio
import json
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp import web

#: Headers that belong to one connection.
HOP_BY_HOP = {"host", "connection", "transfer-encoding", "content-length", "keep-alive"}
Matters = Callable[[str, str], bool]


class CuttingProxy:
    """Runs in a thread of its own; `written` lists the writes that mattered since it was armed."""

    def __init__(self, kubeconfig: Path, folder: Path) -> None:
        config = yaml.safe_load(kubeconfig.read_text(encoding="utf-8"))
        cluster = config["clusters"][0]["cluster"]
        self._target = str(cluster["server"])
        self._tls = ssl.create_default_context(cadata=_pem(cluster))
        self._loop = asyncio.new_event_loop()
        self._cut_after = 0
        self._matters: Matters = lambda method, path: False
        self._open = asyncio.Event()
        self.written: list[str] = []
        self.cut = threading.Event()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(10)
        config["clusters"][0]["cluster"] = {"server": f"http://127.0.0.1:{self._port}"}
        self.kubeconfig = folder / "proxied.kubeconfig"
        self.kubeconfig.write_text(json.dumps(config), encoding="utf-8")

    def arm(self, cut_after: int, matters: Matters) -> None:
        """Cut after this many writes for which `matters(method, path)` is true; 0 never cuts."""
        self.written, self._cut_after, self._matters = [], cut_after, matters
        self.cut.clear()

    def join(self) -> None:
        """Let requests through again; only sensible once the operator that was cut off is dead."""
        self._cut_after = 0
        self.cut.clear()
        self._loop.call_soon_threadsafe(self._open.set)

    def close(self) -> None:
        """End the thread."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        await self._http.close()
        await self._runner.cleanup()
        # Requests that were cut off wait for ever.
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        started.set()
        self._loop.run_forever()

    async def _serve(self) -> None:
        self._open.set()
        connector = aiohttp.TCPConnector(limit=0, ssl=self._tls)
        self._http = aiohttp.ClientSession(connector=connector, auto_decompress=False)
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self._forward)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]

    async def _forward(self, request: web.Request) -> web.StreamResponse:
        await self._open.wait()
        body = await request.read()
        headers = {key: value for key, value in request.headers.items() if key.lower() not in HOP_BY_HOP}
        timeout = aiohttp.ClientTimeout(total=None)
        async with self._http.request(
            request.method,
            self._target + request.raw_path,
            headers=headers,
            data=body or None,
            timeout=timeout,
        ) as answer:
            kept = {key: value for key, value in answer.headers.items() if key.lower() not in HOP_BY_HOP}
            if request.method != "GET":
                content = await answer.read()
                if answer.status < 300:
                    await self._count(request)
                return web.Response(status=answer.status, headers=kept, body=content)
            response = web.StreamResponse(status=answer.status, headers=kept)
            await response.prepare(request)
            async for chunk in answer.content.iter_any():
                await self._open.wait()
                await response.write(chunk)
            return response

    async def _count(self, request: web.Request) -> None:
        if not self._open.is_set():
            await self._open.wait()
        if self._matters(request.method, request.path):
            self.written.append(f"{request.method} {request.path}")
            if len(self.written) == self._cut_after:
                self._open.clear()
                self.cut.set()
        await self._open.wait()


def _pem(cluster: dict[str, Any]) -> str:
    import base64

    if "certificate-authority-data" in cluster:
        return base64.b64decode(cluster["certificate-authority-data"]).decode()
    return Path(cluster["certificate-authority"]).read_text(encoding="utf-8")
