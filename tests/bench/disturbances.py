"""What comes between the operator and the API server in bench G; each returns when it was over (time.monotonic)."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from bench.ground import Ground
from bench.patience import until
from bench.proxy import Proxy
from tutoriallab.cluster import embedded, kwokctl
from tutoriallab.cluster.progress import Silent
from tutoriallab.kube.errors import ApiError, Gone
from tutoriallab.kube.session import Session

#: Seconds for which the operator is cut off.
AWAY = 5.0
#: Seconds before and after the compaction in which objects change.
MEANWHILE = 1.0
#: Seconds for an API server to answer.
STARTS = 60.0
_PODS = "/api/v1/pods"


@dataclass(frozen=True)
class Site:
    """The cluster, the proxy that only the operator goes through, and the bench's own session."""

    ground: Ground
    proxy: Proxy
    session: Session


async def nothing(_site: Site) -> float:
    """For comparison."""
    return time.monotonic()


async def dropped(site: Site) -> float:
    """All connections of the operator are reset, watches and requests alike; it may connect again at once."""
    site.proxy.cut()
    return time.monotonic()


async def cut_off(site: Site) -> float:
    """The operator cannot reach the API server for a while."""
    site.proxy.close()
    await asyncio.sleep(AWAY)
    site.proxy.open()
    return time.monotonic()


async def stalled(site: Site) -> float:
    """All connections of the operator go silent without an end, as behind a router that forgot them."""
    site.proxy.stall()
    return time.monotonic()


async def expired(site: Site) -> float:
    """Where the operator left off is compacted away while it is cut off; raises RuntimeError if it is not.

    The API server starts anew, too: it keeps events in memory, and would go on from there for minutes.
    """
    revision = await _revision(site.session)
    site.proxy.close()
    await asyncio.sleep(MEANWHILE)
    await _compact(site.ground, await _revision(site.session))
    await restarted(site)
    await asyncio.sleep(MEANWHILE)
    if not await _is_gone(site.session, revision):
        raise RuntimeError(
            f"the API server can still be watched from revision {revision}: no 410 was provoked"
        )
    site.proxy.open()
    return time.monotonic()


async def restarted(site: Site) -> float:
    """The API server's process is killed and started; over as soon as it answers a request."""
    ground = site.ground
    os.kill(ground.processes["kube-apiserver"], signal.SIGKILL)
    await until(lambda: "kube-apiserver" not in ground.processes, STARTS)
    starting = asyncio.create_task(asyncio.to_thread(embedded.start, ground.name, ground.places, Silent()))
    over = await _answers(site.session)
    await starting
    return over


#: What can come between, in the order in which it is tried.
DISTURBANCES: dict[str, Callable[[Site], Awaitable[float]]] = {
    "nothing": nothing,
    "connections reset": dropped,
    f"cut off for {AWAY:.0f} s": cut_off,
    "410 after a compaction": expired,
    "API server killed": restarted,
    "connections gone silent": stalled,
}


async def _answers(session: Session) -> float:
    """When it does; that it calls itself ready comes later, when writes have long been taken."""
    end = time.monotonic() + STARTS
    while time.monotonic() < end:
        try:
            await session.fetch("GET", "/api/v1/namespaces/default", timeout=1.0)
        except ApiError:
            await asyncio.sleep(0.02)
        else:
            return time.monotonic()
    raise TimeoutError(f"the API server did not answer within {STARTS:.0f} s after it was killed")


async def _revision(session: Session) -> int:
    page = await session.request("GET", _PODS, query={"limit": 1})
    return int(page["metadata"]["resourceVersion"])


async def _compact(ground: Ground, revision: int) -> None:
    """Have etcd forget all before a revision, by its JSON interface."""
    parts = kwokctl.settings_of(ground.places.kwok_cluster(ground.name))["components"]
    etcd = next(part for part in parts if part["name"] == "etcd")
    port = next(one["port"] for one in etcd["ports"] if one["name"] == "http")
    body: Any = {"revision": revision, "physical": True}
    url = f"http://127.0.0.1:{port}/v3/kv/compaction"
    async with aiohttp.ClientSession() as http, http.post(url, json=body) as answer:
        if answer.status != 200:
            raise RuntimeError(f"etcd did not compact revision {revision}: {await answer.text()}")


async def _is_gone(session: Session, revision: int) -> bool:
    """Whether a watch from this revision is refused, by its status or by its first event."""
    query = {"watch": True, "resourceVersion": revision, "timeoutSeconds": 2}
    try:
        async with session.stream(_PODS, query) as chunks:
            async for chunk in chunks:
                return b'"code":410' in chunk
    except Gone:
        return True
    return False
