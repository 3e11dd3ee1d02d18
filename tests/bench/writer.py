"""Writes at a steady rate, in a process of its own: `python -m bench.writer PLAN OUTPUT`, started by writing.py.

The schedule does not wait for answers, as learners do not wait for each other; what the API server is late with
shows in the latencies of the writes.
"""

import asyncio
import itertools
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.objects import MERGE_PATCH
from tutoriallab.kube.session import Session

#: Writes under way at most; more are held back, and show in `late`.
AT_ONCE = 64


@dataclass(frozen=True)
class Plan:
    """What to write: rates per second, paths of objects, and whether each target is on now."""

    kubeconfig: str
    seconds: float
    relevant: int
    irrelevant: int
    targets: list[str]
    bystanders: list[str]
    on: bool


@dataclass
class Written:
    """Target and time.monotonic of every flip's answer (T0); seconds that each write took.

    `failure` is the first error in the API server's words; `cpu` and `lasted` are seconds of all the writing.
    """

    flips: list[tuple[int, bool, float]] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    failed: int = 0
    failure: str = ""
    late: float = 0.0
    cpu: float = 0.0
    lasted: float = 0.0


class Writer:
    """Flips targets one after the other, and changes bystanders."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self.written = Written()
        self._session = session
        self._plan = plan
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._turns = self._flips()
        self._bystanders = itertools.cycle(enumerate(plan.bystanders))

    async def run(self) -> None:
        """Write for as long as planned."""
        plan, began, cpu = self._plan, time.monotonic(), time.process_time()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._at(plan.relevant, self._flip, tasks))
            tasks.create_task(self._at(plan.irrelevant, self._touch, tasks))
        self.written.lasted = round(time.monotonic() - began, 2)
        self.written.cpu = round(time.process_time() - cpu, 2)

    async def _at(self, rate: int, write: Callable[[], Awaitable[None]], tasks: asyncio.TaskGroup) -> None:
        began = time.monotonic()
        for number in range(round(rate * self._plan.seconds)):
            late = time.monotonic() - (began + number / rate)
            self.written.late = max(self.written.late, late)
            if late < 0:
                await asyncio.sleep(-late)
            await self._slots.acquire()
            tasks.create_task(self._one(write))

    async def _one(self, write: Callable[[], Awaitable[None]]) -> None:
        began = time.monotonic()
        try:
            await write()
        except ApiError as error:
            self.written.failed += 1
            self.written.failure = self.written.failure or str(error)
        finally:
            self.written.took.append(time.monotonic() - began)
            self._slots.release()

    def _flips(self) -> Iterator[tuple[int, bool]]:
        for round_number in itertools.count():
            for number in range(len(self._plan.targets)):
                yield number, self._plan.on == (round_number % 2 == 0)

    async def _flip(self) -> None:
        number, on = next(self._turns)
        await self._label(self._plan.targets[number], {"on": "yes" if on else "no"})
        self.written.flips.append((number, on, time.monotonic()))

    async def _touch(self) -> None:
        number, path = next(self._bystanders)
        await self._label(path, {"note": f"{number}-{time.monotonic_ns()}"})

    async def _label(self, path: str, labels: dict[str, str]) -> None:
        change: Any = {"metadata": {"labels": labels}}
        await self._session.fetch("PATCH", path, body=change, content_type=MERGE_PATCH)


async def work(plan: Plan) -> Written:
    """Carry out a plan."""
    async with await Session.from_kubeconfig(plan.kubeconfig) as session:
        writer = Writer(session, plan)
        await writer.run()
        return writer.written


def main() -> None:
    """Read the plan, carry it out, write what came of it."""
    plan = Plan(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    written = asyncio.run(work(plan))
    Path(sys.argv[2]).write_text(json.dumps(asdict(written)), encoding="utf-8")


if __name__ == "__main__":
    main()
