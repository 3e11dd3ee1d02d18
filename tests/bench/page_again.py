"""What a page was sent, sent again at the same pace to another page while the cluster rests; for bench J.

The first time browser, operator and cluster share the cores; of a frame that was slow then, this tells the page's part.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp

from bench.bodies import Json
from bench.page_window import Frames, Window, opened
from web.recorded_server import RecordedServer

#: Bytes of the longest line: the base of some hundreds of pods.
LONGEST_LINE = 2**25
#: Seconds without a change after which a stream has brought what there was.
QUIET = 1.0


@dataclass
class Tape:
    """What a stream brought: its base, and the changes with their moments (time.monotonic).

    A stream begins with what the record has: the first `known` changes were there before.
    """

    base: Json = field(default_factory=dict)
    changes: list[Json] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    known: int = 0
    began: float = 0.0

    async def record(self, lines: AsyncIterable[bytes]) -> None:
        """Keep what comes."""
        kind = b""
        async for line in lines:
            name, _, value = line.rstrip(b"\n").partition(b": ")
            if name == b"event":
                kind = value
            elif name == b"data" and kind == b"base":
                self.base = json.loads(value)
            elif name == b"data" and kind == b"change":
                self.changes.append(json.loads(value))
                self.moments.append(time.monotonic())

    async def begin(self) -> None:
        """Wait until what the record has is here: what comes from now on is new. Raises TimeoutError."""
        async with asyncio.timeout(60):
            while not self.base or len(self.changes) > self.known:
                self.known = len(self.changes)
                await asyncio.sleep(QUIET)
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        """From the beginning to the last change."""
        return self.moments[-1] - self.began


@asynccontextmanager
async def taped(window: Window, lab: str) -> AsyncIterator[Tape]:
    """What the page is sent of this lab meanwhile."""
    tape = Tape()
    async with (
        aiohttp.ClientSession(cookies=await window.cookies(), read_bufsize=LONGEST_LINE) as client,
        client.get(f"{window.address}/api/labs/{lab}/stream", raise_for_status=True) as answer,
    ):
        recording = asyncio.create_task(tape.record(answer.content))
        try:
            await tape.begin()
            yield tape
        finally:
            recording.cancel()
            with suppress(asyncio.CancelledError):
                await recording


async def shown_again(tape: Tape, pods: int) -> Frames:
    """The frames of a page that is sent the same, until it shows so many ready pods."""
    server = RecordedServer({"base": tape.base, "changes": tape.changes})
    await server.start()
    try:
        lab = tape.base["lab"]
        async with opened(server.url, f"/#/{lab['namespace']}/{lab['name']}") as window:
            await server.forward(tape.known)
            await window.until_ready(pods)
            await window.look()
            await window.begin()
            later = time.monotonic() - tape.began
            for moment in tape.moments[tape.known :]:
                await asyncio.sleep(max(0.0, moment + later - time.monotonic()))
                await server.forward(1)
            await window.until_ready(pods)
            return await window.end()
    finally:
        await server.stop()
