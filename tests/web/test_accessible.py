"""axe-core finds nothing, at any width, in light and dark, in both languages; pictures of each are kept."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Page, expect

from web.recorded_server import RecordedServer, read
from web.worlds import crowd, record, small

pytestmark = pytest.mark.asyncio(loop_scope="session")

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
Scheme = Literal["light", "dark"]


async def violations(page: Page) -> list[str]:
    """What axe-core has to say, with the elements."""
    await page.evaluate(AXE)
    found = await page.evaluate("axe.run(document)")
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(360, "light", "en"), (768, "dark", "zh"), (1280, "light", "zh"), (1920, "dark", "en")],
)
async def test_a_lab_without_violations(
    page: Page, server: RecordedServer, pictures: Path, width: int, scheme: Scheme, language: str
) -> None:
    await server.forward(60)
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.set_viewport_size({"width": width, "height": 1000})
    await page.goto(server.lab_url)
    await page.locator(".languages button").nth(1 if language == "zh" else 0).click()
    await expect(page.locator(".tile").first).to_be_visible()
    await page.screenshot(path=pictures / f"lab-{width}-{scheme}-{language}.png", full_page=True)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_end_the_past_and_an_object_without_violations(
    page: Page, server: RecordedServer, pictures: Path, scheme: Scheme
) -> None:
    await server.forward()
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await page.goto(server.lab_url)
    await expect(page.get_by_role("heading", name="What happened, and why")).to_be_visible()
    await page.locator(".turns summary").click()
    await page.screenshot(path=pictures / f"debrief-{scheme}.png", full_page=True)
    assert await violations(page) == []
    await page.get_by_role("slider").focus()
    await page.keyboard.press("PageDown")
    assert await violations(page) == []
    await page.get_by_role("button", name="Back to live").first.click()
    await page.locator(".tile").first.click()
    await expect(page.locator(".yaml")).to_be_visible()
    await page.screenshot(path=pictures / f"object-{scheme}.png")
    assert await violations(page) == []


@pytest.mark.parametrize(("name", "scheme"), [("small", "dark"), ("crowd", "light")])
async def test_clusters_without_violations(page: Page, pictures: Path, name: str, scheme: Scheme) -> None:
    server = RecordedServer(record(small() if name == "small" else crowd(500)))
    await server.start()
    try:
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await page.goto(server.lab_url)
        await expect(page.locator(".tile").first).to_be_visible()
        await page.screenshot(path=pictures / f"{name}-{scheme}.png", full_page=True)
        assert await violations(page) == []
    finally:
        await server.stop()


async def test_the_overview_and_signing_in_without_violations(page: Page, pictures: Path) -> None:
    server = RecordedServer(read("rolling-update"), mode="token")
    shared = {"phase": "Active", "progress": "1/2", "score": 10, "maxScore": 40, "title": {"en": "A lab"}}
    stuck = {"check": "ready", "since": 1_000_000}
    server.rows = [
        {"namespace": name, "name": "scale", **shared, "stuckOn": stuck} for name in ("ann", "bob")
    ]
    await server.start()
    try:
        await page.goto(server.url)
        await expect(page.locator("tbody tr")).to_have_count(2)
        await page.screenshot(path=pictures / "overview.png", full_page=True)
        assert await violations(page) == []
        server.signed_in = False
        await page.reload()
        await expect(page.get_by_label("Kubernetes token")).to_be_visible()
        assert await violations(page) == []
    finally:
        await server.stop()
