"""What a browser test waits for before it looks: the page draws what comes in parts."""

from playwright.async_api import Page, expect

from web.recorded_server import RecordedServer

SLIDER = "Pods over time"


async def drawn(page: Page, changes: int) -> None:
    """Wait until so many changes of the record, and no more, are drawn."""
    await expect(page.get_by_role("slider", name=SLIDER)).to_have_attribute("aria-valuemax", str(changes))


async def opened(page: Page, server: RecordedServer, changes: int) -> None:
    """The page of a lab after its first so many changes."""
    await server.forward(changes)
    await page.goto(server.lab_url)
    await drawn(page, changes)
