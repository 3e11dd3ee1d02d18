import asyncio
import time

import pytest

from tutoriallab.kube.errors import Forbidden
from tutoriallab.lab.key import LabKey
from tutoriallab.status import recorder as module
from tutoriallab.status.happenings import Happening
from tutoriallab.status.recorder import EventRecorder

KEY = LabKey("default", "demo", "u1")


async def test_events_are_posted_behind_the_caller() -> None:
    posted: list[str] = []

    async def post(key: LabKey, happening: Happening, at: float) -> None:
        posted.append(happening.reason)

    recorder = EventRecorder(post)
    for reason in ("A", "B"):
        recorder.record(KEY, Happening(reason, ""))
    await asyncio.sleep(0.01)
    assert sorted(posted) == ["A", "B"]
    await recorder.close()


async def test_a_refused_event_is_dropped_and_the_next_is_posted() -> None:
    posted: list[str] = []

    async def post(key: LabKey, happening: Happening, at: float) -> None:
        if happening.reason == "Bad":
            raise Forbidden(403, "Forbidden", "the namespace is being deleted")
        posted.append(happening.reason)

    recorder = EventRecorder(post)
    for reason in ("Bad", "Good"):
        recorder.record(KEY, Happening(reason, ""))
    await asyncio.sleep(0.01)
    assert (posted, recorder.dropped) == (["Good"], 1)
    await recorder.close()


async def test_a_full_queue_drops_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BOUND", 2)

    async def post(key: LabKey, happening: Happening, at: float) -> None:
        await asyncio.sleep(60)

    recorder = EventRecorder(post)
    for _ in range(5):
        recorder.record(KEY, Happening("A", ""))
    assert recorder.dropped == 3
    await recorder.close()


async def test_a_storm_is_posted_steadily_after_a_burst_and_tells_when_each_happened() -> None:
    posted: asyncio.Queue[tuple[float, float]] = asyncio.Queue()

    async def post(key: LabKey, happening: Happening, at: float) -> None:
        posted.put_nowait((at, time.time()))

    recorder = EventRecorder(post, rate=20, burst=3)
    began = time.time()
    for _ in range(6):
        recorder.record(KEY, Happening("A", ""))
    recorded = time.time()
    async with asyncio.timeout(10):
        seen = [await posted.get() for _ in range(6)]
    # Three at once, then one every 50 ms: never sooner, however fast the machine.
    assert seen[-1][1] - began >= 0.149
    assert all(began <= happened <= recorded for happened, _ in seen)
    await recorder.close()


async def test_a_quiet_time_earns_a_burst_and_no_more() -> None:
    posted: asyncio.Queue[float] = asyncio.Queue()

    async def post(key: LabKey, happening: Happening, at: float) -> None:
        posted.put_nowait(time.monotonic())

    recorder = EventRecorder(post, rate=20, burst=2)
    recorder.record(KEY, Happening("A", ""))
    await asyncio.sleep(0.3)
    began = time.monotonic()
    for _ in range(4):
        recorder.record(KEY, Happening("A", ""))
    async with asyncio.timeout(10):
        seen = [await posted.get() for _ in range(5)]
    assert seen[-1] - began >= 0.099
    await recorder.close()
