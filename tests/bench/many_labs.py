"""Bench D: a thousand labs of ten checks, under load; verdicts, memory, CPU, evaluations, requests, and the start.

Bench I is the same with half of the checks failing for what the operator diagnoses.

In order: all labs are prepared; nothing happens (idle); only writes that concern no check; relevant and irrelevant
writes together (the measurement); then the operator is stopped, every lab's object is changed while it is away, and
it is started again.
"""

import asyncio
import random
import time
from dataclasses import dataclass

from bench.gc_trace import between, collections
from bench.ground import Ground
from bench.idle import Busy, Idle, idle, quiet
from bench.lab_watch import LabWatch
from bench.machine import Footprint, load
from bench.patience import until
from bench.prepare import Say, Size, prepare
from bench.restart import Restart, restart
from bench.spread import Spread, spread
from bench.turns import Turns
from bench.writing import Writing
from tutoriallab.kube.session import Session

FULL = Size(labs=1_000, relevant=50, irrelevant=200, seconds=60, idle=20, only_irrelevant=10)
QUICK = Size(labs=100, relevant=5, irrelevant=20, seconds=6, idle=3, only_irrelevant=2)
#: Seconds after the last write within which every verdict must have been seen.
SETTLES = 10.0


@dataclass(frozen=True)
class UnderLoad:
    """What was measured while relevant and irrelevant writes came together.

    `writes_a_second` were reached. `between`: verdicts while the API server did not collect its garbage, which it did
    `collected` times. `cores`: CPU of the cluster's processes and of the writer, in % of one core.
    """

    seconds: float
    verdicts: Spread
    between: Spread
    collected: int
    lost: int
    writes: Spread
    writes_a_second: float
    writes_failed: int
    writer_late: float
    evaluations_per_relevant: float
    requests: dict[str, int]
    cpu: float
    cores: dict[str, float]
    footprint: Footprint


@dataclass(frozen=True)
class ManyLabs:
    """What was measured; memory in MiB, times in seconds but for the spreads."""

    size: Size
    prepared_in: float
    idle: Idle
    evaluations_of_irrelevant: int
    under_load: UnderLoad
    restart: Restart
    load_average: float


async def measure(ground: Ground, size: Size, say: Say) -> ManyLabs:
    """All phases in order."""
    async with await Session.from_kubeconfig(str(ground.kubeconfig)) as session:
        turns = Turns()
        async with LabWatch(session, turns) as labs:
            began = time.monotonic()
            field = await prepare(session, labs, size, say)
            # Neighbours in the list are of one kind; learners' changes come mixed.
            random.Random(1).shuffle(field.targets)  # noqa: S311
            prepared_in = time.monotonic() - began
            writing = Writing(ground, field, turns)
            await quiet(ground)
            say(f"  {size.idle:.0f} s idle …")
            nothing = await idle(ground, size.idle)
            say(f"  {size.only_irrelevant:.0f} s of {size.irrelevant} irrelevant writes a second …")
            unconcerned = await _only_irrelevant(writing, size)
            say(f"  {size.seconds:.0f} s of {size.relevant} relevant ones besides …")
            under_load = await _under_load(writing, size)
            verdicts = under_load.verdicts
            say(f"  T2−T0: {verdicts.p50} ms at p50, {verdicts.p99} ms at p99, {under_load.lost} lost")
            say("  the operator is stopped, all labs' objects change, and it is started again …")
            again = await restart(writing, session, labs)
            return ManyLabs(
                size, round(prepared_in, 1), nothing, unconcerned, under_load, again, load_average=load()
            )


async def _only_irrelevant(writing: Writing, size: Size) -> int:
    """Evaluations while nothing relevant is written."""
    before = await asyncio.to_thread(writing.ground.counts)
    await writing.write(writing.plan(size.only_irrelevant, 0, size.irrelevant))
    after = await asyncio.to_thread(writing.ground.counts)
    return after.since(before).evaluations


async def _under_load(writing: Writing, size: Size) -> UnderLoad:
    ground, turns, targets = writing.ground, writing.turns, writing.field.targets
    before, cpu = await asyncio.to_thread(ground.counts), ground.footprint.cpu
    turns.seen.clear()
    began, busy = time.monotonic(), Busy(ground.processes)
    written = await writing.write(writing.plan(size.seconds, size.relevant, size.irrelevant))
    await until(lambda: len(turns.latencies(targets, written)) == len(written.flips), SETTLES, pause=0.2)
    took, cores, now = time.monotonic() - began, busy.shares(), ground.footprint
    counts = (await asyncio.to_thread(ground.counts)).since(before)
    found = turns.latencies(targets, written)
    collected = collections(ground.log("kube-apiserver"), ground.processes["kube-apiserver"])
    return UnderLoad(
        seconds=round(took, 1),
        verdicts=spread([latency for _, latency in found]),
        between=spread(between(found, collected)),
        collected=sum(ends > began for _, ends in collected),
        lost=len(written.flips) - len(found),
        writes=spread(written.took),
        writes_a_second=round(len(written.took) / max(written.lasted, 0.01), 1),
        writes_failed=written.failed,
        writer_late=round(written.late, 3),
        evaluations_per_relevant=round(counts.evaluations / max(1, len(written.flips)), 2),
        requests=counts.requests,
        cpu=round(now.cpu - cpu, 2),
        cores={**cores, "writer": round(written.cpu / took * 100, 1)},
        footprint=now,
    )
