"""record.js, in the browser: any moment can be had again, whatever came in which order."""

from typing import Any

import pytest
from playwright.async_api import Page

from web.recorded_server import RecordedServer

pytestmark = pytest.mark.asyncio(loop_scope="session")

SETUP = """
const { Record } = await import("/static/record.js");
const pod = (uid, phase) => ({ uid, kind: "Pod", name: uid, phase });
const lab = (phase) => ({ name: "a", phase, steps: [] });
const base = { base: true, seq: 1, t: 1000, lab: lab("Active"), put: [pod("a", "Pending")], gone: [] };
const phases = (state) => Object.fromEntries([...state.items.values()].map((one) => [one.uid, one.phase]));
"""


async def run(page: Page, server: RecordedServer, script: str) -> Any:
    """What a script gives back that knows record.js."""
    await page.goto(server.url)
    return await page.evaluate(f"async () => {{ {SETUP} {script} }}")


async def test_any_moment_can_be_had_again(page: Page, server: RecordedServer) -> None:
    seen = await run(
        page,
        server,
        """
        const record = new Record();
        record.take(base);
        for (let n = 1; n <= 350; n += 1) record.take({ seq: n, t: 1000 + n, put: [pod("a", "p" + n), pod("b", "x")], gone: [] });
        record.take({ seq: 351, t: 1351, put: [], gone: ["b"] });
        return [0, 1, 99, 100, 101, 250, 42, 350, 351, 9999].map((position) => phases(record.at(position)));
        """,
    )
    assert [moment["a"] for moment in seen] == [
        "Pending", "p1", "p99", "p100", "p101", "p250", "p42", "p350", "p350", "p350",
    ]  # fmt: skip
    assert ["b" in moment for moment in seen] == [False, *[True] * 7, False, False]


async def test_the_oldest_changes_are_folded_and_positions_stay(page: Page, server: RecordedServer) -> None:
    first, kept, oldest, same, times = await run(
        page,
        server,
        """
        const record = new Record(1000);
        record.take(base);
        for (let n = 1; n <= 5000; n += 1) record.take({ seq: n, t: 1000 + n, put: [pod("a", "p" + n)], gone: [] });
        const positions = [record.first, 4321, 5000];
        return [record.first, record.changes.length, phases(record.at(0)).a,
          positions.map((position) => phases(record.at(position)).a),
          positions.map((position) => record.positionAt(record.timeAt(position)))];
        """,
    )
    assert kept <= 1000
    assert oldest == f"p{first}"
    assert same == [f"p{first}", "p4321", "p5000"]
    assert times == [first, 4321, 5000]


async def test_large_changes_are_folded_sooner(page: Page, server: RecordedServer) -> None:
    kept, size, oldest, newest = await run(
        page,
        server,
        """
        const record = new Record(1000, 50000);
        record.take({ ...base, size: 100 });
        for (let n = 1; n <= 950; n += 1)
          record.take({ seq: n, t: 1000 + n, put: [pod("a", "p" + n)], gone: [], size: 99 + (n % 3) });
        return [record.changes.length, record.size, phases(record.at(0)).a, phases(record.at(950)).a];
        """,
    )
    assert 400 <= kept <= 500
    assert size == sum(99 + number % 3 for number in range(951 - kept, 951))
    assert (oldest, newest) == (f"p{950 - kept}", "p950")


async def test_a_second_base_is_a_change_and_what_is_the_same_stays_the_same(
    page: Page, server: RecordedServer
) -> None:
    seen = await run(
        page,
        server,
        """
        const record = new Record();
        record.take({ ...base, put: [pod("a", "Pending"), pod("b", "Running"), pod("c", "Running")] });
        const before = record.live.items.get("b");
        record.take({ ...base, t: 9000, put: [pod("a", "Running"), pod("b", "Running")] });
        return { now: phases(record.live), then: phases(record.at(0)), last: record.last,
          gap: record.changeTo(1).gap, kept: record.live.items.get("b") === before };
        """,
    )
    assert seen == {
        "now": {"a": "Running", "b": "Running"},
        "then": {"a": "Pending", "b": "Running", "c": "Running"},
        "last": 1,
        "gap": True,
        "kept": True,
    }


async def test_a_clock_that_is_set_back_does_not_turn_time_around(page: Page, server: RecordedServer) -> None:
    times = await run(
        page,
        server,
        """
        const record = new Record();
        record.take(base);
        for (const t of [2000, 1500, 2500]) record.take({ seq: t, t, put: [], gone: [] });
        return [0, 1, 2, 3].map((position) => record.timeAt(position));
        """,
    )
    assert times == [1000, 2000, 2000, 2500]
