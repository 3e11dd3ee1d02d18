"""Bench J: how soon a change is on the screen, how long frames take while 500 pods are replaced, and what records take.

The page is that of the operator, open in Chromium; the pods are a Deployment's, on nodes that kwok simulates.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import bodies
from bench.bodies import Json
from bench.ground import Ground
from bench.idle import Busy
from bench.lab_watch import LabWatch
from bench.machine import Footprint, load
from bench.page_again import Tape, shown_again, taped
from bench.page_records import FullRecords, fill
from bench.page_window import Frames, Noted, RecordSize, Turn, Window, opened
from bench.prepare import Say, create, until_active
from bench.spread import Spread, spread
from tutoriallab.cluster.workers import manifest
from tutoriallab.kube.objects import MERGE_PATCH
from tutoriallab.kube.session import Session
from tutoriallab.provision.marks import COUNTS
from tutoriallab.web.key import found, ticket

LAB = "bench-page"
STRATEGIC = "application/strategic-merge-patch+json"
#: Nodes besides the three that each cluster has, so that 625 pods have room.
MORE_NODES = 5
#: Seconds for the Deployment to have all its pods; for the last tile to turn; and of frames while nothing happens.
PATIENCE, LAST, REST = 600.0, 15.0, 5.0


@dataclass(frozen=True)
class Size:
    """Pods whose state is flipped, how often and how many times a second; pods that are then replaced; full records.

    `flips` is an even multiple of `pods`: in the end all of them are ready.
    """

    pods: int
    flips: int
    rate: int
    replaced: int
    labs: tuple[int, ...]


FULL = Size(pods=200, flips=1_200, rate=5, replaced=500, labs=(1, 10, 100))
QUICK = Size(pods=20, flips=120, rate=5, replaced=50, labs=(1, 10))


@dataclass(frozen=True)
class Replaced:
    """What a rollout did to the page: frames, how often the map was changed, the longest script (ms), and seconds.

    Once as it happened, and once sent again to another page while the cluster rests.
    """

    frames: Spread
    draws: int
    longest_script: float
    seconds: float


@dataclass(frozen=True)
class PageFigures:
    """What was measured; `cores` is CPU in % of one core while pods were flipped, `heap` MiB of the page's scripts."""

    size: Size
    noted: Spread
    changed: Spread
    shown: Spread
    writes: Spread
    lost: int
    cores: dict[str, float]
    at_rest: Spread
    replaced: Replaced
    again: Replaced
    record: RecordSize
    full: list[FullRecords]
    heap: float
    before: Footprint
    after: Footprint
    load_average: float


@dataclass
class _Flips:
    """When the API server had answered each change, and the seconds that it took."""

    answered: Noted = field(default_factory=dict)
    took: list[float] = field(default_factory=list)


async def measure(ground: Ground, port: int, key_file: Path, size: Size, say: Say) -> PageFigures:
    """Flip, scale, replace; raises RuntimeError, TimeoutError."""
    before = ground.footprint
    async with await Session.from_kubeconfig(str(ground.kubeconfig)) as session:
        async with LabWatch(session, lambda *_: None) as labs:
            await _prepare(session, labs, size, say)
        path = f"/#key={ticket(found(key_file), time.time())}&lab=default/{LAB}"
        async with opened(f"http://127.0.0.1:{port}", path) as window:
            await window.until_ready(size.pods)
            await window.look()
            say(f"  the page shows them; {size.flips:,} changes, {size.rate} a second …")
            busy = Busy({**ground.processes, "operator": ground.pid})
            flips = await _flip(session, size)
            turns = await window.turns(size.flips, LAST)
            cores, noted = busy.shares(), await window.noted(f"default/{LAB}")
            say(f"  {size.replaced:,} pods are made, then replaced by a rollout …")
            await _scale(session, window, size.replaced)
            at_rest = await _rest(window)
            replaced, tape = await _replace(session, window, size.replaced)
            record, heap = await window.record(f"default/{LAB}"), await window.heap()
        say("  the same is sent again to another page …")
        again = await _again(tape, size.replaced)
    after = ground.footprint
    say("  records are filled …")
    full = [await fill(labs, size.pods) for labs in size.labs]
    shown = delays(flips.answered, _turned(turns, lambda one: one.shown))
    return PageFigures(
        size=size,
        noted=spread(delays(flips.answered, noted)),
        changed=spread(delays(flips.answered, _turned(turns, lambda one: one.changed))),
        shown=spread(shown),
        writes=spread(flips.took),
        lost=size.flips - len(shown),
        cores=cores,
        at_rest=spread(at_rest),
        replaced=replaced,
        again=again,
        record=record,
        full=full,
        heap=heap,
        before=before,
        after=after,
        load_average=load(),
    )


def delays(answered: Noted, seen: Noted) -> list[float]:
    """Seconds from the API's answer until a change was seen, of all that were.

    The last change of a pod belongs to what was seen last of it, and so on backwards: a record forgets its beginning.
    """
    return [
        at - since
        for uid, changes in answered.items()
        for (ready, since), (was, at) in zip(reversed(changes), reversed(seen.get(uid, [])), strict=False)
        if was == ready
    ]


def _turned(turns: list[Turn], when: Callable[[Turn], float]) -> Noted:
    found: Noted = {}
    for turn in turns:
        found.setdefault(turn.uid, []).append((turn.ready, when(turn)))
    return found


async def _prepare(session: Session, labs: LabWatch, size: Size, say: Say) -> None:
    await create(session, [_node(number) for number in range(MORE_NODES)])
    body = bodies.on_page(LAB)
    await session.request("POST", bodies.path(body, named=False), body=body)
    await until_active(labs, 1, say)
    # A learner's workspace holds 100 pods.
    quota = f"/api/v1/namespaces/{LAB}/resourcequotas/{COUNTS}"
    room = {"spec": {"hard": {"pods": "1000"}}}
    await session.request("PATCH", quota, body=room, content_type=MERGE_PATCH)
    await create(session, bodies.behind_a_service("web", LAB, size.pods))
    await _until_available(session, size.pods)
    say(f"  {size.pods:,} pods are ready")


def _node(number: int) -> Json:
    made = manifest("worker1")
    name, network = f"more{number}", f"10.244.{100 + number}.0/24"
    made["metadata"] |= {
        "name": name,
        "labels": {**made["metadata"]["labels"], "kubernetes.io/hostname": name},
    }
    return {**made, "spec": {"podCIDR": network, "podCIDRs": [network]}}


async def _flip(session: Session, size: Size) -> _Flips:
    """One pod after the other is unready, then ready again; no change waits for another to be seen."""
    listed = await session.request("GET", f"/api/v1/namespaces/{LAB}/pods")
    pods = [one["metadata"] for one in listed["items"]]
    flips, began = _Flips(), time.monotonic()

    async def flip(number: int) -> None:
        pod, ready = pods[number % size.pods], number // size.pods % 2 == 1
        # Both, or kwok takes it for what an outage of its node has left, and makes it ready again.
        conditions = [{"type": kind, "status": str(ready)} for kind in ("Ready", "ContainersReady")]
        sent = time.monotonic()
        await session.fetch(
            "PATCH",
            f"/api/v1/namespaces/{LAB}/pods/{pod['name']}/status",
            body={"status": {"conditions": conditions}},
            content_type=STRATEGIC,
        )
        # The browser's clock, too, counts from 1970.
        flips.answered.setdefault(pod["uid"], []).append((ready, time.time()))
        flips.took.append(time.monotonic() - sent)

    async with asyncio.TaskGroup() as tasks:
        for number in range(size.flips):
            await asyncio.sleep(max(0.0, began + number / size.rate - time.monotonic()))
            tasks.create_task(flip(number))
    return flips


async def _scale(session: Session, window: Window, pods: int) -> None:
    await _change(session, {"spec": {"replicas": pods}})
    await _until_available(session, pods)
    await window.until_ready(pods)


async def _rest(window: Window) -> list[float]:
    await window.begin()
    await asyncio.sleep(REST)
    return (await window.end()).gaps


async def _replace(session: Session, window: Window, pods: int) -> tuple[Replaced, Tape]:
    async with taped(window, f"default/{LAB}") as tape:
        began = time.monotonic()
        await window.begin()
        await _change(session, {"spec": {"template": {"metadata": {"annotations": {"turn": "1"}}}}})
        await _until_available(session, pods)
        await window.until_ready(pods)
        seconds = time.monotonic() - began
        return _replaced(await window.end(), seconds), tape


async def _again(tape: Tape, pods: int) -> Replaced:
    return _replaced(await shown_again(tape, pods), tape.seconds)


def _replaced(frames: Frames, seconds: float) -> Replaced:
    return Replaced(spread(frames.gaps), frames.draws, round(frames.longest_script, 1), round(seconds, 1))


async def _change(session: Session, change: Json) -> None:
    await session.request("PATCH", _DEPLOYMENT, body=change, content_type=MERGE_PATCH)


async def _until_available(session: Session, pods: int) -> None:
    """Wait until the Deployment has all its pods, in its newest version, and no other."""
    end = time.monotonic() + PATIENCE
    while not _is_done(await session.request("GET", _DEPLOYMENT), pods):
        if time.monotonic() > end:
            raise TimeoutError(f"the Deployment had not all of {pods} pods within {PATIENCE:.0f} s")
        await asyncio.sleep(0.2)


def _is_done(deployment: Any, pods: int) -> bool:
    status = deployment.get("status", {})
    counts = {status.get(name) for name in ("replicas", "updatedReplicas", "availableReplicas")}
    return counts == {pods} and status["observedGeneration"] == deployment["metadata"]["generation"]


_DEPLOYMENT = f"/apis/apps/v1/namespaces/{LAB}/deployments/web"
