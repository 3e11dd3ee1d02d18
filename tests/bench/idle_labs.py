"""Bench C: a thousand labs while nobody does anything; the operator's requests, memory over time, and CPU."""

import asyncio
import time
from dataclasses import dataclass

from bench.ground import Ground
from bench.idle import Busy, quiet
from bench.lab_watch import LabWatch
from bench.machine import Footprint, load
from bench.prepare import Say, Size, prepare
from bench.spread import slope
from bench.turns import Turns
from tutoriallab.kube.session import Session

FULL = Size(labs=1_000, relevant=0, irrelevant=0, seconds=0, idle=600, only_irrelevant=0)
QUICK = Size(labs=100, relevant=0, irrelevant=0, seconds=0, idle=60, only_irrelevant=0)
#: Seconds between two looks at the operator's memory.
LOOKS = 2.0


@dataclass(frozen=True)
class IdleLabs:
    """What was measured; `resident` are seconds since the beginning and MiB, `cores` CPU in % of one core."""

    labs: int
    seconds: float
    requests: dict[str, int]
    evaluations: int
    resident: list[tuple[float, float]]
    cores: dict[str, float]
    footprint: Footprint
    load_average: float

    @property
    def requests_a_minute(self) -> dict[str, float]:
        """By verb."""
        return {verb: round(count / self.seconds * 60, 1) for verb, count in self.requests.items()}

    @property
    def growth(self) -> float:
        """MiB an hour, by least squares."""
        return round(slope(self.resident) * 3600, 1)


async def measure(ground: Ground, size: Size, say: Say) -> IdleLabs:
    """Prepare, wait until all is quiet, then only look."""
    async with (
        await Session.from_kubeconfig(str(ground.kubeconfig)) as session,
        LabWatch(session, Turns()) as labs,
    ):
        await prepare(session, labs, size, say)
        await quiet(ground)
    say(f"  {size.idle:.0f} s idle …")
    before = await asyncio.to_thread(ground.counts)
    began, busy = time.monotonic(), Busy({**ground.processes, "operator": ground.pid})
    resident = []
    while (at := time.monotonic() - began) < size.idle:
        resident.append((round(at, 1), ground.footprint.resident))
        await asyncio.sleep(LOOKS)
    took, cores = time.monotonic() - began, busy.shares()
    counts = (await asyncio.to_thread(ground.counts)).since(before)
    return IdleLabs(
        labs=size.labs,
        seconds=round(took, 1),
        requests=counts.requests,
        evaluations=counts.evaluations,
        resident=resident,
        cores=cores,
        footprint=ground.footprint,
        load_average=load(),
    )
