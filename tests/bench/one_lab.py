"""Bench A: one lab with one check; how long after a change its verdict is seen, beside `kubectl wait`.

Every flip is seen by the operator (T2 by a separate watch on the lab) and by a bare watch on the Pod; every second
flip also by a `kubectl wait` for the same change on the same Pod, which listens before the change is made and is
done when its process has ended.
"""

import asyncio
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from bench import bodies
from bench.ground import Ground
from bench.lab_watch import LabWatch
from bench.patience import until
from bench.spread import Spread, spread
from tutoriallab.kube.objects import MERGE_PATCH
from tutoriallab.kube.session import Session
from tutoriallab.observe.lines import LineSplitter

LAB = "bench-a"
#: Seconds between two flips.
PAUSE = 0.01
#: Seconds after which a change that is not seen counts as lost.
PATIENCE = 10.0
#: Seconds for the lab to be prepared.
STARTS = 60.0
#: Seconds that kubectl gets between the answer to its watch and the change: it looks only every 0.1 s whether its
#: first list is in, and would seem to take 80 ms.
LISTENS = 0.25


@dataclass(frozen=True)
class OneLab:
    """T2−T0 by who saw the change; `alone` and `beside` tell the operator's without and with a kubectl."""

    operator: Spread
    operator_alone: Spread
    operator_beside: Spread
    kubectl_wait: Spread
    bare_watch: Spread

    @property
    def times_kubectl(self) -> float:
        """How many times as long as kubectl wait, at p50, on the same changes."""
        return round(self.operator_beside.p50 / max(self.kubectl_wait.p50, 0.01), 2)


@dataclass
class _Seen:
    """When the newest flip was seen, by whom."""

    verdict: "asyncio.Future[float]"
    pod: "asyncio.Future[float]"
    wanted: str
    turn: str


@dataclass
class _Bench:
    ground: Ground
    session: Session
    times: dict[str, list[float]] = field(default_factory=dict)
    seen: _Seen | None = None

    def turned(self, _lab: str, _check: str, verdict: str, at: float) -> None:
        if self.seen and verdict == self.seen.wanted and not self.seen.verdict.done():
            self.seen.verdict.set_result(at)

    async def flip(self, number: int, *, beside: bool) -> None:
        loop = asyncio.get_running_loop()
        on = number % 2 == 0
        turn = str(number)
        self.seen = _Seen(loop.create_future(), loop.create_future(), "Waiting" if on else "Failing", turn)
        waiting = await asyncio.to_thread(self._kubectl_wait, turn) if beside else None
        ended = asyncio.create_task(asyncio.to_thread(_end_of, waiting)) if waiting else None
        labels = {"turn": turn, **(bodies.ON if on else bodies.OFF)}
        path = bodies.path(bodies.pod("web", LAB))
        await self.session.fetch(
            "PATCH", path, body={"metadata": {"labels": labels}}, content_type=MERGE_PATCH
        )
        changed = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            verdict, pod = await asyncio.gather(self.seen.verdict, self.seen.pod)
            self._note("beside" if beside else "alone", verdict - changed)
            self._note("bare", pod - changed)
            if ended:
                self._note("kubectl", await ended - changed)

    def _note(self, name: str, seconds: float) -> None:
        self.times.setdefault(name, []).append(seconds)

    def _kubectl_wait(self, turn: str) -> "subprocess.Popen[str]":
        """Start it, and return once the API server has answered its watch."""
        condition = "jsonpath={.metadata.labels.turn}=" + turn
        command = [str(self.ground.kubectl), "--kubeconfig", str(self.ground.kubeconfig), "wait", "pod/web"]
        command += ["-n", LAB, f"--for={condition}", f"--timeout={PATIENCE:.0f}s", "-v=6"]
        cache = f"--cache-dir={self.ground.folder / 'kubectl-cache'}"
        process = subprocess.Popen(
            [*command, cache], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        while "watch=true" not in (line := process.stderr.readline()):
            if not line:
                raise RuntimeError("kubectl wait ended before it watched")
        time.sleep(LISTENS)
        return process

    async def watch_pod(self, opened: asyncio.Event) -> None:
        lines = LineSplitter()
        query: dict[str, str | bool] = {"watch": True, "fieldSelector": "metadata.name=web"}
        path = bodies.path(bodies.pod("web", LAB), named=False)
        async with self.session.stream(path, query, silence=600) as chunks:
            opened.set()
            async for chunk in chunks:
                at = time.monotonic()
                for line in lines.feed(chunk):
                    turn = msgspec.json.decode(line)["object"]["metadata"]["labels"].get("turn")
                    if self.seen and turn == self.seen.turn and not self.seen.pod.done():
                        self.seen.pod.set_result(at)


def _end_of(process: "subprocess.Popen[str]") -> float:
    code = process.wait()
    at = time.monotonic()
    assert process.stderr is not None
    process.stderr.close()
    if code != 0:
        raise RuntimeError(f"kubectl wait ended with {code}")
    return at


async def measure(ground: Ground, flips: int) -> OneLab:
    """Flip so many times; raises TimeoutError when a change is not seen."""
    async with await Session.from_kubeconfig(str(ground.kubeconfig)) as session:
        bench = _Bench(ground, session)
        async with LabWatch(session, bench.turned) as labs:
            await _prepare(session, labs)
            opened = asyncio.Event()
            following = asyncio.create_task(bench.watch_pod(opened))
            await opened.wait()
            for number in range(flips):
                await bench.flip(number, beside=number % 4 >= 2)
                await asyncio.sleep(PAUSE)
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following
        await session.request("DELETE", bodies.path(bodies.one_check(LAB)))
    return _result(bench.times)


async def _prepare(session: Session, labs: LabWatch) -> None:
    body = bodies.one_check(LAB)
    await session.request("POST", bodies.path(body, named=False), body=body)
    if not await until(lambda: labs.phases.get(LAB) == "Active", STARTS):
        raise TimeoutError(f"lab {LAB} was not prepared within {STARTS:.0f} s")
    pod = bodies.pod("web", LAB)
    await session.request("POST", bodies.path(pod, named=False), body=pod)
    await asyncio.sleep(1.0)


def _result(times: dict[str, list[float]]) -> OneLab:
    alone, beside = times.get("alone", []), times.get("beside", [])
    return OneLab(
        operator=spread(alone + beside),
        operator_alone=spread(alone),
        operator_beside=spread(beside),
        kubectl_wait=spread(times.get("kubectl", [])),
        bare_watch=spread(times.get("bare", [])),
    )
