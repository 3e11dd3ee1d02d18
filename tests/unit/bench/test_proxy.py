"""Bytes pass, until they are not to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bench.proxy import Proxy


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await reader.read(100):
            writer.write(chunk)
    await _close(writer)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


@asynccontextmanager
async def echoing() -> AsyncIterator[Proxy]:
    """A proxy before a server that says what it is told."""
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    try:
        async with Proxy(server.sockets[0].getsockname()[1]) as proxy:
            yield proxy
    finally:
        server.close()


class Client:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def say(self, text: bytes) -> None:
        self._writer.write(text)

    async def hear(self, seconds: float = 1.0) -> bytes:
        """What comes next; raises TimeoutError when nothing does, ConnectionError after a reset."""
        async with asyncio.timeout(seconds):
            heard = await self._reader.read(100)
        if not heard:
            raise ConnectionResetError("ended")
        return heard

    async def says(self, text: bytes) -> bytes:
        self.say(text)
        return await self.hear()


@asynccontextmanager
async def client_of(proxy: Proxy) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield Client(reader, writer)
    finally:
        await _close(writer)


async def test_bytes_pass_both_ways() -> None:
    async with echoing() as proxy, client_of(proxy) as client:
        assert await client.says(b"one") == b"one"
        assert await client.says(b"two") == b"two"


async def test_a_cut_ends_what_is_open_and_serves_what_comes() -> None:
    async with echoing() as proxy, client_of(proxy) as client:
        assert await client.says(b"one") == b"one"
        proxy.cut()
        with pytest.raises(ConnectionError):
            await client.says(b"two")
        async with client_of(proxy) as again:
            assert await again.says(b"three") == b"three"


async def test_a_closed_one_ends_what_comes_until_it_is_opened() -> None:
    async with echoing() as proxy:
        proxy.close()
        async with client_of(proxy) as client:
            with pytest.raises(ConnectionError):
                await client.says(b"one")
        proxy.open()
        async with client_of(proxy) as again:
            assert await again.says(b"two") == b"two"


async def test_a_stalled_connection_stays_open_and_silent_and_another_is_served() -> None:
    async with echoing() as proxy, client_of(proxy) as client:
        assert await client.says(b"one") == b"one"
        proxy.stall()
        client.say(b"two")
        async with client_of(proxy) as other:
            assert await other.says(b"three") == b"three"
        with pytest.raises(TimeoutError):
            await client.hear(0.05)
