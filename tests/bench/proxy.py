"""Stands between the operator and the API server and passes bytes on, TLS and all, until it is told not to; bench G."""

import asyncio
from contextlib import suppress
from typing import Self

_CHUNK = 65_536


class Proxy:
    """Listens on a free port of 127.0.0.1 for what is meant for another port there."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server: asyncio.Server | None = None
        self._closed = False
        self._connections: set[_Connection] = set()
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def cut(self) -> None:
        """Reset all connections; new ones are served."""
        for one in list(self._connections):
            one.reset()

    def close(self) -> None:
        """Reset all connections, and every new one, until `open`."""
        self._closed = True
        self.cut()

    def open(self) -> None:
        """Serve new connections again."""
        self._closed = False

    def stall(self) -> None:
        """Pass nothing on any more on the connections of now, and do not say so; new ones are served."""
        for one in self._connections:
            one.passing.clear()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
        if self._server:
            self._server.close()
        await asyncio.gather(*self._serving)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            beyond = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        connection = _Connection(writer, beyond[1])
        self._connections.add(connection)
        if self._closed:
            connection.reset()
        try:
            await asyncio.gather(connection.carry(reader, beyond[1]), connection.carry(beyond[0], writer))
        finally:
            self._connections.discard(connection)


class _Connection:
    """Both ends of one; what ends one direction resets both."""

    def __init__(self, *ends: asyncio.StreamWriter) -> None:
        self.passing = asyncio.Event()
        self.passing.set()
        self._ends = ends

    def reset(self) -> None:
        for one in self._ends:
            one.transport.abort()
        self.passing.set()

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while chunk := await source.read(_CHUNK):
                await self.passing.wait()
                target.write(chunk)
                await target.drain()
        self.reset()
