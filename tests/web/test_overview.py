"""All labs, in a browser: who is stuck on what for how long, sorted, filtered, and as CSV."""

import csv
import io
import time
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from web.recorded_server import RecordedServer

pytestmark = pytest.mark.asyncio(loop_scope="session")


def row(learner: str, lab: str, stuck: tuple[str, int] | None = None, **more: object) -> dict[str, object]:
    """A learner's lab; stuck on a check for so many seconds."""
    on = {"check": stuck[0], "since": int((time.time() - stuck[1]) * 1000)} if stuck else None
    done = {"phase": "Active", "progress": "1/3", "score": 10, "maxScore": 40, "step": "grow", "stuckOn": on}
    return {"namespace": learner, "name": lab, "title": {"en": f"Lab {lab}"}, **done, **more}


def rows() -> list[dict[str, object]]:
    """Four learners: two are stuck on the same check, one is done."""
    return [
        row("ann", "scale", ("replicas", 40)),
        row("bob", "scale", ("replicas", 700)),
        row("eve", "=2+3", phase="Completed", progress="3/3", score=40),
        row("joe", "taints", ("tolerated", 90)),
    ]


async def test_who_is_stuck_longest_comes_first_and_columns_sort(page: Page, server: RecordedServer) -> None:
    server.rows = rows()
    await page.goto(server.url)
    first = page.locator("tbody tr").first
    await expect(first).to_contain_text("bob")
    await expect(first).to_contain_text("11 min")
    await page.get_by_role("button", name="Learner").click()
    await expect(first).to_contain_text("ann")
    await page.get_by_role("button", name="Learner").click()
    await expect(first).to_contain_text("joe")
    await expect(page.get_by_role("columnheader", name="Learner")).to_have_attribute(
        "aria-sort", "descending"
    )


async def test_the_check_that_most_fail_leads_to_its_learners(page: Page, server: RecordedServer) -> None:
    server.rows = rows()
    await page.goto(server.url)
    await page.get_by_role("button", name="scale / replicas 2").click()
    await expect(page.locator("tbody tr")).to_have_count(2)
    await page.get_by_label("Filter").fill("nobody")
    await expect(page.get_by_role("status").filter(has_text="No lab matches “nobody”.")).to_be_visible()


async def test_csv_has_what_is_shown_and_no_formulas(
    page: Page, server: RecordedServer, tmp_path: Path
) -> None:
    server.rows = rows()
    await page.goto(server.url)
    await page.get_by_label("Filter").fill("completed")
    async with page.expect_download() as saving:
        await page.get_by_role("button", name="Save as CSV").click()
    saved = tmp_path / "labs.csv"
    await (await saving.value).save_as(saved)
    saved_rows = list(csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    assert [(one["namespace"], one["lab"], one["score"]) for one in saved_rows] == [("eve", "'=2+3", "40")]


async def test_a_row_leads_to_its_lab(page: Page, server: RecordedServer) -> None:
    server.rows = [row("default", "rolling-update")]
    await page.goto(server.url)
    await page.get_by_role("link", name="Lab rolling-update").click()
    await expect(page.get_by_role("heading", name="A rolling update that nobody notices")).to_be_visible()


async def test_without_labs_the_way_to_one_is_told(page: Page, server: RecordedServer) -> None:
    await page.goto(server.url)
    await expect(page.locator("main")).to_contain_text("kubectl lab start NAME")
