"""The cluster's side, in a browser: what stands where, what is lit and marked, what a click and the arrows do."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from web.recorded_server import RecordedServer
from web.worlds import crowd, pod, record, small

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[RecordedServer]:
    """A small cluster with a pod that no node takes."""
    made = RecordedServer(record(small()))
    await made.start()
    yield made
    await made.stop()


async def test_pods_stand_in_their_nodes_and_those_without_stand_beside_their_reason(
    page: Page, server: RecordedServer
) -> None:
    await page.goto(server.lab_url)
    await expect(page.get_by_role("region", name="worker1").locator(".tile")).to_have_count(1)
    lane = page.get_by_role("region", name="On no node")
    await expect(lane).to_contain_text("2 Insufficient cpu")
    await expect(lane.get_by_role("button", name="Pod web-1-c, waiting, Pending")).to_be_visible()
    leased = page.get_by_role("region", name="worker2")
    await expect(leased).to_contain_text("node1")
    await expect(leased).to_contain_text("cordoned")
    await expect(leased).to_contain_text("gpu=true:NoSchedule")
    await expect(page.get_by_role("region", name="worker1")).to_contain_text("disktype=ssd")
    names = await page.locator(".node-name").all_inner_texts()
    assert [name.strip() for name in names] == ["worker2", "worker1", "control"]
    await expect(page.get_by_role("meter", name="CPU").first).to_have_attribute("aria-valuenow", "100")


async def test_what_checks_look_at_is_lit_and_what_the_diagnosis_names_is_marked(
    page: Page, server: RecordedServer
) -> None:
    await page.goto(server.lab_url)
    await expect(page.locator(".tile.lit")).to_have_count(3)
    await expect(page.locator(".tile.marked")).to_have_attribute("data-uid", "web-1-c")
    await expect(page.locator(".look code")).to_have_text("kubectl describe pod -n web web-1-c")


async def test_lines_lead_from_a_service_to_its_ready_endpoints(page: Page, server: RecordedServer) -> None:
    await page.goto(server.lab_url)
    await expect(page.get_by_role("button", name="Service front")).to_contain_text("2 ready, 1 not ready")
    await expect(page.locator(".lines path")).to_have_count(2)
    await server.say(
        {"put": [next(one for one in small() if one["uid"] == "front") | {"endpoints": []}], "gone": []}
    )
    await expect(page.locator(".lines path")).to_have_count(0)
    await expect(page.get_by_role("button", name="Service front")).to_contain_text("no ready endpoint")


async def test_a_click_opens_an_object_and_escape_leads_back(page: Page, server: RecordedServer) -> None:
    await page.goto(server.lab_url)
    tile = page.get_by_role("button", name="Pod web-1-a")
    await tile.click()
    sheet = page.get_by_role("dialog")
    await expect(sheet).to_contain_text("uid: web-1-a")
    await expect(sheet).to_contain_text("Unhealthy")
    await expect(sheet.locator(".facts-list")).to_contain_text("ReplicaSet web-1")
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await expect(tile).to_be_focused()


async def test_tiles_are_one_stop_of_the_tab_key_and_arrows_lead_between_them(
    page: Page, server: RecordedServer
) -> None:
    await page.goto(server.lab_url)
    await expect(page.locator(".tile[tabindex='0']")).to_have_count(1)
    await page.locator(".tile[tabindex='0']").focus()
    order = []
    for key in ("Home", "ArrowRight", "ArrowRight", "ArrowRight", "Home"):
        await page.keyboard.press(key)
        order.append(await page.evaluate("document.activeElement.dataset.uid"))
    assert order == ["web-1-c", "web-1-b", "web-1-a", "web-1-a", "web-1-c"]
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_contain_text("web-1-c")


async def test_by_owner_pods_stand_below_their_replica_set(page: Page, server: RecordedServer) -> None:
    await page.goto(server.lab_url)
    await page.get_by_role("button", name="By owner").click()
    tree = page.get_by_role("region", name="ReplicaSet web-1")
    await expect(tree.locator(".tile")).to_have_count(3)
    await expect(page.get_by_role("region", name="Deployment web")).to_contain_text("2/3 ready")


async def test_a_pod_that_moves_is_animated_unless_motion_is_unwanted(
    page: Page, server: RecordedServer
) -> None:
    moved = {"put": [pod("web-1-a", node="worker2")], "gone": []}
    count = "() => document.querySelector('[data-uid=web-1-a]').getAnimations().length"
    await page.goto(server.lab_url)
    await expect(page.locator(".tile")).to_have_count(3)
    await page.evaluate(
        "() => { const old = Element.prototype.animate; window.moves = 0;"
        " Element.prototype.animate = function (...all) { window.moves += 1; return old.apply(this, all); }; }"
    )
    await server.say(moved)
    await page.wait_for_function("() => window.moves > 0")
    await page.emulate_media(reduced_motion="reduce")
    before = await page.evaluate("window.moves")
    await server.say({"put": [pod("web-1-a", node="worker1")], "gone": []})
    await expect(page.get_by_role("region", name="worker1").locator(".tile")).to_have_count(1)
    assert await page.evaluate("window.moves") == before
    assert await page.evaluate(count) == 0


async def test_tiles_are_measured_only_when_something_may_have_moved(page: Page) -> None:
    server = RecordedServer(record(crowd(5, nodes=2)))
    await server.start()
    try:
        await page.goto(server.lab_url)
        await expect(page.locator(".tile")).to_have_count(5)
        await page.evaluate(
            "() => { window.measured = 0; const of = HTMLElement.prototype;"
            " const { get } = Object.getOwnPropertyDescriptor(of, 'offsetLeft');"
            " Object.defineProperty(of, 'offsetLeft', { get() { window.measured += 1; return get.call(this); } }); }"
        )
        here = {"node": "worker00", "owner": "web-1"}
        broken: dict[str, Any] = {"phase": "CrashLoopBackOff", "state": "failing", "reason": "back-off"}
        await server.say({"put": [pod("web-1-00000", **here, **broken)], "gone": []})
        await expect(page.locator(".tile.failing")).to_have_count(1)
        assert await page.evaluate("window.measured") == 0
        await server.say({"put": [pod("web-1-00000", **{**here, "node": "worker01"}, **broken)], "gone": []})
        await expect(page.get_by_role("region", name="worker01").locator(".failing")).to_have_count(1)
        assert await page.evaluate("window.measured") == 10
    finally:
        await server.stop()


async def test_of_500_pods_only_those_that_change_are_drawn_anew(page: Page) -> None:
    server = RecordedServer(record(crowd(500)))
    await server.start()
    try:
        await page.goto(server.lab_url)
        await expect(page.locator(".tile")).to_have_count(500)
        await page.evaluate(
            "() => { window.touched = new Set(); new MutationObserver((all) => { for (const one of all) {"
            " const tile = one.target.closest?.('.tile'); if (tile) window.touched.add(tile.dataset.uid); } })"
            ".observe(document.querySelector('.map'), { subtree: true, attributes: true, childList: true }); }"
        )
        changed = [f"web-1-{n:05}" for n in range(20)]
        broken: dict[str, Any] = {"phase": "CrashLoopBackOff", "state": "failing", "ready": False}
        for n, name in enumerate(changed):
            await server.say({"put": [pod(name, f"worker{n % 10:02}", **broken)], "gone": []})
            await expect(page.locator(f"[data-uid='{name}']")).to_have_attribute("class", "tile pod failing")
        touched = await page.evaluate("[...window.touched]")
        assert set(touched) == set(changed)
    finally:
        await server.stop()
