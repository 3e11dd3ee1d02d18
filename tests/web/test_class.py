"""The page for many in two real browsers: two learners with tokens of their own, each with a lab called `exam`."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from builders import Json, check, lab, step
from operator_process import eventually
from page_operator import class_at_page
from people import Person, person, role_binding, token_of
from running_cluster import RunningCluster
from samples import deployment, plain
from web.conftest import opened
from world import World

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.integration]

LEARNER = "tutoriallab-learner"
#: Milliseconds within which a right that was taken back is felt: ten seconds for which an answer is good, five of
#: silence in a stream, and a machine that is busy.
SOON = 25_000


@dataclass(frozen=True)
class Class:
    """The page that the chart puts beside the operators, and two learners of two namespaces."""

    world: World
    port: int
    dora: Person
    emil: Person

    def address(self, who: Person | None = None) -> str:
        """Of the page, or of somebody's lab in it."""
        return f"http://127.0.0.1:{self.port}/" + (f"#/{who.namespace}/exam" if who else "")


@pytest.fixture(scope="module")
def school(
    browser: Browser,  # without one, no cluster is started
    running_world: World,
    cluster: RunningCluster,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Class]:
    names = {name: f"school-{name}" for name in ("dora", "emil")}
    folder = tmp_path_factory.mktemp("class")
    with class_at_page(running_world, cluster, folder, names, exam) as (port, learners):
        yield Class(running_world, port, *learners)


def exam(who: Person) -> Json:
    """Somebody's lab, with a question, two hints and two pods."""
    asks = check("which", answer={}, given={}, expect=["answer == 'a'"], says={"en": "Say which"})
    scaled = check("scaled", expect=["web.spec.replicas == 3"], says={"en": "Three of them run"})
    first = step("first", asks, scaled, hints=[{"en": "Look"}, {"en": "Look closer"}])
    title = {"en": f"The exam of {who.name}"}
    return plain(lab("exam", first, namespace=who.namespace, title=title, provision=[deployment("web", 2)]))


@pytest_asyncio.fixture(loop_scope="session")
async def pages(browser: Browser) -> AsyncIterator[tuple[Page, Page]]:
    """Two browsers that know nothing of each other."""
    async with opened(browser) as one, opened(browser) as other:
        yield one, other


async def sign_in(page: Page, token: str) -> None:
    """As the form asks for it."""
    await page.get_by_label("Kubernetes token").fill(token)
    await page.get_by_role("button", name="Sign in").click()


async def shows(page: Page, who: Person) -> None:
    """Wait until their lab is there, with its pods."""
    await expect(page.get_by_role("heading", name=f"The exam of {who.name}")).to_be_visible()
    await expect(page.locator(".tile.ready")).to_have_count(2)


async def test_each_signs_in_with_their_token_and_sees_their_lab_and_no_other(
    pages: tuple[Page, Page], school: Class, pictures: Path
) -> None:
    dora, emil = pages
    await dora.goto(school.address())
    await sign_in(dora, "nonsense")
    await expect(dora.get_by_role("alert")).to_contain_text("The cluster does not know this token")
    await dora.screenshot(path=pictures / "class-wrong-token.png")
    for page, mine in ((dora, school.dora), (emil, school.emil)):
        await page.goto(school.address())
        await sign_in(page, token_of(mine))
        await expect(page.locator(".me")).to_have_text(f"system:serviceaccount:{mine.namespace}:{mine.name}")
        await expect(page.locator("tbody tr")).to_have_count(1)
        await expect(page.get_by_role("alert")).to_have_count(0)
        await page.screenshot(path=pictures / f"class-{mine.name}.png")
        await page.get_by_role("link", name=f"The exam of {mine.name}").click()
        await shows(page, mine)

    # Typed by hand, into the page that is open and into a new one.
    await dora.goto(school.address(school.emil))
    await not_shown(dora, school.emil)
    await dora.reload()
    await not_shown(dora, school.emil)
    await dora.screenshot(path=pictures / "class-not-shown.png")
    await dora.get_by_role("link", name="All labs").last.click()
    await expect(dora.locator("tbody tr")).to_have_count(1)


async def test_what_one_does_is_seen_by_them_and_leaves_the_other_lab_as_it_was(
    pages: tuple[Page, Page], school: Class, pictures: Path
) -> None:
    dora, emil = pages
    for page, mine in ((dora, school.dora), (emil, school.emil)):
        await page.goto(school.address(mine))
        await sign_in(page, token_of(mine))
        await shows(page, mine)
    before = school.world.get("lab", "exam", school.emil.namespace)["spec"]

    await dora.get_by_label("Your answer").fill("a")
    await dora.get_by_role("button", name="Answer", exact=True).click()
    await expect(dora.locator(".check.Passed")).to_contain_text("Say which")
    await dora.get_by_role("button", name="Give me a hint").click()
    await expect(dora.locator(".hints li")).to_have_text(["Look"])
    await dora.screenshot(path=pictures / "class-answered.png")

    await expect(emil.locator(".check.Passed")).to_have_count(0)
    await expect(emil.locator(".hints li")).to_have_count(0)
    await expect(emil.get_by_label("Your answer")).to_have_value("")
    after = school.world.get("lab", "exam", school.emil.namespace)
    assert after["spec"] == before
    assert after["status"]["steps"][0]["state"] == "Open"


async def test_who_signs_out_is_out_in_all_windows_and_may_come_in_again(
    page: Page, school: Class, pictures: Path
) -> None:
    await page.goto(school.address(school.dora))
    await sign_in(page, token_of(school.dora))
    await shows(page, school.dora)
    async with page.expect_popup() as opening:
        await page.evaluate("() => { window.open(location.href); }")
    other = await opening.value
    await shows(other, school.dora)

    await page.get_by_role("button", name="Sign out").click()

    for window in (page, other):
        await expect(window.get_by_label("Kubernetes token")).to_be_visible()
        await expect(window.locator(".me")).to_have_count(0)
        await expect(window.get_by_text(f"The exam of {school.dora.name}")).to_have_count(0)
    await page.screenshot(path=pictures / "class-signed-out.png")
    assert await page.context.cookies() == []
    await sign_in(page, token_of(school.dora))
    await shows(page, school.dora)


async def test_whose_right_is_taken_back_while_looking_is_told_and_keeps_nothing_on_the_screen(
    page: Page, school: Class, cluster: RunningCluster, tmp_path: Path, pictures: Path
) -> None:
    guest = person(cluster, tmp_path, school.emil.namespace, "guest")
    binding = role_binding("guests", LEARNER, guest.namespace, guest.subject)
    school.world.apply(binding)
    right = ("get", "tutoriallabs.tutoriallab.dev", guest.namespace)
    await asyncio.to_thread(eventually, lambda: guest.may(*right), "the guest may look")
    await page.goto(school.address(school.emil))
    await sign_in(page, token_of(guest))
    await shows(page, school.emil)
    await page.locator(".tile.ready").first.click()
    await expect(page.get_by_role("dialog")).to_contain_text("nodeName")

    await asyncio.to_thread(school.world.kubectl, "delete", "rolebinding", "guests", "-n", guest.namespace)
    await not_shown(page, school.emil, within=SOON)
    await page.screenshot(path=pictures / "class-taken-back.png")
    await page.get_by_role("link", name="All labs").last.click()
    await expect(page.locator("main")).to_contain_text("There are no labs that you may see.")

    # Given back: nobody has to load the page anew.
    await page.goto(school.address(school.emil))
    await not_shown(page, school.emil)
    school.world.apply(binding)
    await expect(page.get_by_role("heading", name="The exam of emil")).to_be_visible(timeout=2 * SOON)
    await expect(page.get_by_role("alert")).to_have_count(0)


async def not_shown(page: Page, who: Person, within: float = 20_000) -> None:
    """Somebody's lab is refused by its name, and nothing of it stands on the page."""
    sentence = f"There is no lab exam in namespace {who.namespace} that you may see: kubectl get labs -A"
    await expect(page.get_by_role("alert")).to_have_text(sentence, timeout=within)
    await expect(page).to_have_title("tutoriallab")
    text = await page.locator("body").inner_text()
    for of_the_lab in (f"The exam of {who.name}", "Say which", "web-", "nodeName"):
        assert of_the_lab not in text
    await expect(page.locator(".tile, .step, .lab, dialog")).to_have_count(0)
