"""A separate watch on labs, as `kubectl get labs -w` holds one: says when a verdict was seen to turn (T2)."""

import asyncio
import time
from collections.abc import Callable
from typing import Self

import msgspec

from tutoriallab.kube.errors import ApiError, TooManyRequests
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE
from tutoriallab.observe.lines import LineSplitter

Turned = Callable[[str, str, str, float], None]
"""Is told lab, check, its verdict now, and when that was seen (seconds of time.monotonic)."""


class _Check(msgspec.Struct):
    name: str
    verdict: str = ""


class _Step(msgspec.Struct):
    checks: list[_Check] = []


class _Status(msgspec.Struct):
    phase: str = ""
    steps: list[_Step] = []


class _Metadata(msgspec.Struct):
    name: str = ""


class _Lab(msgspec.Struct):
    metadata: _Metadata
    status: _Status = msgspec.field(default_factory=_Status)


class _Event(msgspec.Struct):
    type: str
    object: _Lab


_decode = msgspec.json.Decoder(_Event).decode


class LabWatch:
    """Follows all labs of the namespace default, from before the first is made."""

    def __init__(self, session: Session, turned: Turned) -> None:
        self.phases: dict[str, str] = {}
        self.verdicts: dict[tuple[str, str], str] = {}
        self._session = session
        self._turned = turned
        self._open = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._follow_when_served())
        opened = asyncio.create_task(self._open.wait())
        await asyncio.wait({self._task, opened}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            opened.cancel()
            self._task.result()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow_when_served(self) -> None:
        while True:
            try:
                await self._follow()
            except TooManyRequests:
                # A CRD that has just been installed: its storage is not ready for a second or so.
                await asyncio.sleep(0.2)
            except ApiError:
                # Its own server may go away once it was there (bench G); the next watch begins with all as it stands.
                if not self._open.is_set():
                    raise
                await asyncio.sleep(0.02)

    async def _follow(self) -> None:
        lines = LineSplitter()
        query = {"watch": True, "timeoutSeconds": 3600, "allowWatchBookmarks": True}
        async with self._session.stream(RESOURCE.path("default"), query, silence=600) as chunks:
            self._open.set()
            async for chunk in chunks:
                seen = time.monotonic()
                for line in lines.feed(chunk):
                    self._take(line, seen)

    def _take(self, line: bytes, seen: float) -> None:
        event = _decode(line)
        if event.type not in {"ADDED", "MODIFIED"}:
            return
        lab, status = event.object.metadata.name, event.object.status
        self.phases[lab] = status.phase
        for step in status.steps:
            for check in step.checks:
                key = (lab, check.name)
                if self.verdicts.get(key) != check.verdict:
                    self.verdicts[key] = check.verdict
                    self._turned(lab, check.name, check.verdict, seen)
