"""The lab's side, with a recorded lab: from its start to its debrief, as a browser shows it."""

import pytest
from playwright.async_api import Page, expect

from web.recorded_server import RecordedServer
from web.showing import drawn, opened

pytestmark = pytest.mark.asyncio(loop_scope="session")

#: Changes of the record after which the question, the update, and the debrief stand there.
ASKED, UPDATING = 5, 70


async def test_a_lab_from_its_start_to_its_debrief(page: Page, server: RecordedServer) -> None:
    await page.goto(server.lab_url)
    await expect(page.locator(".phase")).to_have_text("Preparing")
    await expect(page.locator(".lab .notice")).to_contain_text("The workspace is being prepared")
    await server.forward(UPDATING)
    # They are drawn in parts, and for a moment in between two checks fail.
    await drawn(page, UPDATING)
    await expect(page.get_by_role("heading", name="Step 2 of 2: From 0.1 to 0.2")).to_be_visible()
    failing = page.locator(".check.Failing")
    await expect(failing).to_contain_text("Not yet")
    await expect(failing).to_contain_text("status.updatedReplicas is 7, wanted 10")
    await expect(page.locator(".check.Passed").last).to_contain_text("maxUnavailable 1")
    await expect(page.locator(".score")).to_have_text("10 of 40 points")
    await server.forward()
    await expect(page.get_by_role("heading", name="What happened, and why")).to_be_visible()
    await expect(page.locator(".score")).to_have_text("40 of 40 points")
    await expect(page.get_by_role("status").filter(has_text="The lab is completed")).to_have_count(1)


async def test_an_answer_a_hint_and_a_reset_are_sent_and_a_refusal_is_told(
    page: Page, server: RecordedServer
) -> None:
    await server.forward(ASKED)
    await page.goto(server.lab_url)
    await expect(page.locator(".check.Open .word")).to_have_text(["Open", "Open"])
    await page.get_by_label("Your answer").first.fill("8")
    await page.get_by_role("button", name="Answer").first.click()
    await page.get_by_role("button", name="Give me a hint").click()
    await page.get_by_role("button", name="Start over").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("Everything in namespace rolling-update is deleted")
    await expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    await dialog.get_by_role("button", name="Start over").click()
    await expect(dialog).to_have_count(0)
    server.refuses = "You may not reset this lab: ask your teacher."
    await page.get_by_role("button", name="This step again").click()
    await dialog.get_by_role("button", name="This step again").click()
    await expect(page.get_by_role("alert")).to_contain_text(server.refuses)
    assert server.posts == [
        ("answers", {"check": "least", "answer": "8"}),
        ("hints", {"step": "defaults"}),
        ("reset", {}),
        ("restart-step", {}),
    ]


async def test_the_text_changes_its_language_at_the_switch_and_stays_so(
    page: Page, server: RecordedServer
) -> None:
    await opened(page, server, UPDATING)
    await page.get_by_role("button", name="中文").click()
    await expect(page.get_by_role("heading", name="无人察觉的滚动更新")).to_be_visible()
    await expect(page.locator(".check.Failing .word")).to_have_text("尚未")
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    await page.reload()
    await expect(page.get_by_role("heading", name="无人察觉的滚动更新")).to_be_visible()


async def test_each_command_of_a_task_is_copied_with_one_click(page: Page, server: RecordedServer) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await server.forward(UPDATING)
    await page.goto(server.lab_url)
    await page.locator(".step.Open .code .copy").first.click()
    await expect(page.locator(".step.Open .code .copy").first).to_have_text("Copied")
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[0] == "kubectl -n rolling-update rollout status deployment k8s-demo-deployment"


async def test_both_languages_know_the_same_words(page: Page, server: RecordedServer) -> None:
    await page.goto(server.url)
    words = await page.evaluate("import('/static/words.js').then((words) => words.names())")
    assert words["en"] == words["zh"]
