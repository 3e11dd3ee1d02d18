"""drawer.js, in the browser: soon when little happens, rarely when drawing takes long, and always the newest in the end."""

from typing import Any

import pytest
from playwright.async_api import Page

from web.recorded_server import RecordedServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

SETUP = """
const { Drawer } = await import("/static/drawer.js");
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const busy = (milliseconds) => { const end = performance.now() + milliseconds; while (performance.now() < end); };
let newest = 0;
let drawn = [];
"""


async def run(page: Page, server: RecordedServer, script: str) -> Any:
    """What a script gives back that knows drawer.js."""
    await page.goto(server.url)
    return await page.evaluate(f"async () => {{ {SETUP} {script} }}")


async def test_what_comes_alone_is_drawn_before_the_next_line_runs(
    page: Page, server: RecordedServer
) -> None:
    drawn = await run(
        page,
        server,
        """
        const drawer = new Drawer(() => drawn.push(newest));
        newest = 1; drawer.want();
        const at_once = [...drawn];
        await pause(500);
        newest = 2; drawer.want();
        return [at_once, drawn];
        """,
    )
    assert drawn == [[1], [1, 2]]


async def test_of_a_burst_the_first_and_the_last_are_drawn(page: Page, server: RecordedServer) -> None:
    drawn = await run(
        page,
        server,
        """
        const drawer = new Drawer(() => drawn.push(newest));
        for (newest = 1; newest <= 100; newest += 1) drawer.want();
        newest = 100;
        await pause(500);
        return drawn;
        """,
    )
    assert drawn == [1, 100]


async def test_what_takes_long_is_drawn_more_rarely_and_still_to_the_end(
    page: Page, server: RecordedServer
) -> None:
    times, last, free = await run(
        page,
        server,
        """
        let worked = 0;
        const drawer = new Drawer(() => { drawn.push(newest); busy(30); worked += 30; });
        const begun = performance.now();
        while (performance.now() - begun < 2000) { newest += 1; drawer.want(); await pause(5); }
        const share = worked / (performance.now() - begun);
        await pause(500);
        return [drawn.length, drawn.at(-1) === newest, share];
        """,
    )
    assert times > 5
    assert last
    # A third of the time, and less where the browser itself takes long.
    assert free < 0.45


async def test_when_it_is_closed_nothing_is_drawn(page: Page, server: RecordedServer) -> None:
    drawn = await run(
        page,
        server,
        """
        const drawer = new Drawer(() => drawn.push(newest));
        drawer.want(); drawer.want();
        drawer.close();
        await pause(300);
        drawer.want();
        return drawn;
        """,
    )
    assert drawn == [0]
