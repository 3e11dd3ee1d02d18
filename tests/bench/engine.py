"""Bench E: the whole engine, without an API server, on a recorded watch stream; how many events a second on one core.

A process of its own (`python -m bench.engine EVENTS OUTPUT`) adopts a thousand labs of ten checks that are open
already, then takes the stream from replay_server.py, grades, and writes every status there. Every relevant event
changes a message, hence a status. `run` starts both processes, each on a core of its own, and reads what came of it.
"""

import asyncio
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench import bodies
from bench.machine import footprint
from bench.patience import until
from tutoriallab.kube.session import Session
from tutoriallab.reconcile import Engine
from tutoriallab.settings import Settings

LABS = 1_000
CHECKS = 10
RELEVANT_ONE_IN = 40
#: The Pod of the recording.
POD = "web-648d57784b-6pk7f"
#: Seconds for the whole stream.
PATIENCE = 300.0
#: Seconds without a relevant event after which the stream counts as taken.
STANDS_STILL = 10.0


@dataclass(frozen=True)
class EngineFigures:
    """What was measured; times in seconds, memory in MiB."""

    events: int
    relevant: int
    lost: int
    evaluations: int
    statuses_written: int
    events_posted: int
    seconds_graded: float
    seconds_written: float
    cpu_seconds: float
    events_per_second: int
    events_per_cpu_second: int
    resident: float


def run(events: int) -> EngineFigures:
    """Measure in processes of their own; raises CalledProcessError when the engine's failed."""
    with tempfile.TemporaryDirectory(prefix="bench-e-") as made, _server(events, Path(made)) as kubeconfig:
        output = Path(made, "engine.json")
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        environment["KUBECONFIG"] = str(kubeconfig)
        command = [sys.executable, "-m", "bench.engine", str(events), str(output)]
        subprocess.run(command, env=environment, check=True, timeout=PATIENCE + 60)
        return EngineFigures(**json.loads(output.read_text(encoding="utf-8")))


def on_core(number: int) -> None:
    """Keep this process to one core, counted from the first that it may use; all of them share if there is one."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[number % len(cores)]})


@contextmanager
def _server(events: int, folder: Path) -> Iterator[Path]:
    port_file = folder / "port"
    script = Path(__file__).with_name("replay_server.py")
    command = [sys.executable, str(script), str(events), str(LABS), str(port_file), "hold"]
    with subprocess.Popen(command) as server:
        try:
            while not port_file.exists():
                if server.poll() is not None:
                    raise RuntimeError("the replay server failed: see above")
                time.sleep(0.02)
            yield _kubeconfig(folder, port_file.read_text(encoding="ascii"))
        finally:
            server.terminate()


def _kubeconfig(folder: Path, port: str) -> Path:
    path = folder / "kubeconfig"
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "replay", "cluster": {"server": f"http://127.0.0.1:{port}"}}],
        "users": [{"name": "nobody", "user": {}}],
        "contexts": [{"name": "replay", "context": {"cluster": "replay", "user": "nobody"}}],
        "current-context": "replay",
    }
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


def open_lab(number: int) -> dict[str, Any]:
    """A lab whose step is open, as an operator that starts again finds it."""
    name = f"lab-{number}"
    body = bodies.on_workloads(name, POD)
    checks = body["spec"]["steps"][0]["checks"]
    # Another message for every change of the Pod.
    checks[4]["expect"] = ["one.all(pod, pod.metadata.annotations.number == 'never')"]
    body["metadata"] |= {"uid": f"uid-of-{name}", "generation": 1}
    body["status"] = {
        "observedGeneration": 1,
        "startedAt": "2026-01-01T00:00:00.000Z",
        "phase": "Active",
        "workspace": name,
        "workspaceUid": f"uid-of-workspace-{name}",
        "provisioned": True,
        "step": "first",
        "steps": [{"name": "first", "state": "Open", "provisioned": True}],
    }
    return body


async def measure(events: int) -> EngineFigures:
    """Take the whole stream once."""
    relevant = events // RELEVANT_ONE_IN
    async with await Session.from_environment() as session:
        engine = Engine(session, Settings())
        for number in range(LABS):
            engine.lab_changed(open_lab(number))
        await _written(session)
        if engine.counters.evaluations < LABS * CHECKS:
            raise RuntimeError(
                "not all labs are graded before the stream: see the log, and replay_server.py's kinds"
            )
        gc.collect()
        before = await _sink(session)
        judged, began, cpu = engine.counters.evaluations, time.monotonic(), time.process_time()
        await session.request("GET", "/go")
        await until(_Flow(engine, relevant).ended, PATIENCE, 0.005)
        graded, cpu = time.monotonic() - began, time.process_time() - cpu
        after = await _written(session)
        written = after.last.get("PATCH", began) - began
        figures = EngineFigures(
            events=events,
            relevant=relevant,
            lost=relevant - engine.counters.changes,
            evaluations=engine.counters.evaluations - judged,
            statuses_written=after.count("PATCH") - before.count("PATCH"),
            events_posted=after.count("POST") - before.count("POST"),
            seconds_graded=round(graded, 3),
            seconds_written=round(written, 3),
            cpu_seconds=round(cpu, 3),
            events_per_second=round(events / max(graded, written)),
            events_per_cpu_second=round(events / cpu),
            resident=footprint(os.getpid()).resident,
        )
        await engine.close()
    return figures


@dataclass
class _Flow:
    """Whether relevant events still come in; what is missing ten seconds after the last one is lost."""

    engine: Engine
    wanted: int
    changes: int = 0
    last: float = field(default_factory=time.perf_counter)

    def ended(self) -> bool:
        if self.engine.counters.changes != self.changes:
            self.changes, self.last = self.engine.counters.changes, time.perf_counter()
        return self.changes >= self.wanted or time.perf_counter() - self.last > STANDS_STILL


@dataclass(frozen=True)
class _Sink:
    """What the engine has written: how much by verb, and when the last of it came (time.monotonic)."""

    counts: dict[str, int]
    last: dict[str, float]

    def count(self, verb: str) -> int:
        return self.counts.get(verb, 0)


async def _sink(session: Session) -> _Sink:
    return _Sink(**await session.request("GET", "/sink"))


async def _written(session: Session) -> _Sink:
    """Wait until nothing more is written; how much was."""
    before: _Sink | None = None
    while (now := await _sink(session)) != before or not now.counts:
        before = now
        await asyncio.sleep(0.5)
    return now


def main() -> None:
    """Measure and write the figures."""
    on_core(0)
    found = asyncio.run(measure(int(sys.argv[1])))
    Path(sys.argv[2]).write_text(json.dumps(asdict(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
