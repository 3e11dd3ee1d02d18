"""Waiting for what another process does; used by all benches that have a cluster."""

import asyncio
import time
from collections.abc import Callable


async def until(holds: Callable[[], object], seconds: float, pause: float = 0.02) -> bool:
    """Look every `pause` seconds whether it holds; whether it did within `seconds`."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(pause)
    return True
