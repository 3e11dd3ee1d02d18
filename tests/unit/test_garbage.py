"""Full collections are rare, and still come."""

import asyncio
import gc
import weakref

from tutoriallab.garbage import collected_rarely


class Cyclic:
    def __init__(self) -> None:
        self.itself = self


async def test_python_begins_no_full_collection_and_we_do() -> None:
    before = gc.get_threshold()
    async with collected_rarely(between=0.05):
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] > 1_000_000_000
        old = Cyclic()
        gc.collect()  # From now on only a full collection finds it.
        gone = asyncio.Event()
        left = weakref.ref(old, lambda _: gone.set())
        del old
        gc.collect(1)
        assert left() is not None
        await asyncio.wait_for(gone.wait(), 10)
    assert gc.get_threshold() == before
