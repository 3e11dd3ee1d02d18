"""Full collections are rare, wait until nothing is done, and still come."""

import asyncio
import gc
import time
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tutoriallab.garbage import collected_rarely


class Cyclic:
    def __init__(self) -> None:
        self.itself = self


@asynccontextmanager
async def working() -> AsyncIterator[None]:
    """Something is done all the time."""
    ended = asyncio.Event()

    async def work() -> None:
        while not ended.is_set():
            until = time.process_time() + 0.02
            while time.process_time() < until:
                pass
            await asyncio.sleep(0)

    task = asyncio.create_task(work())
    try:
        yield
    finally:
        ended.set()
        await task


def forgotten() -> tuple[asyncio.Event, "weakref.ref[Cyclic]"]:
    """Cyclic garbage that only a full collection finds; the event tells that one did."""
    old = Cyclic()
    gc.collect()
    gone = asyncio.Event()
    left = weakref.ref(old, lambda _: gone.set())
    del old
    gc.collect(1)
    return gone, left


async def test_python_begins_no_full_collection_and_we_do() -> None:
    before = gc.get_threshold()
    async with collected_rarely(between=0.05):
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_threshold()[2] > 1_000_000_000
        gone, left = forgotten()
        assert left() is not None
        await asyncio.wait_for(gone.wait(), 30)
    assert gc.get_threshold() == before


async def test_a_full_collection_waits_for_idleness() -> None:
    async with collected_rarely(between=0.05):
        async with working():
            gone, _ = forgotten()
            await asyncio.sleep(1.5)
            assert not gone.is_set()
        await asyncio.wait_for(gone.wait(), 30)


async def test_but_not_for_ever() -> None:
    async with collected_rarely(between=0.05, latest=0.3), working():
        gone, _ = forgotten()
        await asyncio.wait_for(gone.wait(), 30)
