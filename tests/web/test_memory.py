"""What the page's scripts keep: what the record has, and nothing of what was drawn before."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from bench.page_window import Window
from web.recorded_server import RecordedServer
from web.worlds import crowd, pod, record, service, waiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

PODS, NODES, CHANGES = 200, 4, 1_200


async def test_what_was_drawn_before_is_not_kept(page: Page) -> None:
    names = [f"web-1-{number:05}" for number in range(PODS)]
    front = service("front", names)
    changes = []
    for number in range(CHANGES):
        name, of = names[number % PODS], f"worker{number % PODS % NODES:02}"
        down = number // PODS % 2 == 0
        changes.append({"put": [waiting(name, node=of) if down else pod(name, of), front]})
    server = RecordedServer(record([*crowd(PODS, NODES), front], changes))
    await server.start()
    try:
        await page.goto(server.lab_url)
        await expect(page.locator(".tile.ready")).to_have_count(PODS)
        sizes = []
        for sent in range(0, CHANGES, 20):
            await server.forward(20)
            # Each is drawn: two that come together would be drawn once.
            await asyncio.sleep(0.1)
            if sent in {180, CHANGES - 20}:
                await expect(page.locator(".tile.ready")).to_have_count(0 if sent == 180 else PODS)
                sizes.append(await Window(page, server.url).heap())
        assert sizes[1] - sizes[0] < 4
    finally:
        await server.stop()
