"""A lab whose texts try script, markup and huge words: all of it is text, and nothing leaves its place."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from web.recorded_server import RecordedServer
from web.worlds import lab, node, pod, record, service

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCRIPT = "<img src=x onerror='window.struck = 1'><script>window.struck = 1</script>"
HUGE = "W" * 400
NASTY = f"{SCRIPT} {HUGE} `{SCRIPT}` **{SCRIPT}** \u202edrawkcab"


@pytest.mark.parametrize("width", [360, 1280])
async def test_texts_that_try_script_markup_and_huge_words_are_shown_as_text(page: Page, width: int) -> None:
    step = lab()["steps"][0]
    check = {**step["checks"][0], "says": {"en": NASTY}, "message": f"{NASTY} Look: kubectl {NASTY}"}
    asked = {**check, "name": "asked", "answer": {"choices": [NASTY, "b"], "given": NASTY}}
    given: dict[str, Any] = {
        "title": {"en": NASTY},
        "summary": {"en": NASTY},
        "workspace": HUGE,
        "problem": NASTY,
        "steps": [{**step, "title": {"en": NASTY}, "checks": [check, asked]}],
    }
    items = [
        node("worker1", labels={"x": HUGE}, taints=[f"{SCRIPT}={HUGE}:NoSchedule"], leasedBy=NASTY),
        pod("web-1-a", owner="", reason=NASTY, phase=NASTY, state="failing"),
        pod(HUGE, node="", owner="", reason=NASTY),
        service(NASTY, ["web-1-a"], ports=[NASTY]),
    ]
    server = RecordedServer(record(items, **given))
    await server.start()
    try:
        await page.set_viewport_size({"width": width, "height": 800})
        await page.goto(server.lab_url)
        await expect(page.locator("h1")).to_contain_text("<script>window.struck = 1</script>")
        await page.locator(".tile").first.click()
        await expect(page.get_by_role("dialog")).to_contain_text("onerror=")
        await page.keyboard.press("Escape")
        assert await page.evaluate("window.struck") is None
        assert await page.evaluate("document.querySelectorAll('main img, main script').length") == 0
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        await server.stop()


async def test_html_that_the_server_would_let_through_still_runs_no_script(
    browser: Browser, server: RecordedServer
) -> None:
    """The policy is the second lock: should raw HTML ever get into a task, its handlers are not run."""
    lab = server.changes[4]["lab"]
    lab["steps"][0]["task"] = {"en": "<p id='there'>There</p><img src='/x' onerror='window.struck = 1'>"}
    await server.forward(5)
    blocked: list[str] = []
    watched = await browser.new_page()
    try:
        watched.on("console", lambda message: blocked.append(message.text))
        await watched.goto(server.lab_url)
        await expect(watched.locator("#there")).to_be_visible()
        await watched.wait_for_timeout(500)
        assert any("Content Security Policy" in text for text in blocked)
        assert await watched.evaluate("window.struck") is None
    finally:
        await watched.close()
