"""Bench F: something is true for a fifth of a second, or less; does a check with `when: Ever` see it?

Each lab has ten such checks, each on an object of its own: five Pods, which one watch of all workspaces brings, and
five ConfigMaps, whose watches are per workspace. An eleventh, whose object is never touched, keeps the lab open and
must never pass. Between two lengths the steps are started over.
"""

import asyncio
import time
from dataclasses import dataclass, field

from bench import bodies
from bench.bodies import Json
from bench.ground import Ground
from bench.lab_watch import LabWatch
from bench.machine import load
from bench.patience import until
from bench.prepare import Say, create, until_active
from bench.restart_step import restart_steps
from bench.spread import Spread, spread
from tutoriallab.kube.objects import MERGE_PATCH
from tutoriallab.kube.session import Session

FULL, QUICK = 50, 5
#: For how long something is true, in seconds.
LENGTHS = (0.2, 0.05, 0.02)
#: How many of them begin in a second.
RATE = 25
#: Seconds after the last one within which its verdict must have been seen.
SETTLES = 15.0
#: Seconds until the operator has surely seen what was written last.
SETTLED = 2.0


@dataclass(frozen=True)
class Flashes:
    """Those of one length in seconds. `by_mistake`: checks that passed though nothing was ever true.

    `held`: how long it was true at least, from the answer to the first write until the second was sent;
    `verdicts`: from the answer to the first write until the verdict was seen.
    """

    length: float
    count: int
    seen: int
    by_mistake: int
    held: Spread
    verdicts: Spread

    @property
    def missed(self) -> int:
        """How many nobody saw."""
        return self.count - self.seen


@dataclass(frozen=True)
class ShortStates:
    """What was measured."""

    labs: int
    flashes: list[Flashes]
    load_average: float


@dataclass
class _Seen:
    """When each check passed, since it was last cleared."""

    passed: dict[tuple[str, str], float] = field(default_factory=dict)

    def __call__(self, lab: str, check: str, verdict: str, at: float) -> None:
        if verdict == "Passed":
            self.passed.setdefault((lab, check), at)


@dataclass
class _Flash:
    """One object that is on for a moment, and the check that waits for it."""

    lab: str
    check: str
    path: str
    on_at: float = 0.0
    held: float = 0.0

    async def go(self, session: Session, at: float, length: float) -> None:
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        await self._label(session, bodies.ON)
        self.on_at = time.monotonic()
        await asyncio.sleep(length)
        self.held = time.monotonic() - self.on_at
        await self._label(session, bodies.OFF)

    async def _label(self, session: Session, labels: dict[str, str]) -> None:
        body: Json = {"metadata": {"labels": labels}}
        await session.fetch("PATCH", self.path, body=body, content_type=MERGE_PATCH)


async def measure(ground: Ground, labs: int, say: Say) -> ShortStates:
    """All lengths in order."""
    names = [f"short-{number:03}" for number in range(labs)]
    async with await Session.from_kubeconfig(str(ground.kubeconfig)) as session:
        seen = _Seen()
        async with LabWatch(session, seen) as watch:
            await _prepare(session, watch, names, say)
            found = []
            for length in LENGTHS:
                say(f"  something is true for {length * 1000:.0f} ms, {labs * len(bodies.FLASHES)} times …")
                await _start_over(session, watch, names)
                found.append(await _round(session, seen, names, length))
    return ShortStates(labs, found, load())


async def _prepare(session: Session, watch: LabWatch, names: list[str], say: Say) -> None:
    await asyncio.gather(
        create(session, [bodies.on_flashes(name) for name in names]), until_active(watch, len(names), say)
    )
    await create(session, [body for name in names for body in bodies.flashing(name)])


async def _start_over(session: Session, watch: LabWatch, names: list[str]) -> None:
    """All steps anew, with all objects there and off; raises RuntimeError when a check has passed already."""
    await asyncio.sleep(SETTLED)
    await restart_steps(session, names)
    await asyncio.sleep(SETTLED)
    early = [f"{lab}/{check}" for (lab, check), verdict in watch.verdicts.items() if verdict == "Passed"]
    if early:
        raise RuntimeError(f"{len(early)} checks have passed before anything was true: {early[0]} …")


async def _round(session: Session, seen: _Seen, names: list[str], length: float) -> Flashes:
    seen.passed.clear()
    flashes = [
        _Flash(name, check, bodies.path(body))
        for name in names
        for check, body in zip(bodies.FLASHES, bodies.flashing(name), strict=False)
    ]
    began = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        for number, one in enumerate(flashes):
            tasks.create_task(one.go(session, began + number / RATE, length))

    def hits() -> list[_Flash]:
        return [one for one in flashes if (one.lab, one.check) in seen.passed]

    await until(lambda: len(hits()) == len(flashes), SETTLES)
    return Flashes(
        length=length,
        count=len(flashes),
        seen=len(hits()),
        by_mistake=sum(check == bodies.UNTOUCHED for _, check in seen.passed),
        held=spread([one.held for one in flashes]),
        verdicts=spread([seen.passed[one.lab, one.check] - one.on_at for one in hits()]),
    )
