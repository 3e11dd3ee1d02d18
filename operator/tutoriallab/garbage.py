"""Python's collector of cyclic garbage, kept from stopping the grading. Called by `__main__.py`.

A full collection looks at every object of every lab: 0.45 s for 1,000 labs, and Python begins one whenever a quarter
more has come to stay, every 16 s under load and a dozen times during the start. Nearly all of our garbage is freed at
once by its reference count; what is cyclic is some twenty objects a second.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

#: Seconds between full collections.
BETWEEN = 300.0
#: So many collections of the middle generation have to go by before Python begins a full one itself: it never does.
_NEVER = 2**31 - 1


@asynccontextmanager
async def collected_rarely(between: float = BETWEEN) -> AsyncIterator[None]:
    """Meanwhile, young objects are collected as ever, and all of them every `between` seconds."""
    before = gc.get_threshold()
    gc.set_threshold(before[0], before[1], _NEVER)
    collecting = asyncio.create_task(_collect(between))
    try:
        yield
    finally:
        collecting.cancel()
        with suppress(asyncio.CancelledError):
            await collecting
        gc.set_threshold(*before)


async def _collect(between: float) -> None:
    while True:
        await asyncio.sleep(between)
        gc.collect()
