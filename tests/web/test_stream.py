"""The stream: resumed where it was, told while it is away, and whoever is not signed in is told how to."""

import pytest
from playwright.async_api import Page, expect

from web.recorded_server import RecordedServer
from web.showing import opened

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_operator_that_restarts_is_told_and_waited_for(page: Page, server: RecordedServer) -> None:
    await opened(page, server, 60)
    await expect(page.locator(".score")).to_have_text("10 of 40 points")
    await server.stop()
    await expect(page.locator(".notice.away")).to_contain_text("The operator is away")
    await server.start()
    await server.forward()
    await expect(page.locator(".score")).to_have_text("40 of 40 points")
    await expect(page.locator(".notice.away")).to_have_count(0)
    assert server.asked_after == ["", str(server.changes[59]["seq"])]


async def test_a_restarted_operator_that_does_not_know_the_lab_yet_takes_nothing_from_the_screen(
    page: Page, server: RecordedServer
) -> None:
    await opened(page, server, 60)
    await expect(page.locator(".score")).to_have_text("10 of 40 points")
    await server.stop()
    server.knows_lab = False
    await server.start()
    # Twice, as a browser gives up after the first.
    for _ in range(2):
        async with page.expect_response(lambda answer: answer.status == 404):
            pass
    await expect(page.locator(".notice.away")).to_contain_text("The operator is away")
    await expect(page.locator(".score")).to_have_text("10 of 40 points")
    server.knows_lab = True
    await server.forward()
    await expect(page.locator(".score")).to_have_text("40 of 40 points")
    assert server.asked_after == ["", str(server.changes[59]["seq"])]


async def test_a_lab_that_stays_unknown_is_told_so_and_comes_once_it_is_there(
    page: Page, server: RecordedServer
) -> None:
    server.knows_lab = False
    await page.goto(server.lab_url)
    await expect(page.get_by_role("alert")).to_have_text("There is no such lab.")
    server.knows_lab = True
    await expect(page.locator(".phase")).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_the_key_of_the_address_is_exchanged_and_cleared(page: Page, server: RecordedServer) -> None:
    server.signed_in = False
    await page.goto(f"{server.url}/#key=s3cret&lab=default/rolling-update")
    await expect(page.locator(".phase")).to_be_visible()
    assert server.posts == [("session", {"key": "s3cret"})]
    assert page.url == server.lab_url


async def test_without_a_session_the_command_is_told(page: Page, server: RecordedServer) -> None:
    server.signed_in = False
    await page.goto(server.lab_url)
    await expect(page.get_by_role("alert")).to_have_text("Nobody is signed in.")
    await expect(page.locator("main code")).to_have_text("kubectl lab page")


async def test_in_a_cluster_a_token_is_asked_for(page: Page, server: RecordedServer) -> None:
    server.signed_in, server.mode = False, "token"
    await page.goto(server.lab_url)
    await page.get_by_label("Kubernetes token").fill("wrong")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_have_text("This key is not the operator's.")
    await page.get_by_label("Kubernetes token").fill("eyJ.right")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.locator(".phase")).to_be_visible()
