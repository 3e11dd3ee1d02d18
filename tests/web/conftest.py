"""One browser for all tests of the page, each test with a server and a page of its own."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Page, async_playwright, expect

from in_ci import fail_in_ci_else_skip
from web.recorded_server import RecordedServer, read

#: Where screenshots of a run are kept.
PICTURES = Path(__file__).parents[2] / "build" / "web"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium: nothing is downloaded."""
    program = shutil.which("chromium")
    if program is None:
        fail_in_ci_else_skip("there is no chromium on the PATH (Debian: apt-get install chromium)")
    # Somebody else may be busy on this machine: what is slow is not broken.
    expect.set_options(timeout=20_000)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=program)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[RecordedServer]:
    """The recorded lab rolling-update, at its first moment."""
    made = RecordedServer(read("rolling-update"))
    await made.start()
    yield made
    await made.stop()


@asynccontextmanager
async def opened(browser: Browser) -> AsyncIterator[Page]:
    """A page with cookies of its own that must not complain: a script's error, and what the policy blocks, fail the test."""
    made = await browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A refused or lost request is the server's word, not the page's fault.
        if (
            message.type == "error"
            and "Failed to load resource" not in message.text
            and "net::" not in message.text
        ):
            complaints.append(message.text)

    def broken(error: Error) -> None:
        complaints.append(str(error))

    made.on("console", heard)
    made.on("pageerror", broken)
    made.set_default_timeout(30_000)
    yield made
    await made.close()
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page that must not complain."""
    async with opened(browser) as made:
        yield made


@pytest.fixture
def pictures() -> Path:
    """The folder for screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
