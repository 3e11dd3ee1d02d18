"""Makes the many labs of benches C, D and H and what stands in their workspaces, and says how far it is."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench import bodies
from bench.bodies import Json
from bench.lab_watch import LabWatch
from tutoriallab.kube.objects import MERGE_PATCH
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE

Say = Callable[[str], None]
#: Requests of the bench under way while it prepares.
AT_ONCE = 16
#: Seconds for all labs to be prepared.
PATIENCE = 1_200.0
#: One workspace in so many has an object that no check selects; as many namespaces are no workspaces.
BYSTANDER_IN = 10
ELSEWHERE = 10


@dataclass(frozen=True)
class Size:
    """How much of everything; rates in writes a second, times in seconds.

    `broken`: half of the checks fail for what the operator diagnoses.
    """

    labs: int
    relevant: int
    irrelevant: int
    seconds: float
    idle: float
    only_irrelevant: float
    broken: bool = False

    @property
    def with_config(self) -> int:
        """Labs on ConfigMaps, whose watches are per workspace; the others are on Pods and Deployments."""
        return self.labs // 10


@dataclass(frozen=True)
class Target:
    """An object that a flip changes, and the check that turns then."""

    lab: str
    check: str
    path: str


@dataclass(frozen=True)
class Field:
    """All that can be written to: relevant targets, and objects that no check selects."""

    targets: list[Target]
    bystanders: list[str]


def lab_name(number: int) -> str:
    """The name of a lab, and of its workspace."""
    return f"bench-{number:04}"


async def prepare(session: Session, labs: LabWatch, size: Size, say: Say) -> Field:
    """Make all labs, wait until they are graded, make their objects; where everything is."""
    names = [lab_name(number) for number in range(size.labs)]
    workloads, configs = names[size.with_config :], names[: size.with_config]
    made = [*map(bodies.on_config, configs), *map(bodies.on_workloads, workloads)]
    if size.broken:
        made = [bodies.on_broken(lab, _KEPT) for lab in made]
    await asyncio.gather(create(session, made), until_active(labs, size.labs, say))
    say("  objects are made in the workspaces …")
    targets = [Target(name, "config-on", bodies.path(bodies.config("web", name))) for name in configs]
    targets += [Target(name, "pod-on", bodies.path(bodies.pod("web", name))) for name in workloads]
    targets += [
        Target(name, "deployment-on", bodies.path(bodies.deployment("web", name))) for name in workloads
    ]
    bystanders = list(_bystanders(workloads, configs))
    await create(session, [_elsewhere(number) for number in range(ELSEWHERE)])
    await create(session, [bodies.config("web", name) for name in configs])
    if size.broken:
        await _create_broken(session, names)
    else:
        await create(
            session, [make("web", name) for name in workloads for make in (bodies.pod, bodies.deployment)]
        )
    await create(session, bystanders)
    await _until_failing(labs, targets, say)
    if size.broken:
        await _require_diagnosed(session, size, say)
    return Field(targets, [bodies.path(one) for one in bystanders])


#: What a lab keeps of its checks where half of them are to be broken: those that turn, and that `_until_failing` needs.
_KEPT = (
    *("pod-on", "pod-label", "deployment-on", "deployment-label", "deployment-image"),
    *("config-on", "key-1", "key-2", "key-3", "key-4"),
)


async def _create_broken(session: Session, names: list[str]) -> None:
    """In each workspace a Pod that no node has room for, and a paused Deployment."""
    pods = [bodies.pod("web", name) for name in names]
    await create(session, [*pods, *(bodies.paused("web", name) for name in names)])
    body = {"status": bodies.UNSCHEDULABLE}
    for pod in pods:
        await session.request("PATCH", f"{bodies.path(pod)}/status", body=body, content_type=MERGE_PATCH)


async def _require_diagnosed(session: Session, size: Size, say: Say) -> None:
    """Each broken check of each lab tells its cause; raises RuntimeError that shows what one says instead."""
    wanted, told = size.labs * len(bodies.BROKEN), 0
    for _ in range(60):
        answer = await session.request("GET", RESOURCE.path("default"))
        checks = [
            check for lab in answer["items"] for step in lab["status"]["steps"] for check in step["checks"]
        ]
        broken = [check for check in checks if check["name"] in bodies.BROKEN]
        others = [one for one in broken if bodies.BROKEN[one["name"]] not in one.get("message", "")]
        told = len(broken) - len(others)
        if told == wanted:
            say(f"  {told:,} of {len(checks):,} checks fail and tell what was diagnosed")
            return
        await asyncio.sleep(1)
    raise RuntimeError(f"only {told} of {wanted} broken checks tell why: {others[:1]}")


def _elsewhere(number: int) -> Json:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": f"elsewhere-{number}"}}


def _bystanders(workloads: list[str], configs: list[str]) -> Iterable[Json]:
    """Half of them in workspaces, half elsewhere; all of kinds that are watched."""
    for name in workloads[::BYSTANDER_IN]:
        yield bodies.pod("bystander", name, app="other")
    for name in configs[::BYSTANDER_IN]:
        yield bodies.config("bystander", name)
    for number in range(ELSEWHERE):
        for one in range(max(1, len(workloads) // BYSTANDER_IN // ELSEWHERE)):
            make = bodies.deployment if one % 4 == 3 else bodies.pod
            yield make(f"bystander-{one}", f"elsewhere-{number}", "web")


async def create(session: Session, objects: Iterable[Json]) -> None:
    """Make objects, some at once, in their order."""
    left = iter(objects)

    async def work() -> None:
        for body in left:
            await session.request("POST", bodies.path(body, named=False), body=body)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def until_active(labs: LabWatch, wanted: int, say: Say) -> None:
    """Wait until so many labs are Active; raises TimeoutError."""
    began = told = time.monotonic()
    while (done := sum(phase == "Active" for phase in labs.phases.values())) < wanted:
        await asyncio.sleep(0.1)
        if time.monotonic() - told > 5:
            told = time.monotonic()
            say(f"  {done:,} of {wanted:,} labs are prepared ({told - began:.0f} s)")
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError(f"only {done} of {wanted} labs were prepared within {PATIENCE:.0f} s")
    say(f"  {wanted:,} labs are prepared ({time.monotonic() - began:.0f} s)")


async def _until_failing(labs: LabWatch, targets: list[Target], say: Say) -> None:
    """Every target is there and seen: the checks beside the flipping one tell it, by passing."""
    beside = {"config-on": "key-1", "pod-on": "pod-label", "deployment-on": "deployment-label"}
    began = time.monotonic()
    while any(labs.verdicts.get((one.lab, beside[one.check])) != "Passed" for one in targets):
        await asyncio.sleep(0.1)
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError("not all labs saw their objects")
    say("  all labs have graded them")
