"""What full records of labs take, in a process of its own: `python -m bench.page_records LABS PODS`; bench J.

A record is full when its oldest changes are folded into its base: it takes no more from then on, whatever happens.
"""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench import bodies
from bench.bodies import Json
from bench.machine import footprint
from tutoriallab.status.seen import read
from tutoriallab.web.item import Item, item
from tutoriallab.web.lab_view import lab_view
from tutoriallab.web.record import Bounds, Record

POD = Path(__file__).with_name("pod.json")
#: Pods that are different in one change: a burst of which the page gets the outcome.
BURST = 10


@dataclass(frozen=True)
class FullRecords:
    """Of so many labs: changes and bytes of all records, and the resident memory without and with them (MiB)."""

    labs: int
    changes: int
    bytes: int
    before: float
    resident: float

    @property
    def each(self) -> float:
        """Resident memory of one of them in MiB."""
        return round((self.resident - self.before) / self.labs, 2)


async def fill(labs: int, pods: int) -> FullRecords:
    """Fill the records of so many labs in a process of their own; raises RuntimeError when it fails."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.page_records", str(labs), str(pods)),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await child.communicate()
    if child.returncode != 0:
        raise RuntimeError("the records could not be filled: see above")
    return msgspec.json.decode(told, type=FullRecords)


def filled(lab: int, pods: int, bounds: Bounds | None = None) -> Record:
    """A record that is full, of a lab with so many pods."""
    bodies_of_pods = [_pod(lab, number) for number in range(pods)]
    name = f"bench-{lab:04}"
    view = lab_view(read(_lab(name)))
    record = Record(0, 0, view, map(_marked, bodies_of_pods), bounds)
    moment = 0
    while record.began == 0:
        moment += 1
        burst = [bodies_of_pods[(moment * BURST + one) % pods] for one in range(BURST)]
        for body in burst:
            body["metadata"]["labels"]["turn"] = str(moment)
        record.note(moment, view, [_marked(body) for body in burst])
    return record


def _lab(name: str) -> Json:
    made = bodies.on_workloads(name)
    made["metadata"] |= {"uid": name, "generation": 1}
    return made


def _pod(lab: int, number: int) -> Json:
    pod: Json = json.loads(POD.read_text(encoding="utf-8"))
    pod["metadata"] |= {"name": f"web-{number:03}", "uid": f"9d69a735-7923-4f3d-{lab:04}-{number:012}"}
    return pod


def _marked(body: Json) -> Item:
    """As the recorder notes it."""
    return {**item(body), "selectedBy": ["pods-count"], "namedBy": []}


def main() -> None:
    """Fill the records, and say what they take."""
    labs, pods = int(sys.argv[1]), int(sys.argv[2])
    # What is loaded and compiled at the first of them is none of theirs.
    filled(0, BURST, Bounds(changes=1))
    before = footprint(os.getpid()).resident
    records = [filled(lab, pods) for lab in range(1, labs + 1)]
    resident = footprint(os.getpid()).resident
    changes, size = sum(map(len, records)), sum(one.size for one in records)
    print(msgspec.json.encode(FullRecords(labs, changes, size, before, resident)).decode())


if __name__ == "__main__":
    main()
