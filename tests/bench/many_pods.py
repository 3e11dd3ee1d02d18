"""Bench H: the operator starts on a thousand labs and ten thousand Pods, and every lab has changed meanwhile.

The labs are those of bench D; nine more Pods stand in each workspace of Pods and Deployments, and as many as there
are labs in namespaces that are no workspaces.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bench import bodies
from bench.bodies import Json
from bench.ground import Ground
from bench.idle import quiet
from bench.lab_watch import LabWatch
from bench.machine import Footprint, load
from bench.prepare import ELSEWHERE, Say, Size, create, lab_name, prepare
from bench.restart import Restart, restart
from bench.turns import Turns
from bench.writing import Writing
from tutoriallab.kube.session import Session

FULL = Size(labs=1_000, relevant=0, irrelevant=0, seconds=0, idle=0, only_irrelevant=0)
QUICK = Size(labs=100, relevant=0, irrelevant=0, seconds=0, idle=0, only_irrelevant=0)
#: Pods in a workspace of Pods and Deployments.
PODS = 10


@dataclass(frozen=True)
class ManyPods:
    """What was measured; memory in MiB, `pods` on the whole cluster."""

    labs: int
    pods: int
    before: Footprint
    restart: Restart
    load_average: float


async def measure(ground: Ground, size: Size, say: Say) -> ManyPods:
    """Prepare, stop, change, start."""
    async with await Session.from_kubeconfig(str(ground.kubeconfig)) as session:
        turns = Turns()
        async with LabWatch(session, turns) as labs:
            field = await prepare(session, labs, size, say)
            say(f"  {PODS * size.labs:,} Pods are made …")
            await create(session, _pods(size))
            await quiet(ground)
            before = ground.footprint
            pods = await _count_pods(session)
            say("  the operator is stopped, all labs' objects change, and it is started again …")
            again = await restart(Writing(ground, field, turns), session, labs)
    return ManyPods(size.labs, pods, before, again, load())


def _pods(size: Size) -> Iterator[Json]:
    """One workspace after the other: two Pods of one at once would wait for each other in its quota."""
    for number in range(1, PODS):
        for lab in range(size.with_config, size.labs):
            yield bodies.pod(f"more-{number}", lab_name(lab), app="other")
    for number in range(size.labs):
        yield bodies.pod(f"more-{number}", f"elsewhere-{number % ELSEWHERE}")


async def _count_pods(session: Session) -> int:
    page = await session.request("GET", "/api/v1/pods", query={"limit": 1})
    return len(page["items"]) + int(page["metadata"].get("remainingItemCount") or 0)
