"""The page over HTTP: who comes in, what they see, how the stream goes on. Labs without a workspace need no cluster."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from builders import check, lab, step
from pages import check_state, progress, status
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.web.guard import HEADERS
from tutoriallab.web.key import found, ticket
from tutoriallab.web.pages import Pages
from tutoriallab.web.record import Bounds
from tutoriallab.web.recorder import Recorder
from tutoriallab.web.viewer import LocalDoor

Json = dict[str, Any]
Client = TestClient[web.Request, web.Application]
DEMO = "/api/labs/default/demo"
#: No lab here has a workspace, so nothing is asked of a cluster.
NO_SESSION = cast("Session", None)
ASKS = check("which", answer={}, given={}, expect=["answer == 'a'"])


def body(verdict: str = "Failing", name: str = "demo", uid: str = "u") -> Json:
    made = lab(name, step("first", check("there"), ASKS))
    made["metadata"]["uid"] = uid
    return made | {"status": status(progress("first", "Open", check_state("there", verdict)))}


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(NO_SESSION, Resources(NO_SESSION), Bounds(changes=5))


@pytest.fixture
async def client(recorder: Recorder, tmp_path: Path) -> AsyncIterator[Client]:
    door = LocalDoor(tmp_path / "key", "")
    server = TestServer(Pages(recorder, door, NO_SESSION).application())
    async with TestClient(server) as made:
        recorder.lab_changed(body())
        await come_in(made, tmp_path)
        await until(lambda: recorder.record("default", "demo") is not None)
        yield made


def origin(client: Client) -> dict[str, str]:
    return {"Origin": str(client.make_url("/")).rstrip("/")}


async def come_in(client: Client, tmp_path: Path) -> None:
    shown = ticket(found(tmp_path / "key"), time.time())
    async with client.post("/api/session", json={"key": shown}, headers=origin(client)) as answer:
        assert answer.status == 200
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie


async def until(holds: Any) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.005)


async def event(answer: ClientResponse) -> tuple[str, int, Json]:
    """The next event, comments passed over."""
    fields: dict[str, str] = {}
    async with asyncio.timeout(5):
        while True:
            line = (await answer.content.readline()).decode().rstrip("\n")
            if not line and fields:
                return fields["event"], int(fields.get("id", 0)), json.loads(fields["data"])
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value
            elif not line and answer.content.at_eof():
                raise EOFError


ROUTES = [
    ("GET", "/api/me"),
    ("GET", "/api/labs"),
    ("GET", f"{DEMO}/stream"),
    ("GET", f"{DEMO}/record"),
    ("GET", f"{DEMO}/objects/uid"),
    ("POST", f"{DEMO}/answers"),
    ("POST", f"{DEMO}/hints"),
    ("POST", f"{DEMO}/reset"),
    ("POST", f"{DEMO}/restart-step"),
]


async def test_who_leaves_takes_the_cookie_along(client: Client) -> None:
    for _ in range(2):
        async with client.delete("/api/session", json={}, headers=origin(client)) as answer:
            assert answer.status == 200
            assert "tutoriallab-" in answer.headers["Set-Cookie"]
            assert "Max-Age=0" in answer.headers["Set-Cookie"]
    async with client.get("/api/me") as answer:
        assert answer.status == 401


async def test_another_page_cannot_put_anybody_out(client: Client) -> None:
    async with client.delete("/api/session", json={}, headers={"Origin": "http://evil.example"}) as answer:
        assert answer.status == 403
    async with client.get("/api/me") as answer:
        assert answer.status == 200


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("cookie", ["", "x", "0" * 64, "ä"])
async def test_without_having_come_in_nothing_is_told_and_nothing_done(
    client: Client, method: str, path: str, cookie: str
) -> None:
    client.session.cookie_jar.clear()
    headers = {**origin(client), "Cookie": f"tutoriallab-{client.port}={cookie}"}
    async with client.request(method, path, json={}, headers=headers) as answer:
        assert answer.status == 401
        assert (await answer.json())["mode"] == "local"


async def test_every_route_but_the_files_and_the_way_in_is_tried_without_having_come_in(
    client: Client,
) -> None:
    app = client.app
    assert app is not None
    known = {
        (
            route.method,
            route.resource.canonical.replace("{namespace}/{name}", "default/demo").replace("{uid}", "uid"),
        )
        for route in app.router.routes()
        if route.resource
    }
    files = {(method, "/static") for method in ("GET", "HEAD")} | {("GET", "/"), ("HEAD", "/")}

    assert {one for one in known if one[0] != "HEAD"} - files == {
        *ROUTES,
        ("POST", "/api/session"),
        ("DELETE", "/api/session"),
    }


async def test_a_ticket_lets_in_once(client: Client, tmp_path: Path) -> None:
    shown = {"key": ticket(found(tmp_path / "key"), time.time())}
    for wanted in (200, 401):
        async with client.post("/api/session", json=shown, headers=origin(client)) as answer:
            assert answer.status == wanted
    async with client.post("/api/session", json={"key": ["x"]}, headers=origin(client)) as answer:
        assert answer.status == 401


async def test_a_page_stays_open_over_a_restart_of_the_operator(recorder: Recorder, tmp_path: Path) -> None:
    one, other = LocalDoor(tmp_path / "key", ""), LocalDoor(tmp_path / "key", "")
    cookie = await one.enter({"key": ticket(found(tmp_path / "key"), time.time())})

    assert await other.viewer(cookie) is not None


@pytest.mark.parametrize("path", ["/", "/static/none.js", "/api/labs", "/nowhere", f"{DEMO}/record"])
async def test_every_answer_forbids_the_browser_what_the_page_does_not_need(
    client: Client, path: str
) -> None:
    async with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_another_host_or_origin_is_refused_even_with_the_cookie(client: Client) -> None:
    async with client.get("/api/labs", headers={"Host": "evil.example"}) as answer:
        assert answer.status == 421
    async with client.post(f"{DEMO}/reset", json={}, headers={"Origin": "http://evil.example"}) as answer:
        assert answer.status == 403
    async with client.post(f"{DEMO}/reset", json={}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/answers", b"{", 400),
        ("/answers", b"[]", 400),
        ("/answers", b'{"check": "which"}', 400),
        ("/answers", b'{"check": "none", "answer": "a"}', 422),
        ("/answers", b'{"check": "which", "answer": "' + b"x" * 70_000 + b'"}', 413),
        ("/hints", b'{"step": "other"}', 409),
        ("/reset", b"{}", 403),
    ],
)
async def test_what_cannot_be_done_is_told_in_a_sentence(
    client: Client, path: str, sent: bytes, status: int
) -> None:
    headers = {**origin(client), "Content-Type": "application/json"}
    async with client.post(DEMO + path, data=sent, headers=headers) as answer:
        assert answer.status == status
        assert len((await answer.json())["error"]) > 10


@pytest.mark.parametrize("path", ["/api/labs/default/none/record", "/api/labs/a%2F..%2Fb/demo/record"])
async def test_a_lab_that_is_not_there_is_told_so(client: Client, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 404
        assert (await answer.json())["error"]


async def test_the_labs_are_rows(client: Client, recorder: Recorder) -> None:
    recorder.lab_changed(body(name="another"))
    async with client.get("/api/labs") as answer:
        assert [one["name"] for one in await answer.json()] == ["another", "demo"]
    recorder.lab_gone("default", "another", "u")
    async with client.get("/api/labs") as answer:
        assert [one["name"] for one in await answer.json()] == ["demo"]


async def test_the_stream_begins_with_the_base_and_goes_on_with_changes(
    client: Client, recorder: Recorder
) -> None:
    async with client.get(f"{DEMO}/stream") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        kind, begun, base = await event(answer)
        assert (kind, base["base"], base["lab"]["name"]) == ("base", True, "demo")

        recorder.lab_changed(body("Passed"))
        kind, number, change = await event(answer)
        assert (kind, number) == ("change", begun + 1)
        assert change["lab"]["steps"][0]["checks"][0]["verdict"] == "Passed"


async def test_who_comes_back_gets_what_came_meanwhile_and_nothing_twice(
    client: Client, recorder: Recorder
) -> None:
    async with client.get(f"{DEMO}/stream") as answer:
        _, begun, _ = await event(answer)
    for verdict in ("Passed", "Failing", "Waiting"):
        seen = last(recorder)
        recorder.lab_changed(body(verdict))
        await until(lambda seen=seen: last(recorder) > seen)

    for asked in ({"headers": {"Last-Event-ID": str(begun + 1)}}, {"params": {"after": str(begun + 1)}}):
        async with client.get(f"{DEMO}/stream", **cast("Any", asked)) as answer:
            assert [(await event(answer))[:2] for _ in range(2)] == [
                ("change", begun + 2),
                ("change", begun + 3),
            ]


@pytest.mark.parametrize("number", ["1", "99999999999999", "x", ""])
async def test_who_is_too_far_behind_or_ahead_gets_the_base_again(client: Client, number: str) -> None:
    async with client.get(f"{DEMO}/stream", headers={"Last-Event-ID": number}) as answer:
        assert (await event(answer))[0] == "base"


async def test_a_viewer_who_takes_nothing_slows_nobody_and_then_goes_on_from_a_base(
    client: Client, recorder: Recorder
) -> None:
    async with client.get(f"{DEMO}/stream") as slow, client.get(f"{DEMO}/stream") as quick:
        await event(quick)
        for number in range(40):
            # Every change is larger than what the sockets take in.
            large = body() | {
                "status": status(progress("first", "Open", check_state("there", "Failing", "x" * 400_000)))
            }
            large["status"]["next"] = str(number)
            recorder.lab_changed(large)
            assert (await event(quick))[2]["lab"]["next"] == str(number)

        events = [await event(slow)]
        while events[-1][2].get("lab", {}).get("next") != "39":
            events.append(await event(slow))

    kinds = [kind for kind, *_ in events]
    assert kinds[0] == "base"
    assert kinds.count("base") == 2
    assert len(events) < 40


async def test_a_lab_that_is_deleted_ends_the_stream_with_a_word(client: Client, recorder: Recorder) -> None:
    async with client.get(f"{DEMO}/stream") as answer:
        await event(answer)
        recorder.lab_gone("default", "demo", "u")
        assert (await event(answer))[0] == "gone"
        assert await answer.content.read() == b""


async def test_a_lab_made_anew_under_the_same_name_has_a_record_of_its_own(
    client: Client, recorder: Recorder
) -> None:
    before = last(recorder)
    recorder.lab_changed(body(uid="other"))
    await until(lambda: recorder.record("default", "demo") is not None)

    assert last(recorder) > before


async def test_an_operator_that_stops_ends_streams_without_a_word(client: Client) -> None:
    async with client.get(f"{DEMO}/stream") as answer:
        await event(answer)
        await client.server.close()
        with pytest.raises(EOFError):
            await event(answer)


def last(recorder: Recorder) -> int:
    record = recorder.record("default", "demo")
    assert record is not None
    return record.last
