"""Bench G: what comes between the operator and the API server, and how soon and how rightly it grades afterwards.

Some dozens of labs are under load all the time, by a writer that goes to the API server directly; the operator goes
through a proxy. In every disturbance each lab's Pod also has a label for a fifth of a second, which a check with
`when: Ever` waits for: a watch that goes on where it left off brings that, a list after a 410 cannot.
"""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from yarl import URL

from bench import bodies
from bench.disturbances import DISTURBANCES, Site
from bench.flipper import Flipper, label
from bench.ground import Ground
from bench.lab_watch import LabWatch
from bench.machine import load
from bench.patience import until
from bench.prepare import Say, Target, create, until_active
from bench.proxy import Proxy
from bench.restart_step import restart_steps
from bench.spread import Spread, spread
from bench.timeline import waits
from bench.turns import Turns
from operator_process import OperatorProcess
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE

#: Seconds under load before a disturbance begins, and after it is over.
BEFORE, AFTER = 2.0, 5.0
#: Seconds after the last write within which all verdicts must be right. A watch gone silent is given up after 90 s.
SETTLES = 150.0
#: Seconds for which a label is there that a check waits for, and in which those of all labs come.
FLASH, FLASHES_IN = 0.2, 1.0


@dataclass(frozen=True)
class Size:
    """How many labs, relevant writes a second, and how often each disturbance comes, in their order."""

    labs: int
    rate: int
    times: tuple[int, ...]


FULL = Size(labs=30, rate=10, times=(3, 10, 3, 3, 3, 1))
QUICK = Size(labs=10, rate=5, times=(1, 1, 1, 1, 1, 0))


@dataclass(frozen=True)
class Disturbance:
    """What was measured of one kind.

    `right_again`: from its end, or from a later change, until the verdict was right; `missed`: where it never was;
    `wrong`: verdicts that, once all was settled, contradicted their object; `flashes`: labels that were there for a
    moment, and how many were seen.
    """

    name: str
    times: int
    lasted: float
    right_again: Spread
    missed: int
    wrong: int
    flashes: int
    flashes_seen: int


@dataclass(frozen=True)
class Interruptions:
    """What was measured; `tracebacks` and `ended` are the operator's."""

    size: Size
    disturbances: list[Disturbance]
    writes: int
    writes_repeated: int
    tracebacks: int
    ended: bool
    load_average: float


@dataclass(frozen=True)
class _Once:
    """One disturbance."""

    lasted: float
    waits: list[float | None]
    wrong: list[str]
    flashes_seen: int


@dataclass(frozen=True)
class _Bench:
    site: Site
    names: list[str]
    labs: LabWatch
    turns: Turns
    flipper: Flipper

    async def once(self, name: str) -> _Once:
        """Start over, disturb under load, wait until all is right, and see whether it is."""
        session = self.site.session
        await restart_steps(session, self.names)
        self.flipper.start()
        await asyncio.sleep(BEFORE)
        flashing, start = asyncio.create_task(self._flash()), time.monotonic()
        end = await DISTURBANCES[name](self.site)
        await asyncio.sleep(AFTER)
        await flashing
        await self.flipper.stop()
        await until(lambda: not self._behind(), SETTLES)
        found = [
            wait
            for number, target in enumerate(self.flipper.targets)
            for wait in waits(start, end, end + AFTER, self.flipper.changes[number], self._shown(target))
        ]
        seen = sum(self.labs.verdicts.get((lab, bodies.FLASH)) == "Passed" for lab in self.names)
        return _Once(end - start, found, await self._wrong(), seen)

    async def _flash(self) -> None:
        async def one(lab: str, after: float) -> None:
            await asyncio.sleep(after)
            path = bodies.path(bodies.pod("web", lab))
            await label(self.site.session, path, {"flash": "yes"})
            await asyncio.sleep(FLASH)
            await label(self.site.session, path, {"flash": "no"})

        pause = FLASHES_IN / len(self.names)
        await asyncio.gather(*(one(lab, number * pause) for number, lab in enumerate(self.names)))

    def _shown(self, target: Target) -> list[tuple[float, bool]]:
        turns = self.turns.seen.get((target.lab, target.check), ())
        return [(at, verdict == "Passed") for verdict, at in turns]

    def _behind(self) -> bool:
        return any(
            (self.labs.verdicts.get((one.lab, one.check)) == "Passed") != self.flipper.is_on(number)
            for number, one in enumerate(self.flipper.targets)
        )

    async def _wrong(self) -> list[str]:
        """Verdicts that contradict their objects, both as the API server has them now."""
        session, shown, wrong = self.site.session, dict[tuple[str, str], str](), []
        for lab in (await session.request("GET", RESOURCE.path("default")))["items"]:
            for check in lab["status"]["steps"][0].get("checks", ()):
                shown[lab["metadata"]["name"], check["name"]] = check["verdict"]
        for one in self.flipper.targets:
            labels = (await session.request("GET", one.path))["metadata"]["labels"]
            wanted = "Passed" if labels["on"] == "yes" else "Failing"
            if shown.get((one.lab, one.check)) != wanted:
                wrong.append(f"{one.lab}/{one.check} is {shown.get((one.lab, one.check))}, wanted {wanted}")
        return wrong


async def measure(ground: Ground, size: Size, say: Say) -> Interruptions:
    """All disturbances, one kind after the other."""
    names = [f"cut-{number:03}" for number in range(size.labs)]
    async with (
        await Session.from_kubeconfig(str(ground.kubeconfig)) as session,
        Proxy(URL(session.credentials.host).port or 443) as proxy,
        _behind(ground, proxy) as behind,
    ):
        turns = Turns()
        async with LabWatch(session, turns) as labs:
            targets = await _prepare(session, labs, names, say)
            flipper = Flipper(session, targets, size.rate)
            bench = _Bench(Site(behind, proxy, session), names, labs, turns, flipper)
            found = []
            for name, times in zip(DISTURBANCES, size.times, strict=True):
                if times:
                    say(f"  {name}, {times} times …")
                    found.append(_summary(name, size, [await bench.once(name) for _ in range(times)], say))
        process = behind.operator.process
        return Interruptions(
            size=size,
            disturbances=found,
            writes=sum(map(len, flipper.changes)),
            writes_repeated=flipper.failures,
            tracebacks=behind.operator.log.count("Traceback"),
            ended=process is None or process.poll() is not None,
            load_average=load(),
        )


def _summary(name: str, size: Size, all_of_it: list[_Once], say: Say) -> Disturbance:
    for once in all_of_it:
        for wrong in once.wrong:
            say(f"  [red]wrong[/red] after {name}: {wrong}")
    waits_of_all = [wait for once in all_of_it for wait in once.waits]
    return Disturbance(
        name=name,
        times=len(all_of_it),
        lasted=round(sum(once.lasted for once in all_of_it) / len(all_of_it), 2),
        right_again=spread([wait for wait in waits_of_all if wait is not None]),
        missed=waits_of_all.count(None),
        wrong=sum(len(once.wrong) for once in all_of_it),
        flashes=size.labs * len(all_of_it),
        flashes_seen=sum(once.flashes_seen for once in all_of_it),
    )


@asynccontextmanager
async def _behind(ground: Ground, proxy: Proxy) -> AsyncIterator[Ground]:
    """The same cluster with an operator that goes through the proxy."""
    ground.operator.stop()
    config = json.loads(ground.operator.kubeconfig.read_text(encoding="utf-8"))
    config["clusters"][0]["cluster"]["server"] = f"https://127.0.0.1:{proxy.port}"
    kubeconfig = ground.folder / "behind.kubeconfig"
    kubeconfig.write_text(json.dumps(config), encoding="utf-8")
    operator = OperatorProcess(kubeconfig, ground.folder, ground.operator.environment)
    # In a thread: what it waits for passes through the proxy, which is served here.
    await asyncio.to_thread(operator.start)
    try:
        yield replace(ground, operator=operator)
    finally:
        await asyncio.to_thread(operator.stop)


async def _prepare(session: Session, labs: LabWatch, names: list[str], say: Say) -> list[Target]:
    """The labs with their objects; what can be flipped, mixed."""
    await asyncio.gather(
        create(session, [bodies.on_all_kinds(name) for name in names]), until_active(labs, len(names), say)
    )
    makes = {"pod-on": bodies.pod, "deployment-on": bodies.deployment, "config-on": bodies.config}
    await create(session, [make("web", name) for name in names for make in makes.values()])
    targets = [
        Target(name, check, bodies.path(make("web", name))) for name in names for check, make in makes.items()
    ]
    random.Random(1).shuffle(targets)  # noqa: S311
    return targets
