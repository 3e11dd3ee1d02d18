"""Bench D: a thousand labs of ten checks, under load; verdicts, memory, CPU, evaluations, requests, and the start.

In order: all labs are prepared; nothing happens (idle); only writes that concern no check; relevant and irrelevant
writes together (the measurement); then the operator is stopped, every lab's object is changed while it is away, and
it is started again.
"""

import asyncio
import json
import os
import random
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.ground import Ground
from bench.lab_watch import LabWatch
from bench.machine import Footprint, load
from bench.patience import until
from bench.prepare import Field, Say, Size, Target, prepare
from bench.spread import Spread, spread
from bench.writer import Plan, Written
from tutoriallab.kube.session import Session

FULL = Size(labs=1_000, relevant=50, irrelevant=200, seconds=60, idle=20, only_irrelevant=10)
QUICK = Size(labs=100, relevant=5, irrelevant=20, seconds=6, idle=3, only_irrelevant=2)
#: Seconds after the last write within which every verdict must have been seen.
SETTLES = 10.0
#: Seconds for a started operator to grade all labs.
STARTS = 120.0
#: Writes a second while the operator is away.
AWAY_RATE = 200


@dataclass(frozen=True)
class UnderLoad:
    """What was measured while relevant and irrelevant writes came together."""

    seconds: float
    verdicts: Spread
    lost: int
    writes: Spread
    writes_failed: int
    writer_late: float
    evaluations_per_relevant: float
    requests: dict[str, int]
    cpu: float
    footprint: Footprint


@dataclass(frozen=True)
class Idle:
    """What was measured while nothing happened."""

    requests: dict[str, int]
    cpu: float
    footprint: Footprint


@dataclass(frozen=True)
class Restart:
    """From the start of the operator's process until every lab's verdict that had to turn was seen."""

    seconds: float
    cpu: float
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


class _Turns:
    """Every turn of a verdict that was seen, by lab and check, in order."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], list[tuple[str, float]]] = {}

    def __call__(self, lab: str, check: str, verdict: str, at: float) -> None:
        self.seen.setdefault((lab, check), []).append((verdict, at))

    def latencies(self, targets: list[Target], written: Written) -> list[float]:
        """T2−T0 of every flip whose verdict was seen: the n-th flip of a check belongs to its n-th turn."""
        left = {key: iter(turns) for key, turns in self.seen.items()}
        found = []
        for number, on, changed in sorted(written.flips, key=lambda flip: flip[2]):
            target = targets[number]
            verdict, at = next(left.get((target.lab, target.check), iter(())), ("", 0.0))
            if verdict == ("Passed" if on else "Failing"):
                found.append(at - changed)
        return found


@dataclass
class _Bench:
    ground: Ground
    size: Size
    field: Field
    turns: _Turns
    plans: int = 0

    async def write(self, plan: Plan) -> Written:
        """Have the writer carry out a plan."""
        self.plans += 1
        given, output = (self.ground.folder / f"{name}-{self.plans}.json" for name in ("plan", "written"))
        given.write_text(json.dumps(asdict(plan)), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        writer = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.writer", str(given), str(output), env=environment
        )
        if await writer.wait() != 0:
            raise RuntimeError("the writer failed: see above")
        written = Written(**json.loads(output.read_text(encoding="utf-8")))
        return replace(written, flips=[(number, on, at) for number, on, at in written.flips])

    def plan(self, seconds: float, relevant: int, irrelevant: int) -> Plan:
        """A plan at these rates; all targets are off before it."""
        targets = [one.path for one in self.field.targets]
        kubeconfig = str(self.ground.kubeconfig)
        return Plan(kubeconfig, seconds, relevant, irrelevant, targets, self.field.bystanders, on=True)


async def measure(ground: Ground, size: Size, say: Say) -> ManyLabs:
    """All phases in order."""
    async with await Session.from_kubeconfig(str(ground.kubeconfig)) as session:
        turns = _Turns()
        async with LabWatch(session, turns) as labs:
            began = time.monotonic()
            field = await prepare(session, labs, size, say)
            # Neighbours in the list are of one kind; learners' changes come mixed.
            random.Random(1).shuffle(field.targets)  # noqa: S311
            prepared_in = time.monotonic() - began
            bench = _Bench(ground, size, field, turns)
            await _quiet(ground)
            say(f"  {size.idle:.0f} s idle …")
            idle = await _idle(ground, size.idle)
            say(f"  {size.only_irrelevant:.0f} s of {size.irrelevant} irrelevant writes a second …")
            unconcerned = await _only_irrelevant(bench)
            say(f"  {size.seconds:.0f} s of {size.relevant} relevant ones besides …")
            under_load = await _under_load(bench)
            say("  the operator is stopped, all labs' objects change, and it is started again …")
            restart = await _restart(bench, labs)
            return ManyLabs(
                size, round(prepared_in, 1), idle, unconcerned, under_load, restart, load_average=load()
            )


async def _quiet(ground: Ground) -> None:
    """Wait until the operator sends nothing any more."""
    before = await asyncio.to_thread(ground.counts)
    for _ in range(60):
        await asyncio.sleep(2.0)
        now = await asyncio.to_thread(ground.counts)
        if sum(now.since(before).requests.values()) == 0:
            return
        before = now


async def _idle(ground: Ground, seconds: float) -> Idle:
    before, cpu = await asyncio.to_thread(ground.counts), ground.footprint.cpu
    await asyncio.sleep(seconds)
    after, now = await asyncio.to_thread(ground.counts), ground.footprint
    return Idle(after.since(before).requests, round(now.cpu - cpu, 2), now)


async def _only_irrelevant(bench: _Bench) -> int:
    """Evaluations while nothing relevant is written."""
    before = await asyncio.to_thread(bench.ground.counts)
    await bench.write(bench.plan(bench.size.only_irrelevant, 0, bench.size.irrelevant))
    after = await asyncio.to_thread(bench.ground.counts)
    return after.since(before).evaluations


async def _under_load(bench: _Bench) -> UnderLoad:
    size, ground = bench.size, bench.ground
    before, cpu = await asyncio.to_thread(ground.counts), ground.footprint.cpu
    bench.turns.seen.clear()
    began = time.monotonic()
    written = await bench.write(bench.plan(size.seconds, size.relevant, size.irrelevant))

    def found() -> list[float]:
        return bench.turns.latencies(bench.field.targets, written)

    await until(lambda: len(found()) == len(written.flips), SETTLES, pause=0.2)
    counts = (await asyncio.to_thread(ground.counts)).since(before)
    now, took = ground.footprint, time.monotonic() - began
    return UnderLoad(
        seconds=round(took, 1),
        verdicts=spread(found()),
        lost=len(written.flips) - len(found()),
        writes=spread(written.took),
        writes_failed=written.failed,
        writer_late=round(written.late, 3),
        evaluations_per_relevant=round(counts.evaluations / max(1, len(written.flips)), 2),
        requests=counts.requests,
        cpu=round(now.cpu - cpu, 2),
        footprint=now,
    )


async def _restart(bench: _Bench, labs: LabWatch) -> Restart:
    bench.ground.operator.stop()
    targets = list({one.lab: one for one in bench.field.targets}.values())
    wanted = await _change_all(bench, labs, targets)
    began = time.monotonic()
    bench.ground.operator.launch()

    def graded() -> bool:
        return all(labs.verdicts.get(key) == verdict for key, verdict in wanted.items())

    if not await until(graded, STARTS):
        raise TimeoutError(f"not all labs were graded {STARTS:.0f} s after the operator's start")
    took, cpu = time.monotonic() - began, bench.ground.footprint.cpu
    await _quiet(bench.ground)
    return Restart(round(took, 2), cpu, bench.ground.footprint)


async def _change_all(bench: _Bench, labs: LabWatch, targets: list[Target]) -> dict[tuple[str, str], str]:
    """Flip every target while the operator is away; the verdict that each must get."""
    wanted: dict[tuple[str, str], str] = {}
    for on in (True, False):
        chosen = [one for one in targets if (labs.verdicts.get((one.lab, one.check)) != "Passed") == on]
        if chosen:
            plan = bench.plan(len(chosen) / AWAY_RATE, AWAY_RATE, 0)
            await bench.write(replace(plan, targets=[one.path for one in chosen], on=on))
        wanted |= {(one.lab, one.check): "Passed" if on else "Failing" for one in chosen}
    return wanted
