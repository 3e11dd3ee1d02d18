"""The page in a real browser, for bench J: when which tile turned, and how long its frames took."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from playwright.async_api import Error, Page, async_playwright

SCRIPT = Path(__file__).with_name("page_window.js")
#: Seconds for the page to show what is in the cluster.
PATIENCE = 300.0
#: Of each pod, in their order: whether it was ready from then, and when (time.time).
Noted = dict[str, list[tuple[bool, float]]]
#: Looks at the browser's clock, of which the quickest counts.
LOOKS = 50


def chromium() -> str:
    """Debian's Chromium; raises RuntimeError that says how to get it."""
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError(
            "the page is measured in Chromium, which is not on the PATH: apt-get install chromium"
        )
    return program


@dataclass(frozen=True)
class Turn:
    """A tile that has turned: its pod, whether it is ready, when it was so, and when the frame after that began."""

    uid: str
    ready: bool
    changed: float
    shown: float


@dataclass(frozen=True)
class Frames:
    """Seconds from frame to frame; how often the map was changed meanwhile, and the longest script that ran (ms)."""

    gaps: list[float]
    draws: int
    longest_script: float


@dataclass(frozen=True)
class RecordSize:
    """What the record of a lab is: its changes, and their bytes as `Record.size` counts them."""

    changes: int
    bytes: int


class _Record(msgspec.Struct):
    base: msgspec.Raw
    changes: list[msgspec.Raw]


class _Item(msgspec.Struct):
    uid: str
    kind: str
    ready: bool | int = False


class _Change(msgspec.Struct):
    t: int
    put: list[_Item]


class Window:
    """One page of one lab."""

    def __init__(self, page: Page, address: str) -> None:
        self._page = page
        self._ahead = 0.0
        self.address = address

    async def cookies(self) -> dict[str, str]:
        """The viewer's."""
        return {one["name"]: one["value"] for one in await self._page.context.cookies(self.address)}

    async def look(self) -> None:
        """Begin to note what turns; the browser's clock is compared with ours."""
        await self._page.evaluate(SCRIPT.read_text(encoding="utf-8"))
        found = []
        for _ in range(LOOKS):
            before = time.time()
            theirs = await self._page.evaluate("window.bench.now()") / 1000
            after = time.time()
            found.append((after - before, theirs - (before + after) / 2))
        self._ahead = min(found)[1]

    async def until_ready(self, pods: int) -> None:
        """Wait until so many tiles are there, all of them ready; raises TimeoutError."""
        there = f"document.querySelectorAll('.tile').length === {pods}"
        ready = f"document.querySelectorAll('.tile.ready').length === {pods}"
        end = time.monotonic() + PATIENCE
        while not await self._page.evaluate(f"{there} && {ready}"):
            if time.monotonic() > end:
                raise TimeoutError(f"the page did not show {pods} ready pods within {PATIENCE:.0f} s")
            await asyncio.sleep(0.1)

    async def turns(self, wanted: int, within: float) -> list[Turn]:
        """All turns, once there are so many, or after a while those that there are."""
        end = time.monotonic() + within
        told: list[Any] = []
        while len(told) < wanted and time.monotonic() < end:
            await asyncio.sleep(0.2)
            told = await self._page.evaluate("window.bench.turns")
        return [
            Turn(uid, state == "ready", changed / 1000 - self._ahead, shown / 1000 - self._ahead)
            for uid, state, changed, shown in told
        ]

    async def begin(self) -> None:
        """Count frames from now on."""
        await self._page.evaluate("window.bench.begin()")

    async def end(self) -> Frames:
        """The frames since then."""
        told: dict[str, Any] = await self._page.evaluate("window.bench.end()")
        moments = told["frames"]
        gaps = [(after - before) / 1000 for before, after in pairwise(moments)]
        return Frames(gaps, told["draws"], max(told["scripts"], default=0.0))

    async def heap(self) -> float:
        """MiB of the page's scripts, after a collection of garbage."""
        session = await self._page.context.new_cdp_session(self._page)
        await session.send("HeapProfiler.collectGarbage")
        told = await session.send("Runtime.getHeapUsage")
        await session.detach()
        return round(float(told["usedSize"]) / 2**20, 1)

    async def record(self, lab: str) -> RecordSize:
        """What the record of a lab is now."""
        changes = await self._changes(lab)
        return RecordSize(len(changes), sum(len(one) for one in changes))

    async def noted(self, lab: str) -> Noted:
        """Of each pod, in their order, whether it was ready and when the record has it (time.time, whole ms)."""
        found: Noted = {}
        for json in await self._changes(lab):
            change = msgspec.json.decode(json, type=_Change)
            for one in change.put:
                turns = found.setdefault(one.uid, [])
                if one.kind == "Pod" and (not turns or turns[-1][0] != bool(one.ready)):
                    turns.append((bool(one.ready), change.t / 1000))
        return found

    async def _changes(self, lab: str) -> list[bytes]:
        """Those that the record of a lab has, asked for with the viewer's cookie."""
        answer = await self._page.request.get(f"/api/labs/{lab}/record")
        record = msgspec.json.decode(await answer.body(), type=_Record)
        return [bytes(one) for one in record.changes]


@asynccontextmanager
async def opened(address: str, path: str) -> AsyncIterator[Window]:
    """The page at this path of the address; raises RuntimeError for what the browser cannot do."""
    program = chromium()
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program)
            try:
                page = await browser.new_page(viewport={"width": 1280, "height": 900}, base_url=address)
                await page.goto(path)
                yield Window(page, address)
            finally:
                await browser.close()
    except Error as problem:
        raise RuntimeError(f"the browser says: {problem}") from problem
