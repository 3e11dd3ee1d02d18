"""Time, in a browser: back to any moment of a recorded rollout and to now, what the chart knows, and replays."""

import json
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tutoriallab.web.replay import document
from web.recorded_server import STATIC, RecordedServer, read
from web.showing import SLIDER, drawn, opened

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_moment_of_the_past_shows_its_pods_and_verdicts_and_live_leads_back(
    page: Page, server: RecordedServer
) -> None:
    await server.forward()
    await page.goto(server.lab_url)
    await expect(page.locator(".score")).to_have_text("40 of 40 points")
    slider = page.get_by_role("slider", name=SLIDER)
    await slider.focus()
    await page.keyboard.press("Home")
    await expect(page.locator(".phase").first).to_have_text("Preparing")
    await expect(page.locator(".notice.past")).to_contain_text("not now")
    await expect(page.get_by_role("button", name="Start over")).to_have_count(0)
    for _ in range(8):
        await page.keyboard.press("ArrowRight")
    await expect(slider).to_have_attribute("aria-valuenow", "8")
    await expect(page.locator(".check.Failing")).to_have_count(2)
    await page.get_by_role("button", name="Change before").click()
    await expect(slider).to_have_attribute("aria-valuenow", "7")
    await page.locator(".notice.past").get_by_role("button", name="Back to live").click()
    await expect(page.locator(".score")).to_have_text("40 of 40 points")


async def test_what_comes_while_one_looks_back_does_not_move_the_moment(
    page: Page, server: RecordedServer
) -> None:
    await opened(page, server, 30)
    slider = page.get_by_role("slider", name=SLIDER)
    await slider.focus()
    await page.keyboard.press("PageDown")
    await expect(slider).to_have_attribute("aria-valuenow", "20")
    await server.forward()
    await drawn(page, 98)
    await expect(slider).to_have_attribute("aria-valuenow", "20")
    await expect(page.locator(".score")).to_have_text("10 of 40 points")


async def test_a_slider_that_is_drawn_alone_shows_what_all_else_shows(
    page: Page, server: RecordedServer
) -> None:
    # The page is not drawn anew for the second that it tells.
    await page.add_init_script("window.setInterval = () => 0")
    await opened(page, server, 10)
    slider = page.get_by_role("slider", name=SLIDER)
    # One more change is drawn, and nothing after it: its frame never ends.
    await page.evaluate("""() => {
        const slider = document.querySelector("[role=slider]");
        const frame = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = (then) =>
            slider.getAttribute("aria-valuemax") === "11" ? 0 : frame(then);
    }""")
    await server.forward(1)
    await drawn(page, 11)
    await server.forward(10)
    await page.wait_for_timeout(300)
    chart = slider.locator("svg")
    before = await chart.get_attribute("width")
    assert before
    await page.set_viewport_size({"width": 700, "height": 800})
    await expect(chart).not_to_have_attribute("width", before)
    await expect(slider).to_have_attribute("aria-valuenow", "11")
    await drawn(page, 11)


async def test_it_plays_to_its_end_and_a_verdict_leads_to_its_moment(
    page: Page, server: RecordedServer
) -> None:
    await server.forward()
    await page.goto(server.lab_url)
    await page.get_by_label("Speed").select_option("8")
    slider = page.get_by_role("slider", name=SLIDER)
    await slider.focus()
    await page.keyboard.press("Home")
    await page.get_by_role("button", name="Play").click()
    await expect(page.locator(".moment")).to_have_text("Live", timeout=60_000)
    await page.locator(".turns summary").click()
    await page.locator(".turns button").filter(has_text="From 0.1 to 0.2").click()
    await expect(slider).to_have_attribute("aria-valuenow", "97")


async def test_a_replay_plays_from_a_file_and_asks_nobody(page: Page, tmp_path: Path, pictures: Path) -> None:
    file = tmp_path / "lab.html"
    file.write_text(document(json.dumps(read("rolling-update")).encode(), "A replay"), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    await page.goto(file.as_uri())
    await expect(page.locator(".notice").first).to_contain_text("A recording of")
    slider = page.get_by_role("slider", name=SLIDER)
    await slider.focus()
    for _ in range(6):
        await page.keyboard.press("PageUp")
    await expect(page.locator(".check.Failing")).to_contain_text("wanted 10")
    await page.screenshot(path=pictures / "replay.png")
    await page.keyboard.press("End")
    await expect(page.locator(".score")).to_have_text("40 of 40 points")
    await page.locator(".tile").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("moment of the past")
    assert set(asked) <= {"file", "data"}


async def test_the_replay_in_the_docs_plays(page: Page) -> None:
    await page.goto((STATIC.parents[3] / "docs" / "rolling-update.html").as_uri())
    await page.get_by_role("slider", name=SLIDER).focus()
    await page.keyboard.press("End")
    await expect(page.locator(".score")).to_have_text("40 of 40 points")


SERIES = """
const { Record } = await import("/static/record.js");
const { Series, deployments, columnsOf, counted } = await import("/static/series.js");
const record = Record.from(given);
const of = deployments(record)[0].uid;
const series = new Series(record, of).advance();
"""


async def test_the_chart_shows_that_a_rollout_kept_its_limits(page: Page, server: RecordedServer) -> None:
    """The recorded learner set maxSurge 1 and maxUnavailable 1: of 10 pods 9 stay, and there are 11 at most."""
    await page.goto(server.url)
    seen = await page.evaluate(
        f"""async (given) => {{ {SERIES}
        const update = series.turns.find((turn) => turn.what === "update/strategy" && turn.verdict === "Passed");
        const points = series.points.filter((point) => point.position > update.position + 2);
        return {{ most: Math.max(...points.map(counted)), least: Math.min(...points.map((point) => point.available)),
          atMost: points.at(-1).atMost, atLeast: points.at(-1).atLeast, desired: points.at(-1).desired,
          passed: series.turns.filter((turn) => turn.step).map((turn) => turn.what) }}; }}""",
        read("rolling-update"),
    )
    assert seen == {
        "most": 11,
        "least": 9,
        "atMost": 11,
        "atLeast": 9,
        "desired": 10,
        "passed": ["defaults", "update"],
    }


async def test_a_limit_that_was_broken_for_a_moment_shows_in_a_narrow_chart(
    page: Page, server: RecordedServer
) -> None:
    await page.goto(server.url)
    bottoms = await page.evaluate(
        """async () => {
        const { columnsOf } = await import("/static/series.js");
        const point = (t, available) => ({ t, available, ready: available, running: 0, waiting: 0, failing: 0, ending: 0 });
        const points = [point(0, 10), point(500, 10), point(501, 7), point(502, 10), point(1000, 10)];
        return columnsOf(points, 0, 1000, 10).map((column) => column.bottom); }"""
    )
    assert min(bottoms) == 7
