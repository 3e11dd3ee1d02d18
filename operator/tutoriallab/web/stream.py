"""A lab's record as server-sent events, from where the viewer is; called by `pages.py`.

Each viewer has a place in the record and nothing else: who is slow is behind, who is too far behind gets the base
again, and who takes nothing at all is let go.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import web

from tutoriallab.web.record import Record
from tutoriallab.web.recorder import Recorder

#: Seconds of silence after which a comment is sent, so that proxies and the browser keep the connection; and after
#: which it is asked again whether the viewer may see the lab.
HEARTBEAT = 5.0
#: Seconds within which a viewer must take what is sent.
PATIENCE = 60.0
#: Changes that are sent in one piece.
BATCH = 64

Write = Callable[[bytes], Awaitable[None]]


class Place:
    """One viewer's place in the record of one lab."""

    def __init__(self, recorder: Recorder, namespace: str, name: str, after: int | None) -> None:
        self._recorder, self._namespace, self._name = recorder, namespace, name
        self._at = after

    def next(self) -> bytes:
        """What is to be sent now; empty for nothing."""
        record = self._recorder.record(self._namespace, self._name)
        if record is None:
            return b""
        if self._at is None or not record.holds(self._at):
            self._at = record.began
            return _event("base", record.began, record.base())
        return self._changes(record, self._at)

    def _changes(self, record: Record, after: int) -> bytes:
        found = record.after(after, BATCH)
        if found:
            self._at = found[-1].seq
        return b"".join(_event("change", one.seq, one.json) for one in found)

    @property
    def has_more(self) -> bool:
        """Whether something waits to be sent."""
        record = self._recorder.record(self._namespace, self._name)
        return record is not None and self._at != record.last

    @property
    def is_gone(self) -> bool:
        """Whether there is no such lab any more."""
        return self._recorder.find(self._namespace, self._name) is None

    async def wait(self, seconds: float) -> None:
        """Until there may be more, at most so long."""
        news = self._recorder.news(self._namespace, self._name)
        with suppress(TimeoutError):
            await asyncio.wait_for(news.wait(), seconds)


async def serve(
    place: Place, write: Write, may: Callable[[], Awaitable[bool]], closing: asyncio.Event
) -> None:
    """Send what comes until the lab is gone, the viewer may not see it any more, or we close.

    Of these the first two are told: what ends without a word is come back to.
    """
    while not closing.is_set():
        if not await may():
            await asyncio.wait_for(write(b"event: refused\ndata: {}\n\n"), PATIENCE)
            return
        sent = place.next()
        if sent:
            await asyncio.wait_for(write(sent), PATIENCE)
            continue
        if place.is_gone:
            if not closing.is_set():
                await asyncio.wait_for(write(b"event: gone\ndata: {}\n\n"), PATIENCE)
            return
        await place.wait(HEARTBEAT)
        if not place.has_more and not closing.is_set():
            await asyncio.wait_for(write(b":\n\n"), PATIENCE)


def position(headers_id: str | None, query: str | None) -> int | None:
    """The number after which a viewer goes on: what the browser remembers before what the page asked for."""
    for text in (headers_id, query):
        if text and text.isascii() and text.isdigit():
            return int(text)
    return None


def response() -> web.StreamResponse:
    """An answer that goes on."""
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return web.StreamResponse(headers=headers)


def _event(kind: str, seq: int, data: bytes) -> bytes:
    # JSON of ours has no line breaks: they would end the field.
    return b"event: %s\nid: %d\ndata: %s\n\n" % (kind.encode(), seq, data)
