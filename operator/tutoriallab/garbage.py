"""Python's collector of cyclic garbage, kept from stopping the grading. Called by `__main__.py`.

A full collection looks at every object of every lab: 0.45 s for 1,000 labs, and Python begins one whenever a quarter
more has come to stay, every 16 s under load and a dozen times during the start. Nearly all of our garbage is freed at
once by its reference count; what is cyclic is some twenty objects a second. So a full collection waits for a second in
which nobody waits for a verdict, and young objects are looked at less often (that took a fifteenth of the operator's
time under load).
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

#: Seconds between full collections, and after which one comes even if the operator was never idle.
BETWEEN = 300.0
LATEST = 3_600.0
#: Seconds of CPU within one second up to which the operator is idle.
IDLE = 0.05
#: So many more objects made than freed are young enough to be looked at (Python's own: 700).
_YOUNG = 10_000
#: So many collections of the middle generation have to go by before Python begins a full one itself: it never does.
_NEVER = 2**31 - 1


@asynccontextmanager
async def collected_rarely(between: float = BETWEEN, latest: float = LATEST) -> AsyncIterator[None]:
    """Meanwhile, young objects are collected now and then, and all of them when idle after `between` seconds."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, before[1], _NEVER)
    collecting = asyncio.create_task(_collect(between, latest))
    try:
        yield
    finally:
        collecting.cancel()
        with suppress(asyncio.CancelledError):
            await collecting
        gc.set_threshold(*before)


async def _collect(between: float, latest: float) -> None:
    while True:
        await asyncio.sleep(between)
        with suppress(TimeoutError):
            async with asyncio.timeout(latest - between):
                await _idle()
        gc.collect()


async def _idle() -> None:
    """Wait for a second in which next to nothing is done."""
    worked = IDLE
    while worked >= IDLE:
        before = time.process_time()
        await asyncio.sleep(1)
        worked = time.process_time() - before
