import asyncio

import pytest

from tutoriallab.kube.errors import Forbidden
from tutoriallab.lab.key import LabKey
from tutoriallab.status import recorder as module
from tutoriallab.status.happenings import Happening
from tutoriallab.status.recorder import EventRecorder

KEY = LabKey("default", "demo", "u1")


async def test_events_are_posted_behind_the_caller() -> None:
    posted: list[str] = []

    async def post(key: LabKey, happening: Happening) -> None:
        posted.append(happening.reason)

    recorder = EventRecorder(post)
    for reason in ("A", "B"):
        recorder.record(KEY, Happening(reason, ""))
    await asyncio.sleep(0.01)
    assert sorted(posted) == ["A", "B"]
    await recorder.close()


async def test_a_refused_event_is_dropped_and_the_next_is_posted() -> None:
    posted: list[str] = []

    async def post(key: LabKey, happening: Happening) -> None:
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

    async def post(key: LabKey, happening: Happening) -> None:
        await asyncio.sleep(60)

    recorder = EventRecorder(post)
    for _ in range(5):
        recorder.record(KEY, Happening("A", ""))
    assert recorder.dropped == 3
    await recorder.close()
