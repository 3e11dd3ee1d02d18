"""What the operator and the cluster do while nothing happens; benches C, D and H."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bench.ground import Ground
from bench.machine import Footprint, footprint


@dataclass(frozen=True)
class Idle:
    """What was measured while nothing happened; CPU in seconds."""

    requests: dict[str, int]
    cpu: float
    footprint: Footprint


async def quiet(ground: Ground) -> None:
    """Wait until the operator sends nothing any more."""
    before = await asyncio.to_thread(ground.counts)
    for _ in range(60):
        await asyncio.sleep(2.0)
        now = await asyncio.to_thread(ground.counts)
        if sum(now.since(before).requests.values()) == 0:
            return
        before = now


async def idle(ground: Ground, seconds: float) -> Idle:
    """Do nothing for so long."""
    before, cpu = await asyncio.to_thread(ground.counts), ground.footprint.cpu
    await asyncio.sleep(seconds)
    after, now = await asyncio.to_thread(ground.counts), ground.footprint
    return Idle(after.since(before).requests, round(now.cpu - cpu, 2), now)


class Busy:
    """How busy processes are from now on; `processes`: name to process id."""

    def __init__(self, processes: Mapping[str, int]) -> None:
        self._processes = processes
        self._began = time.monotonic()
        self._before = self._cpu()

    def shares(self) -> dict[str, float]:
        """CPU of each since the beginning, in % of one core."""
        seconds = time.monotonic() - self._began
        return {
            name: round((cpu - self._before[name]) / seconds * 100, 1) for name, cpu in self._cpu().items()
        }

    def _cpu(self) -> dict[str, float]:
        return {name: footprint(pid).cpu for name, pid in self._processes.items()}
