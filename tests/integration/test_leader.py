"""Several operators and one Lease, on a real API server: one works, and another takes over when it dies."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from builders import check, lab, step
from operator_process import OperatorProcess, eventually
from running_cluster import RunningCluster
from samples import deployment, plain
from tutoriallab.cluster.ports import choose
from tutoriallab.kube.errors import NotFound
from tutoriallab.kube.session import Session
from tutoriallab.leader import LEASE, Leadership, Pace
from world import World

pytestmark = pytest.mark.integration
QUICK = Pace(lasts=2, renews_every=0.2, gives_up_after=1.0, looks_every=0.2)


@pytest.fixture
async def session(cluster: RunningCluster) -> AsyncIterator[Session]:
    async with await Session.from_kubeconfig(str(cluster.kubeconfig)) as made:
        yield made


async def test_one_has_it_and_the_other_gets_it_when_it_is_not_renewed(session: Session) -> None:
    one, two = (Leadership(session, "default/choice", name, QUICK) for name in ("one", "two"))
    await asyncio.wait_for(one.acquire(), 5)
    keeping = asyncio.create_task(one.keep())
    taking = asyncio.create_task(two.acquire())
    await asyncio.sleep(3 * QUICK.lasts / 2)
    assert not taking.done()
    lease = await session.request("GET", LEASE.path("default", "choice"))
    assert (lease["spec"]["holderIdentity"], lease["spec"]["leaseTransitions"]) == ("one", 0)
    keeping.cancel()
    began = time.monotonic()
    await asyncio.wait_for(taking, 10)
    assert time.monotonic() - began < QUICK.lasts + 4 * QUICK.looks_every
    lease = await session.request("GET", LEASE.path("default", "choice"))
    assert (lease["spec"]["holderIdentity"], lease["spec"]["leaseTransitions"]) == ("two", 1)
    await asyncio.wait_for(one.keep(), 5)


async def test_one_that_hands_it_over_is_followed_at_once(session: Session) -> None:
    one, two = (
        Leadership(session, "default/handed", name, replace(QUICK, lasts=60)) for name in ("one", "two")
    )
    await asyncio.wait_for(one.acquire(), 5)
    taking = asyncio.create_task(two.acquire())
    await asyncio.sleep(0.5)
    assert not taking.done()
    await one.release()
    await asyncio.wait_for(taking, 2)


async def test_one_that_cannot_renew_stops_before_another_may_begin(
    session: Session, cluster: RunningCluster
) -> None:
    async with await Session.from_kubeconfig(str(cluster.kubeconfig)) as cut_off:
        one = Leadership(cut_off, "default/cut", "one", QUICK)
        two = Leadership(session, "default/cut", "two", QUICK)
        await asyncio.wait_for(one.acquire(), 5)
        taking = asyncio.create_task(two.acquire())
        keeping = asyncio.create_task(one.keep())
        await asyncio.sleep(0.5)
        cut_off.credentials.host = "https://127.0.0.1:1"
        await asyncio.wait_for(keeping, 5)
        assert not taking.done()
        await asyncio.wait_for(taking, 5)


async def test_a_lease_that_somebody_deletes_or_empties_is_taken_again(session: Session) -> None:
    one = Leadership(session, "default/deleted", "one", QUICK)
    await asyncio.wait_for(one.acquire(), 5)
    path = LEASE.path("default", "deleted")
    await session.request("DELETE", path)
    with pytest.raises(NotFound):
        await session.request("GET", path)
    two = Leadership(session, "default/deleted", "two", QUICK)
    await asyncio.wait_for(two.acquire(), 5)
    await session.request("PATCH", path, body={"spec": None}, content_type="application/merge-patch+json")
    await asyncio.wait_for(one.acquire(), 5)


def operators(world: World, folder: Path) -> Iterator[tuple[OperatorProcess, int]]:
    for name, port in zip(("one", "two"), choose(2, set()), strict=True):
        place = folder / name
        place.mkdir()
        settings = {
            "TUTORIALLAB_LEADER_LEASE": "tutoriallab-system/tutoriallab-operator",
            "TUTORIALLAB_LEADER_IDENTITY": name,
            "TUTORIALLAB_SERVE": f"127.0.0.1:{port}",
        }
        yield OperatorProcess(world.operator.kubeconfig, place, settings), port


@pytest.fixture
def pair(world: World, tmp_path: Path) -> Iterator[list[tuple[OperatorProcess, int]]]:
    """In place of the world's operator two that choose: the first works, the second stands by."""
    world.operator.stop()
    made = list(operators(world, tmp_path))
    try:
        made[0][0].start()
        made[1][0].launch()
        yield made
    finally:
        for operator, _ in made:
            operator.kill()
        world.kubectl("-n", "tutoriallab-system", "delete", "lease", "tutoriallab-operator")


async def told(port: int, path: str) -> tuple[int, str]:
    """Status and text of an answer; 0 while nothing is served."""
    try:
        async with (
            aiohttp.ClientSession() as client,
            client.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            return answer.status, await answer.text()
    except aiohttp.ClientError:
        return 0, ""


def ask(port: int, path: str) -> tuple[int, str]:
    return asyncio.run(told(port, path))


def test_when_the_leader_is_killed_the_other_grades(
    world: World, pair: list[tuple[OperatorProcess, int]]
) -> None:
    (leader, leading), (other, standing) = pair
    eventually(lambda: ask(leading, "/readyz")[0] == 200, "the leader is ready", lambda: leader.log)
    eventually(
        lambda: ask(standing, "/readyz")[0] == 200, "the other is ready to take over", lambda: other.log
    )
    assert "tutoriallab_leading 1.0" in ask(leading, "/metrics")[1]
    assert "tutoriallab_leading 0.0" in ask(standing, "/metrics")[1]
    scaled = check("scaled", expect=["web.spec.replicas == 3"])
    world.apply(plain(lab("handed", step("first", scaled), provision=[deployment("web")])))
    world.until_phase("handed", "Active")
    assert 'tutoriallab_labs{phase="Active"}' in ask(leading, "/metrics")[1]
    leader.kill()
    began = time.monotonic()
    world.kubectl("-n", "handed", "scale", "deployment", "web", "--replicas=3")
    world.until_phase("handed", "Completed")
    # Ten seconds on a machine that has nothing else to do.
    assert time.monotonic() - began < 20
    eventually(
        lambda: passed_events(world, "handed") == 1, "told once", lambda: world.kubectl("get", "events")
    )
    assert ask(standing, "/readyz") == (200, "ok\n")
    assert "tutoriallab_verdict_seconds_count" in ask(standing, "/metrics")[1]
    leader.launch()
    eventually(lambda: "stands by: two works" in leader.log, "it stands by", lambda: leader.log)
    other.stop()
    world.delete_lab("handed")


def passed_events(world: World, name: str) -> int:
    events = world.kubectl(
        "get",
        "events",
        "-o",
        "jsonpath={.items[*].reason}",
        "--field-selector",
        f"involvedObject.name={name}",
    ).split()
    return events.count("CheckPassed")


def test_a_leader_that_loses_its_lease_stands_by_and_works_again(
    world: World, pair: list[tuple[OperatorProcess, int]]
) -> None:
    (leader, leading), (other, standing) = pair
    other.kill()
    lease = ["-n", "tutoriallab-system", "patch", "lease", "tutoriallab-operator", "--type=merge", "-p"]
    world.kubectl(*lease, '{"spec":{"holderIdentity":"stranger","leaseDurationSeconds":3}}')
    eventually(
        lambda: "tutoriallab_leading 0.0" in ask(leading, "/metrics")[1], "it stops", lambda: leader.log
    )
    eventually(
        lambda: "tutoriallab_leading 1.0" in ask(leading, "/metrics")[1], "it works", lambda: leader.log
    )
    world.apply(plain(lab("again", step("first", check()), provision=[deployment("web")])))
    world.until_phase("again", "Active")
    world.delete_lab("again")
    assert "Traceback" not in leader.log
    assert standing
