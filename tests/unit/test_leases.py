"""What the engine does about nodes without asking the API server: who is next, who is told, what is idle."""

import asyncio
from typing import Any, cast

import pytest

from builders import lab
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.parse import parse
from tutoriallab.lab.state import Condition, Status
from tutoriallab.leases import Leases, Wait, ended
from tutoriallab.observe.observer import Observer
from tutoriallab.run import LabRun
from tutoriallab.settings import Settings


class World:
    """Labs that want a node; the first has it."""

    def __init__(self, *names: str, idle: float = 3600.0) -> None:
        self.runs = {f"default/{name}": run(name, at) for at, name in enumerate(names)}
        self.kicked: list[str] = []
        settings = Settings(lease_idle=idle)
        # Nothing here speaks to the API server: what would do so fails loudly.
        nobody = cast("Session", None), settings, cast("Observer", None)
        self.leases = Leases(*nobody, self.runs, lambda one: self.kicked.append(one.key.name))
        self.leases.known({self.runs[f"default/{names[0]}"].key})

    async def wait(self, name: str) -> Wait | None:
        return await self.leases.wait(self.runs[f"default/{name}"])


def run(name: str, at: int, **status: Any) -> LabRun:
    body = lab(name, nodes=[{"name": "node1"}])
    body["metadata"]["creationTimestamp"] = "2026-01-01T00:00:00Z"
    told = Status(workspace=name, started_at=f"2026-01-01T00:00:00.{at:03}Z", **status)
    return LabRun(LabKey("default", name, f"uid-of-{name}"), body, told, parse(body))


async def test_the_lab_that_has_the_nodes_waits_for_nobody() -> None:
    assert await World("a", "b").wait("a") is None


async def test_others_are_told_who_has_the_nodes_and_their_place() -> None:
    world = World("a", "b", "c", "d")
    for name in ("d", "b", "c"):
        await world.wait(name)
    waiting = await world.wait("d")
    assert waiting is not None
    assert waiting.reason == "NodesTaken"
    assert str(waiting.message).startswith("Nodes are leased by lab default/a; 2 labs are before this one")


async def test_when_one_waits_no_more_the_others_look_again() -> None:
    world = World("a", "b", "c")
    await world.wait("b")
    await world.wait("c")
    world.leases.leave(world.runs["default/b"])
    assert world.kicked == ["c"]
    waiting = await world.wait("c")
    assert waiting is not None
    assert "this lab is next" in str(waiting.message)


async def test_a_lab_that_does_not_wait_moves_nobody() -> None:
    world = World("a", "b")
    await world.wait("b")
    world.leases.leave(world.runs["default/a"])
    assert world.kicked == []


async def test_a_lab_in_which_nothing_happens_is_expired_and_looked_at() -> None:
    world = World("a", idle=0.2)
    await asyncio.sleep(0.7)
    assert world.kicked == ["a"]
    assert world.leases.expired(world.runs["default/a"])
    await world.leases.close()


async def test_who_changes_the_lab_is_not_idle() -> None:
    world = World("a", idle=0.4)
    for _ in range(8):
        world.leases.touched(world.runs["default/a"])
        await asyncio.sleep(0.1)
    assert world.kicked == []
    await world.leases.close()


@pytest.mark.parametrize(("reason", "over"), [("LeaseIdle", True), ("Applied", False), ("Reset", False)])
async def test_an_ended_lease_stays_ended_until_a_reset(reason: str, over: bool) -> None:
    condition = Condition(type="Provisioned", status="False", reason=reason, last_transition_time="")
    one = run("a", 0, conditions=[condition])
    assert ended(one) is over


async def test_a_lab_whose_lease_ended_is_told_how_to_go_on() -> None:
    world = World("a", "b")
    condition = Condition(type="Provisioned", status="False", reason="LeaseIdle", last_transition_time="")
    world.runs["default/b"].record(conditions=[condition])
    waiting = await world.wait("b")
    assert waiting
    assert waiting.reason == "LeaseIdle"
    assert str(waiting.message) == (
        "Nothing was changed in this lab for 60 min, so its nodes were given back. "
        "Start it over: kubectl lab reset b -n default"
    )


async def test_plain_labs_have_nothing_to_do_with_nodes() -> None:
    world = World("a")
    plain = LabRun(LabKey("default", "p", "u"), lab("p"))
    assert not world.leases.concerns(plain)
    await world.leases.end(plain)
