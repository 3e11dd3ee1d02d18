"""What a reflector makes of odd answers; the even ones are tested on a real API server."""

import asyncio
import logging
import time
from pathlib import Path

import pytest
from aiohttp import web

from unit.observe.scripted import PODS, Script, Told, event, gone, observing, page, pod, status, until


async def test_an_error_in_the_watch_says_that_history_is_gone_and_all_is_listed_again(
    tmp_path: Path,
) -> None:
    script = Script(
        lists=[page(pod("old", 1), revision=5), page(pod("new", 7), revision=9)],
        watches=[[event("BOOKMARK", pod("", 6, namespace="")), gone()]],
    )
    told = Told()
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: [one.name for one in observer.select(PODS)] == ["new"])
        await until(lambda: len(script.asked) == 4)
        assert told.changes == ["lab"], "one for both, as they are seen at one moment"
        assert told.synced_labs == ["lab"]
        assert [scope.kind for scope in told.gaps] == ["Pod"]
    assert [asked.get("resourceVersion") for asked in script.asked] == [None, "5", None, "9"]


async def test_a_watch_that_ends_goes_on_from_the_last_event_or_bookmark(tmp_path: Path) -> None:
    elsewhere = event("ADDED", pod("b", 8, namespace="other"))
    bookmark = event("BOOKMARK", pod("", 11, namespace=""))
    script = Script(watches=[[event("ADDED", pod("a", 7))], [elsewhere], [bookmark], []])
    told = Told()
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: len(script.asked) == 5)
        assert told.changes == ["lab"]
        assert told.gaps == []
    assert [asked.get("resourceVersion") for asked in script.asked] == [None, "1", "7", "8", "11"]


async def test_a_line_that_is_cut_or_no_event_loses_nothing(tmp_path: Path) -> None:
    whole = event("ADDED", pod("a", 7))
    script = Script(
        lists=[page(), page(pod("a", 7), pod("b", 8), revision=8)],
        watches=[[whole[:20]], [b"nonsense\n"]],
    )
    told = Told()
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: len(observer.select(PODS)) == 2)
        assert told.changes == ["lab"]


async def test_a_server_that_asks_to_wait_is_given_the_time(tmp_path: Path) -> None:
    script = Script(watches=[status(429, "TooManyRequests", **{"Retry-After": "1"}), []])
    async with observing(script, Told(), tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: len(script.asked) == 2)
        await asyncio.sleep(0.5)
        assert len(script.asked) == 2
        await until(lambda: len(script.asked) == 3)


async def test_a_kind_that_is_refused_is_asked_for_ever_more_seldom_and_the_log_says_it_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "tutoriallab")
    script = Script(lists=[status(403, "Forbidden") for _ in range(12)])
    told = Told()
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: len(script.asked) == 8)
        assert [str(one) for one in observer.waiting_for("lab")] == ["Pod (v1): forbidden"]
        await until(lambda: observer.synced("lab"))
    assert [record.message for record in caplog.records] == [
        "Pod (v1) cannot be watched, trying on: forbidden",
        "Pod (v1) can be watched again",
    ]


async def test_rights_that_are_taken_away_leave_the_lab_waiting_until_they_are_back(tmp_path: Path) -> None:
    script = Script(
        lists=[page(pod("a", 1)), status(403, "Forbidden"), status(403, "Forbidden"), page(pod("a", 1))],
        watches=[[], status(403, "Forbidden"), []],
    )
    told = Told()
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: told.synced_labs == ["lab", "lab"])
        assert told.changes == []


async def test_other_tasks_have_their_turn_while_events_pour_in(tmp_path: Path) -> None:
    flood = b"".join(event("ADDED", pod(f"p{number}", number + 2)) for number in range(3000))
    told = Told(upon=lambda _: time.sleep(0.0002))
    longest, before = 0.0, time.perf_counter()
    async with observing(Script(watches=[[flood]]), told, tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        while len(told.changes) < 3000:
            await asyncio.sleep(0)
            longest, before = max(longest, time.perf_counter() - before), time.perf_counter()
    assert longest < 0.2, "3,000 events take 0.6 s and more"


async def test_an_answer_of_another_program_is_no_reason_to_stop(tmp_path: Path) -> None:
    html = web.Response(text="<html>", content_type="text/html")
    script = Script(lists=[html, web.Response(status=502, text="bad gateway"), page(pod("a", 1))])
    async with observing(script, Told(), tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: observer.synced("lab"))
        assert [one.name for one in observer.select(PODS)] == ["a"]
