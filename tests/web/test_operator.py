"""The page of a real operator on a real control plane, in a real browser: as a learner has it."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from playwright.async_api import Page, expect

from page_operator import with_page
from tutoriallab.web.key import found, ticket
from world import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.integration]

LAB = Path(__file__).parents[2] / "labs" / "deployments" / "rolling-update" / "lab.yaml"


@dataclass(frozen=True)
class Served:
    """An operator with a page, at work on the lab rolling-update."""

    world: World
    port: int
    key_file: Path

    def address(self) -> str:
        """As `kubectl lab page` opens it."""
        return f"http://127.0.0.1:{self.port}/#key={ticket(found(self.key_file), time.time())}"


@pytest.fixture(scope="module")
def served(running_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    key_file, viewer = tmp_path_factory.mktemp("page") / "page.key", running_world.cluster.kubeconfig
    with with_page(running_world.operator, KEY_FILE=str(key_file), KUBECONFIG=str(viewer)) as port:
        running_world.apply(yaml.safe_load(LAB.read_text(encoding="utf-8")))
        running_world.until_phase("rolling-update", "Active", timeout=60)
        try:
            yield Served(running_world, port, key_file)
        finally:
            running_world.delete_lab("rolling-update")


async def test_a_lab_from_its_start_to_its_debrief_over_a_restart_of_the_operator(
    page: Page, served: Served, pictures: Path
) -> None:
    kubectl = served.world.kubectl
    page.set_default_timeout(60_000)
    await page.goto(served.address())
    await page.get_by_role("link", name="A rolling update that nobody notices").click()
    await expect(page.locator(".tile.ready")).to_have_count(10)
    await page.get_by_role("button", name="Give me a hint").click()
    await expect(page.locator(".step.Open .hints li")).to_have_count(1)

    await asyncio.to_thread(served.world.operator.stop)
    await expect(page.locator(".notice.away")).to_contain_text("The operator is away")
    await asyncio.to_thread(served.world.operator.start)
    await expect(page.locator(".notice.away")).to_have_count(0, timeout=60_000)
    await expect(page.locator(".step.Open .hints li")).to_have_count(1)
    await answer(page, "8", "13")
    await expect(page.get_by_role("heading", name="Step 2 of 2")).to_be_visible()

    rules = '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1,"maxSurge":1}}}}'
    web = ("-n", "rolling-update", "deployment/k8s-demo-deployment")
    await asyncio.to_thread(kubectl, "patch", *web, "-p", rules)
    await expect(page.locator(".check.Passed").filter(has_text="maxUnavailable")).to_be_visible()
    await asyncio.to_thread(kubectl, "set", "image", *web, "k8s-demo-pod=nginx:1.17.4-alpine")
    await expect(page.get_by_role("region", name="ReplicaSet")).to_have_count(2)
    await page.screenshot(path=pictures / "rolling-update.png")
    await expect(page.get_by_role("heading", name="What happened, and why")).to_be_visible(timeout=120_000)
    await expect(page.locator(".score")).to_have_text("40 of 40 points")
    await expect(page.locator(".tile.ready")).to_have_count(10)
    await page.screenshot(path=pictures / "rolling-update-done.png")

    slider = page.get_by_role("slider")
    await slider.focus()
    await page.keyboard.press("Home")
    await expect(page.locator(".score")).to_have_text("0 of 40 points")
    await expect(page.locator(".notice.past")).to_be_visible()


async def test_a_ticket_opens_the_page_once(page: Page, served: Served) -> None:
    address = served.address()
    await page.goto(address)
    await expect(page.locator("h1")).to_have_text("Labs")
    await page.context.clear_cookies()
    await page.goto("about:blank")
    await page.goto(address)
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.locator("main code")).to_have_text("kubectl lab page")


async def answer(page: Page, *answers: str) -> None:
    """The open step's questions, in their order."""
    for number, text in enumerate(answers):
        form = page.locator("form.answer").nth(number)
        await form.get_by_label("Your answer").fill(text)
        await form.get_by_role("button").click()
