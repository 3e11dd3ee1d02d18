"""The bounds of the page for many: how long who stays in, for how long an answer about a right is good, and how many."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tutoriallab.kube.errors import Forbidden, ServerUnavailable
from tutoriallab.kube.session import Session
from tutoriallab.web import token_door
from tutoriallab.web.refusal import Refused
from tutoriallab.web.token_door import MOST, TokenDoor
from tutoriallab.web.viewer import Viewer

#: Seconds as docs/page.md and the texts of the door have them.
EIGHT_HOURS, GOOD_FOR, OUTAGE = 8 * 3600.0, 10.0, 60.0
AT_ONCE = 16


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Cluster:
    """An API server that knows who has which token, and in which namespaces they may get labs."""

    names: dict[str, str] = field(default_factory=dict)
    may: dict[str, set[str]] = field(default_factory=dict)
    refuses: int = 0
    """The status of all answers; 0 for right ones."""
    hangs_up: bool = False
    """Whether nothing is answered at all."""
    asked: list[str] = field(default_factory=list)
    """Namespaces, in the order in which it was asked about them."""
    under_way: int = 0
    most_under_way: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    """Answers wait for it."""

    def knows(self, name: str, *namespaces: str) -> str:
        """A token of somebody who may get the labs of these namespaces."""
        token = f"token-of-{name}"
        self.names[token], self.may[token] = name, set(namespaces)
        return token

    def application(self) -> web.Application:
        """Its two reviews."""
        app = web.Application()
        app.router.add_post("/apis/authentication.k8s.io/v1/selfsubjectreviews", self._who)
        app.router.add_post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", self._may)
        return app

    async def _who(self, request: web.Request) -> web.Response:
        token = await self._token(request)
        return self._refused(token) or _created({"userInfo": {"username": self.names[token]}})

    async def _may(self, request: web.Request) -> web.Response:
        wanted = (await request.json())["spec"]["resourceAttributes"]
        assert {**wanted, "namespace": ""} == {
            "namespace": "",
            "verb": "get",
            "group": "tutoriallab.dev",
            "resource": "tutoriallabs",
        }
        self.asked.append(wanted["namespace"])
        token = await self._token(request)
        allowed = wanted["namespace"] in self.may.get(token, ())
        return self._refused(token) or _created({"allowed": allowed})

    async def _token(self, request: web.Request) -> str:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        await self.open.wait()
        self.under_way -= 1
        if self.hangs_up and request.transport:
            request.transport.abort()
        return request.headers["Authorization"].removeprefix("Bearer ")

    def _refused(self, token: str) -> web.Response | None:
        code = self.refuses or (0 if token in self.names else 401)
        if not code:
            return None
        status = {"kind": "Status", "code": code, "reason": "Any", "message": "no"}
        return web.json_response(status, status=code)


def _created(status: dict[str, Any]) -> web.Response:
    return web.json_response({"status": status}, status=201)


@dataclass
class World:
    """A door before this cluster, at this time."""

    cluster: Cluster
    clock: Clock
    door: TokenDoor

    async def let_in(self, name: str, *namespaces: str) -> Viewer:
        """Somebody comes in."""
        viewer = await self.door.viewer(
            await self.door.enter({"token": self.cluster.knows(name, *namespaces)})
        )
        assert viewer is not None
        return viewer

    async def is_in(self, viewer: Viewer) -> bool:
        """Whether their cookie is good, by all that asks for it."""
        known = await self.door.viewer(viewer.pass_) is not None
        try:
            await (await self.door.session(viewer)).close()
        except Refused as refused:
            assert (refused.status, refused.mode, known) == (401, "token", False)
            return False
        assert known
        return True


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    cluster, clock = Cluster(), Clock()
    cluster.open.set()
    # Tokens may be longer than the headers that aiohttp takes by default.
    runner = web.AppRunner(cluster.application(), max_field_size=32 * 1024)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        named = {"name": "x", "cluster": {"server": f"http://127.0.0.1:{runner.addresses[0][1]}"}}
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [named],
            "users": [{"name": "x", "user": {"token": "the-operators-own"}}],
            "contexts": [{"name": "x", "context": {"cluster": "x", "user": "x"}}],
            "current-context": "x",
        }
        (tmp_path / "kubeconfig").write_text(json.dumps(config))
        async with await Session.from_kubeconfig(str(tmp_path / "kubeconfig")) as session:
            yield World(cluster, clock, TokenDoor(session, clock))
    finally:
        await runner.cleanup()


async def test_the_cluster_says_who_comes_in_and_what_they_may(world: World) -> None:
    anna = await world.let_in("anna", "mine")

    assert (anna.name, anna.mode) == ("anna", "token")
    assert await world.door.may_see(anna, "mine")
    assert not await world.door.may_see(anna, "other")


@pytest.mark.parametrize(
    "told",
    [{}, {"token": ""}, {"token": 1}, {"token": "x y"}, {"token": "x\ny"}, {"token": "ä"}, {"key": "x"}],
    ids=["nothing", "empty", "number", "blank", "line", "letter", "key"],
)
async def test_what_cannot_be_a_token_is_refused_without_asking(world: World, told: dict[str, Any]) -> None:
    world.cluster.refuses = 500
    with pytest.raises(Refused, match="kubectl create token NAME") as refusal:
        await world.door.enter(told)
    assert (refusal.value.status, refusal.value.mode) == (401, "token")


@pytest.mark.parametrize(
    ("length", "asks"), [(16 * 1024, True), (16 * 1024 + 1, False)], ids=["most", "more"]
)
async def test_a_token_has_16_kib_at_most(world: World, length: int, asks: bool) -> None:
    world.cluster.names["x" * length] = "anna"
    if asks:
        assert await world.door.enter({"token": "x" * length})
    else:
        with pytest.raises(Refused, match="no token of the cluster"):
            await world.door.enter({"token": "x" * length})


@pytest.mark.parametrize("code", [401, 403])
async def test_whom_the_cluster_does_not_know_does_not_come_in(world: World, code: int) -> None:
    world.cluster.refuses = code
    with pytest.raises(Refused, match="does not know this token") as refusal:
        await world.door.enter({"token": "token"})
    assert (refusal.value.status, refusal.value.mode) == (401, "token")


async def test_while_the_cluster_is_away_nobody_new_comes_in(world: World) -> None:
    world.cluster.refuses = 503
    with pytest.raises(ServerUnavailable):
        await world.door.enter({"token": "token"})


async def test_a_cookie_that_nobody_was_given_is_nobodys(world: World) -> None:
    await world.let_in("anna")

    assert await world.door.viewer("") is None
    assert not await world.is_in(Viewer("anna", "token", "token-of-anna"))


async def test_who_is_in_stays_in_for_eight_hours(world: World) -> None:
    anna = await world.let_in("anna", "mine")

    world.clock.now += EIGHT_HOURS - 1
    assert await world.is_in(anna)
    assert await world.door.may_see(anna, "mine")
    world.clock.now += 1
    assert not await world.door.may_see(anna, "mine")
    assert not await world.is_in(anna)


async def test_who_leaves_is_out_and_nobody_else_is(world: World) -> None:
    anna, boris = await world.let_in("anna", "mine"), await world.let_in("boris", "mine")
    world.door.leave(anna.pass_)
    world.door.leave("nobody's")

    assert not await world.is_in(anna)
    assert not await world.door.may_see(anna, "mine")
    with pytest.raises(Refused, match="Sign in again"):
        await world.door.session(anna)
    assert await world.is_in(boris)


async def test_of_more_than_2000_who_came_first_comes_in_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST == 2000
    monkeypatch.setattr(token_door, "MOST", 3)
    first, *others = [await world.let_in(name, "mine") for name in ("anna", "berta", "carl")]
    assert await world.is_in(first)

    others.append(await world.let_in("dora", "mine"))

    assert not await world.is_in(first)
    assert not await world.door.may_see(first, "mine")
    for other in others:
        assert await world.is_in(other)
    again = await world.let_in("anna", "mine")
    assert await world.door.may_see(again, "mine")
    assert not await world.is_in(others[0])


async def test_an_answer_about_a_right_is_good_for_ten_seconds(world: World) -> None:
    anna = await world.let_in("anna", "mine")
    assert await world.door.may_see(anna, "mine")
    world.cluster.may["token-of-anna"] = {"other"}

    world.clock.now += GOOD_FOR - 0.5
    assert await world.door.may_see(anna, "mine")
    assert world.cluster.asked == ["mine"]
    world.clock.now += 0.5
    assert not await world.door.may_see(anna, "mine")
    assert await world.door.may_see(anna, "other")
    assert world.cluster.asked == ["mine", "mine", "other"]


async def test_a_refusal_is_good_for_ten_seconds_too_and_no_longer(world: World) -> None:
    anna = await world.let_in("anna")
    assert not await world.door.may_see(anna, "mine")
    world.cluster.may["token-of-anna"] = {"mine"}

    world.clock.now += GOOD_FOR - 0.5
    assert not await world.door.may_see(anna, "mine")
    world.clock.now += 0.5
    assert await world.door.may_see(anna, "mine")


async def test_nobody_is_told_what_somebody_else_may(world: World) -> None:
    anna, berta = await world.let_in("anna", "mine"), await world.let_in("berta")

    assert await world.door.may_see(anna, "mine")
    assert not await world.door.may_see(berta, "mine")


@pytest.mark.parametrize("mays", [True, False], ids=["may", "may-not"])
async def test_an_api_server_without_an_answer_is_bridged_for_a_minute_and_not_longer(
    world: World, mays: bool
) -> None:
    anna = await world.let_in("anna", *(["mine"] if mays else []))
    assert await world.door.may_see(anna, "mine") is mays
    world.cluster.hangs_up = True

    for seconds in (GOOD_FOR, OUTAGE - GOOD_FOR - 0.5):
        world.clock.now += seconds
        assert await world.door.may_see(anna, "mine") is mays
    world.clock.now += 0.5
    with pytest.raises(ServerUnavailable):
        await world.door.may_see(anna, "mine")
    # Each time it was asked: the bridge ends as soon as there is an answer.
    assert len(world.cluster.asked) == 4
    assert await world.is_in(anna)
    world.cluster.hangs_up = False
    assert await world.door.may_see(anna, "mine") is mays


async def test_what_was_never_answered_is_not_bridged(world: World) -> None:
    anna = await world.let_in("anna", "mine", "other")
    assert await world.door.may_see(anna, "mine")
    world.cluster.refuses = 503

    with pytest.raises(ServerUnavailable):
        await world.door.may_see(anna, "other")


async def test_a_refused_question_is_not_bridged(world: World) -> None:
    anna = await world.let_in("anna", "mine")
    assert await world.door.may_see(anna, "mine")
    world.clock.now += GOOD_FOR
    world.cluster.refuses = 403

    with pytest.raises(Forbidden):
        await world.door.may_see(anna, "mine")


async def test_whose_token_is_taken_back_is_put_out(world: World) -> None:
    anna, berta = await world.let_in("anna", "mine"), await world.let_in("berta", "mine")
    assert await world.door.may_see(anna, "mine")
    del world.cluster.names["token-of-anna"]

    world.clock.now += GOOD_FOR
    assert not await world.door.may_see(anna, "mine")
    assert not await world.is_in(anna)
    assert await world.is_in(berta)


async def test_what_is_done_is_done_with_the_viewers_token_alone(world: World) -> None:
    anna = await world.let_in("anna")
    async with await world.door.session(anna) as session:
        assert await session.credentials.header() == "Bearer token-of-anna"


async def test_sixteen_questions_are_under_way_at_once(world: World) -> None:
    viewers = [await world.let_in(f"viewer-{number}", "mine") for number in range(2 * AT_ONCE)]
    world.cluster.open.clear()
    asking = [asyncio.create_task(world.door.may_see(viewer, "mine")) for viewer in viewers]
    async with asyncio.timeout(5):
        while world.cluster.under_way < AT_ONCE:  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)
    await asyncio.sleep(0.05)
    world.cluster.open.set()

    assert await asyncio.gather(*asking) == [True] * len(viewers)
    assert world.cluster.most_under_way == AT_ONCE
