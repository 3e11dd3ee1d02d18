"""Who is told what and when, and which reflectors run for it."""

from pathlib import Path

import pytest

from tutoriallab.observe.selection import Selection
from unit.observe.scripted import PODS, Script, Told, event, observing, page, pod, until

NAMED = Selection("v1", "Pod", "x", name="a")


async def test_a_lab_that_subscribed_before_its_workspace_was_adopted_is_told_when_all_is_there(
    tmp_path: Path,
) -> None:
    told = Told()
    async with observing(Script(), told, tmp_path) as observer:
        observer.subscribe("lab", [Selection("v1", "Pod", "later")])
        assert [str(one) for one in observer.waiting_for("lab")] == [
            "Pod (v1): namespace later is not prepared"
        ]
        observer.subscribe("other", [PODS])
        await until(lambda: observer.synced("other"))
        assert not observer.synced("lab")
        observer.adopt("later")
        await until(lambda: observer.synced("lab"))
        assert told.synced_labs == ["other", "lab"]


async def test_one_lab_over_which_the_engine_fails_keeps_no_other_from_being_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(lab: str) -> None:
        if lab == "bad":
            raise RuntimeError("a fault of the engine")

    told = Told(upon=fail)
    script = Script(watches=[[event("ADDED", pod("a", 7)), event("MODIFIED", pod("a", 8))]])
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("bad", [PODS])
        observer.subscribe("good", [NAMED])
        await until(lambda: told.changes == ["good", "good"])
        assert len([asked for asked in script.asked if "watch" in asked]) == 1
    assert [record.message for record in caplog.records] == ["the engine failed over a change"] * 2


async def test_a_lab_may_stop_everything_from_within_a_change(tmp_path: Path) -> None:
    told = Told()
    script = Script(watches=[[event("ADDED", pod("a", 7)) + event("ADDED", pod("b", 8))]])
    async with observing(script, told, tmp_path) as observer:

        def stop(lab: str) -> None:
            observer.unsubscribe(lab)
            observer.release("x")

        told.upon = stop
        observer.subscribe("lab", [PODS])
        await until(lambda: told.changes == ["lab"])
        assert observer.select(PODS) == []
        observer.unsubscribe("lab")
        observer.release("x")


async def test_new_selections_take_the_place_of_old_ones(tmp_path: Path) -> None:
    told = Told()
    script = Script(lists=[page(pod("a", 1), pod("b", 1))])
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("lab", [Selection("v1", "Pod", "x", name="b")])
        await until(lambda: observer.synced("lab"))
        observer.subscribe("lab", [NAMED])
        assert observer.synced("lab"), "the kind is watched already"
        assert told.synced_labs == ["lab"], "who asks is not told"
        assert [one.name for one in observer.select(NAMED)] == ["a"]


async def test_a_lab_that_is_not_known_is_not_synced_and_waits_for_nothing(tmp_path: Path) -> None:
    async with observing(Script(), Told(), tmp_path) as observer:
        assert not observer.synced("lab")
        assert [str(one) for one in observer.waiting_for("lab")] == []
        observer.unsubscribe("lab")
        assert observer.select(NAMED) == []
