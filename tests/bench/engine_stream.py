"""Bench E, the observer's half: how many events a second Session, Reflector and Observer take on one core.

`python tests/bench/engine_stream.py [--events N] [--workspaces N] [--json FILE]` replays a recorded stream from a
process of its own (replay_server.py) to a listener that does nothing but look, and checks that none was lost.
"""

import argparse
import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.observe.observer import Observer
from tutoriallab.observe.selection import LabelSelector, Selection

EVENTS = 200_000
WORKSPACES = 1_000
RELEVANT_ONE_IN = 40


@dataclass(frozen=True)
class Measured:
    """What was measured; times in seconds, memory in MiB."""

    events: int
    relevant: int
    seen: int
    lost: int
    out_of_order: int
    seconds: float
    cpu_seconds: float
    events_per_second: float
    events_per_cpu_second: float
    resident_mib: float


class Counting:
    """A listener that counts, and reads nothing but the header of what changed."""

    def __init__(self, wanted: int, workspaces: int) -> None:
        self.seen = 0
        self.out_of_order = 0
        self.began = 0.0
        self.ended = asyncio.Event()
        self._last: dict[str, int] = {}
        self._wanted = wanted
        self._round = RELEVANT_ONE_IN * workspaces
        self.observer: Observer | None = None

    def changed(self, lab: str, selections: Sequence[Selection]) -> None:
        """One relevant event; its resourceVersion must be one round after the last one's."""
        self.seen += 1
        assert self.observer is not None
        (pod,) = self.observer.select(selections[0])
        if pod.revision != self._last.get(lab, pod.revision - self._round) + self._round:
            self.out_of_order += 1
        self._last[lab] = pod.revision
        if self.seen >= self._wanted:
            self.ended.set()

    def synced(self, lab: str) -> None:
        """Time runs from here: the watch follows."""
        self.began = self.began or time.perf_counter()


@contextmanager
def replay_server(events: int, workspaces: int) -> Iterator[str]:
    """A server process; yields the path of a kubeconfig for it."""
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder, "port")
        script = Path(__file__).with_name("replay_server.py")
        command = [sys.executable, str(script), str(events), str(workspaces), str(port_file)]
        with subprocess.Popen(command) as server:
            try:
                while not port_file.exists() and server.poll() is None:
                    time.sleep(0.05)
                yield str(_kubeconfig(Path(folder), port_file.read_text(encoding="ascii")))
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


async def measure(kubeconfig: str, events: int, workspaces: int) -> Measured:
    """Take the whole stream once."""
    relevant = events // RELEVANT_ONE_IN
    listener = Counting(relevant, workspaces)
    async with await Session.from_kubeconfig(kubeconfig) as session:
        observer = listener.observer = Observer(session, Resources(session), listener)
        web = LabelSelector(match_labels=(("app", "web"),))
        for number in range(workspaces):
            observer.adopt(f"lab-{number}")
            observer.subscribe(f"lab-{number}", [Selection("v1", "Pod", f"lab-{number}", selector=web)])
        gc.freeze()
        cpu = time.process_time()
        async with asyncio.timeout(300):
            await listener.ended.wait()
        took, cpu = time.perf_counter() - listener.began, time.process_time() - cpu
        await observer.close()
    return Measured(
        events=events,
        relevant=relevant,
        seen=listener.seen,
        lost=relevant - listener.seen,
        out_of_order=listener.out_of_order,
        seconds=round(took, 3),
        cpu_seconds=round(cpu, 3),
        events_per_second=round(events / took),
        events_per_cpu_second=round(events / cpu),
        resident_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--workspaces", type=int, default=WORKSPACES)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with replay_server(given.events, given.workspaces) as kubeconfig:
        measured = asyncio.run(measure(kubeconfig, given.events, given.workspaces))
    print(
        f"E (observer): {measured.events_per_second:,} events/s, {measured.events_per_cpu_second:,} per second of CPU; "
        f"{measured.seen:,} of {measured.relevant:,} relevant events seen, {measured.lost} lost, {measured.out_of_order} out of order; "
        f"{measured.resident_mib} MiB; {os.cpu_count()} cores"
    )
    if given.json:
        given.json.write_text(json.dumps(asdict(measured), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
