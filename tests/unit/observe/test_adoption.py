import asyncio
from dataclasses import replace
from pathlib import Path

from tutoriallab.observe.selection import Selection
from unit.observe.scripted import PODS, QUICK, Script, Told, observing, page, pod, status, until


async def test_many_late_workspaces_are_listed_at_once_and_a_failure_is_tried_again(tmp_path: Path) -> None:
    late = [f"late-{number}" for number in range(20)]
    pods = [pod("a", 5, namespace) for namespace in late]
    script = Script(lists=[page(), status(500, "InternalError"), page(*pods, revision=9)])
    told = Told()
    async with observing(script, told, tmp_path, replace(QUICK, few_workspaces=2)) as observer:
        observer.subscribe("first", [PODS])
        await until(lambda: observer.synced("first"))
        for namespace in late:
            observer.adopt(namespace)
            observer.subscribe(namespace, [Selection("v1", "Pod", namespace)])
        await until(lambda: all(map(observer.synced, late)))
        assert all(len(observer.select(Selection("v1", "Pod", namespace))) == 1 for namespace in late)
        assert sorted(told.synced_labs) == sorted(["first", *late])
    lists = [asked for asked in script.asked if "watch" not in asked]
    assert len(lists) == 3


LATE = Selection("v1", "Pod", "late")


async def test_a_workspace_that_is_released_while_it_is_listed_stays_forgotten(tmp_path: Path) -> None:
    script = Script(lists=[page(), page(pod("a", 5, "late"), revision=9)])
    async with observing(script, Told(), tmp_path) as observer:
        observer.subscribe("first", [PODS])
        await until(lambda: observer.synced("first"))
        script.answering.clear()
        observer.adopt("late")
        await until(lambda: script.lists_asked() == 2)
        observer.release("late")
        script.answering.set()
        await until(lambda: not script.lists)
        await asyncio.sleep(0.05)
        assert observer.select(LATE) == []


async def test_a_workspace_that_is_adopted_anew_while_it_is_listed_is_listed_anew(tmp_path: Path) -> None:
    script = Script(lists=[page(), page(pod("old", 5, "late"), revision=9), page(pod("new", 12, "late"))])
    async with observing(script, Told(), tmp_path) as observer:
        observer.subscribe("first", [PODS])
        await until(lambda: observer.synced("first"))
        script.answering.clear()
        observer.adopt("late")
        await until(lambda: script.lists_asked() == 2)
        observer.release("late")
        observer.adopt("late")
        observer.subscribe("lab", [LATE])
        script.answering.set()
        await until(lambda: observer.synced("lab"))
        assert [one.name for one in observer.select(LATE)] == ["new"]


async def test_a_workspace_that_is_adopted_in_the_middle_of_the_first_list_is_listed_after_it(
    tmp_path: Path,
) -> None:
    script = Script(lists=[page(revision=3), page(pod("a", 2, "late"), revision=4)])
    script.answering.clear()
    told = Told()
    async with observing(script, told, tmp_path) as observer:
        observer.subscribe("first", [PODS])
        await until(lambda: script.lists_asked() == 1)
        observer.adopt("late")
        observer.subscribe("lab", [LATE])
        script.answering.set()
        await until(lambda: observer.synced("lab"))
        assert told.synced_labs == ["first", "lab"]
        assert [one.name for one in observer.select(LATE)] == ["a"]
