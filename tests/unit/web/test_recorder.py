"""Records grow without getting in the way. Labs without a workspace need no cluster; with one: tests/integration."""

import asyncio
from typing import Any, cast

import pytest

from builders import lab, step
from pages import progress, status
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.web.recorder import GATHER, Recorder

Json = dict[str, Any]


@pytest.fixture
def recorder() -> Recorder:
    nothing = cast("Session", None)
    return Recorder(nothing, Resources(nothing))


def body(name: str = "demo", uid: str = "u", generation: int = 1, **changes: Any) -> Json:
    made = lab(name, step("first"), **changes) | {"status": status(progress("first"))}
    made["metadata"] |= {"uid": uid, "generation": generation}
    return made


def recorded(recorder: Recorder) -> int:
    return sum(recorder.record(one.namespace, one.name) is not None for one in recorder.labs())


async def test_labs_that_change_at_once_are_looked_at_one_by_one_and_all_of_them(recorder: Recorder) -> None:
    for number in range(50):
        recorder.lab_changed(body(f"lab-{number}"))

    seen = {0}
    async with asyncio.timeout(10):
        while recorded(recorder) < 50:
            await asyncio.sleep(0)
            seen.add(recorded(recorder))

    # Others had a turn in between, each time.
    assert seen == set(range(51))


async def test_a_burst_of_changes_is_one(recorder: Recorder) -> None:
    recorder.lab_changed(body())
    await asyncio.sleep(3 * GATHER)
    record = recorder.record("default", "demo")
    assert record is not None
    for number in range(20):
        recorder.lab_changed(body() | {"status": status(progress("first"), next=str(number))})
    await asyncio.sleep(3 * GATHER)

    assert (len(record), record.lab["next"]) == (1, "19")


async def test_a_changed_spec_is_read_anew_and_a_written_status_leaves_it(recorder: Recorder) -> None:
    recorder.lab_changed(body(title={"en": "One"}))
    before = recorder.find("default", "demo")
    recorder.lab_changed(body(title={"en": "One"}) | {"status": status(progress("first", "Passed"))})
    after = recorder.find("default", "demo")
    assert before is not None
    assert after is not None
    assert after.spec is before.spec
    assert after.status.progress == "1/1"

    recorder.lab_changed(body(title={"en": "Two"}, generation=2))
    changed = recorder.find("default", "demo")
    assert changed is not None
    assert changed.spec is not None
    assert changed.spec.title == {"en": "Two"}


async def test_a_lab_that_is_gone_is_forgotten_but_not_for_an_older_one_of_its_name(
    recorder: Recorder,
) -> None:
    recorder.lab_changed(body())
    recorder.lab_changed(body(uid="newer"))
    recorder.lab_gone("default", "demo", "u")
    assert [one.name for one in recorder.labs()] == ["demo"]

    recorder.lab_gone("default", "demo", "newer")
    await asyncio.sleep(3 * GATHER)
    assert list(recorder.labs()) == []
    assert recorder.record("default", "demo") is None


async def test_whoever_waits_for_news_of_a_lab_that_is_gone_does_not_wait(recorder: Recorder) -> None:
    recorder.lab_changed(body())
    news = recorder.news("default", "demo")
    recorder.lab_gone("default", "demo", "u")

    assert news.is_set()
    assert recorder.news("default", "demo").is_set()


async def test_when_it_closes_nothing_is_due_any_more(recorder: Recorder) -> None:
    recorder.lab_changed(body())
    await recorder.close()
    await asyncio.sleep(3 * GATHER)

    assert list(recorder.labs()) == []
