"""The session against a server of our own on the loopback, which answers badly on purpose."""

import asyncio
import json
from asyncio.sslproto import SSLProtocol
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tutoriallab.kube.errors import ApiError, ServerUnavailable, TimedOut, Unauthorized
from tutoriallab.kube.session import Answer as Peeked
from tutoriallab.kube.session import Session

Answer = Callable[[bytes], bytes]


def ok(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def kubeconfig(folder: Path, port: int, bearer: str = "secret-1") -> str:
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "c", "cluster": {"server": f"http://127.0.0.1:{port}"}}],
        "users": [{"name": "u", "user": {"token": bearer}}],
        "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
        "current-context": "c",
    }
    path = folder / "kubeconfig"
    path.write_text(json.dumps(config))
    return str(path)


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(head))
            await writer.drain()
            if b"stay" in head:
                await asyncio.sleep(30)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    made = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield made.sockets[0].getsockname()[1]
    finally:
        made.close()


@asynccontextmanager
async def talking_to(answer: Answer, folder: Path) -> AsyncIterator[Session]:
    async with server(answer) as port, await Session.from_kubeconfig(kubeconfig(folder, port)) as session:
        yield session


async def test_a_request_carries_who_asks_for_whom_and_its_query(tmp_path: Path) -> None:
    heads: list[bytes] = []

    def answer(head: bytes) -> bytes:
        heads.append(head)
        return ok(b'{"a": 1}')

    async with server(answer) as port, await Session.from_kubeconfig(kubeconfig(tmp_path, port)) as session:
        got = await session.request("GET", "/x", query={"b": True, "n": None, "s": "a b"}, impersonate="joe")
    assert got == {"a": 1}
    text = heads[0].decode()
    assert text.startswith("GET /x?b=true&s=a+b HTTP/1.1")
    assert "Impersonate-User: joe\r\n" in text
    assert "Authorization: Bearer secret-1\r\n" in text
    assert session.requests == {"GET": 1}


async def test_an_answer_that_is_no_json_comes_back_as_text(tmp_path: Path) -> None:
    async with talking_to(lambda _: ok(b"line one\n"), tmp_path) as session:
        assert await session.request("GET", "/log") == "line one\n"


async def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    async with server(lambda _: ok(b"{}")) as port:
        pass
    async with await Session.from_kubeconfig(kubeconfig(tmp_path, port)) as session:
        with pytest.raises(ServerUnavailable, match="does not answer"):
            await session.request("GET", "/x")
        with pytest.raises(ServerUnavailable):
            async with session.stream("/x"):
                pytest.fail("there is no stream")


async def test_an_answer_that_takes_too_long_or_is_cut_is_unavailable(tmp_path: Path) -> None:
    partial = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
    async with talking_to(lambda _: partial, tmp_path) as session:
        with pytest.raises(ServerUnavailable):
            await session.request("GET", "/cut")
        with pytest.raises(ServerUnavailable):
            await session.request("GET", "/stay", timeout=0.1)


async def test_a_silent_stream_ends_as_unavailable(tmp_path: Path) -> None:
    begun = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab\n\r\n"
    async with talking_to(lambda _: begun, tmp_path) as session:
        got = b""
        with pytest.raises(ServerUnavailable):  # noqa: PT012 - it comes while the stream is read
            async with session.stream("/stay", silence=0.1) as chunks:
                async for chunk in chunks:
                    got += chunk
        assert got == b"ab\n"
        assert session.requests == {"WATCH": 1}


async def test_after_a_refusal_the_kubeconfig_is_read_again(tmp_path: Path) -> None:
    def answer(head: bytes) -> bytes:
        known = b"Bearer secret-2" in head
        return ok(b"{}") if known else b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"

    async with talking_to(answer, tmp_path) as session:
        port = int(session.credentials.host.rpartition(":")[2])
        kubeconfig(tmp_path, port, bearer="secret-2")
        with pytest.raises(Unauthorized):
            await session.request("GET", "/x")
        assert await session.request("GET", "/x") == {}


@pytest.mark.parametrize("text", ["", "{}", "a: [", "clusters: 1"])
async def test_a_broken_kubeconfig_is_named_with_the_way_out(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config"
    path.write_text(text)
    with pytest.raises(ApiError, match=r"cannot be used: .* Name another") as refused:
        await Session.from_kubeconfig(str(path))
    assert refused.value.reason == "BadKubeconfig"


def test_a_tls_connection_takes_little_memory() -> None:
    # A private class of asyncio: a Python that no longer has this would silently take 256 KiB again.
    assert "max_size" in vars(SSLProtocol)
    assert SSLProtocol.max_size <= 64 * 1024


OFFERED = b"HTTP/1.1 %b\r\nContent-Length: %d\r\n%b\r\n"
SERVICE = "/api/v1/namespaces/x/services/web:80/proxy/a?b=/../c"


async def look(session: Session, path: str = SERVICE, **how: Any) -> Peeked:
    wanted = {"headers": {"X-Canary": "yes"}, "impersonate": "somebody", "limit": 100, "timeout": 5, **how}
    return await session.peek(path, **wanted)


async def test_a_peek_asks_as_somebody_for_exactly_this_path(tmp_path: Path) -> None:
    heads: list[bytes] = []

    def answer(head: bytes) -> bytes:
        heads.append(head)
        return OFFERED % (b"404 Not Found", 2, b"X-A: 1\r\nx-a: 2\r\n") + b"no"

    async with talking_to(answer, tmp_path) as session:
        found = await look(session)
    assert (found.status, found.content, found.cut) == (404, b"no", False)
    assert found.headers == (("content-length", "2"), ("x-a", "1"), ("x-a", "2"))
    (head,) = heads
    assert head.startswith(f"GET {SERVICE} HTTP/1.1\r\n".encode())
    for line in (
        b"X-Canary: yes",
        b"Impersonate-User: somebody",
        b"Accept-Encoding: identity",
        b"Accept: */*",
    ):
        assert line + b"\r\n" in head


async def test_a_peek_reads_so_much_and_no_more(tmp_path: Path) -> None:
    async with talking_to(lambda _: OFFERED % (b"200 OK", 10**9, b"") + b"x" * 300_000, tmp_path) as session:
        found = await look(session)
        assert (len(found.content), found.cut) == (100, True)
        found = await look(session, limit=200_000)
        assert (len(found.content), found.cut) == (200_000, True)


async def test_a_peek_unpacks_nothing_and_follows_nothing(tmp_path: Path) -> None:
    packed = OFFERED % (b"200 OK", 3, b"Content-Encoding: gzip\r\n") + b"\x1f\x8bz"
    async with talking_to(lambda _: packed, tmp_path) as session:
        assert (await look(session)).content == b"\x1f\x8bz"
    moved = OFFERED % (b"302 Found", 0, b"Location: http://192.0.2.1/\r\n")
    async with talking_to(lambda _: moved, tmp_path) as session:
        assert (await look(session)).status == 302


async def test_a_peek_that_is_not_answered_in_time_is_told_apart_from_no_answer_at_all(
    tmp_path: Path,
) -> None:
    async with talking_to(lambda _: b"", tmp_path) as session:
        with pytest.raises(TimedOut, match=r"no answer within 0\.2 s"):
            await look(session, "/stay", timeout=0.2)
        with pytest.raises(ServerUnavailable, match="does not answer"):
            await look(session)
    async with talking_to(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc", tmp_path) as session:
        with pytest.raises(ApiError, match="broke off"):
            await look(session)
    async with talking_to(lambda _: b"nonsense\r\n\r\n", tmp_path) as session:
        with pytest.raises(ApiError, match="broke off"):
            await look(session)


async def test_a_peek_of_a_server_that_is_not_there(tmp_path: Path) -> None:
    async with talking_to(ok, tmp_path) as session:
        pass
    async with server(ok) as port:
        path = kubeconfig(tmp_path, port)
    async with await Session.from_kubeconfig(path) as session:
        with pytest.raises(ServerUnavailable, match="does not answer"):
            await look(session)
