from pathlib import Path

from unit.observe.scripted import PODS, Script, Told, observing, page, pod, status, until


async def test_pages_are_read_to_the_last_and_only_workspaces_are_kept(tmp_path: Path) -> None:
    script = Script(lists=[page(pod("a", 1), pod("z", 1, "other"), token="t"), page(pod("b", 2), revision=3)])
    async with observing(script, Told(), tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: observer.synced("lab"))
        assert [one.name for one in observer.select(PODS)] == ["a", "b"]
    assert script.asked[0] == {"limit": "500"}
    assert script.asked[1] == {"limit": "500", "continue": "t"}


async def test_a_page_that_comes_too_late_is_followed_by_the_list_in_one_piece(tmp_path: Path) -> None:
    script = Script(lists=[page(pod("a", 1), token="t"), status(410, "Expired"), page(pod("b", 2))])
    async with observing(script, Told(), tmp_path) as observer:
        observer.subscribe("lab", [PODS])
        await until(lambda: observer.synced("lab"))
        assert [one.name for one in observer.select(PODS)] == ["b"]
    assert script.asked[2] == {}
