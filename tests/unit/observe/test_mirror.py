"""A late list and the watch run side by side; whatever the order, the shelf ends as the API server is."""

from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.observe.decode import Metadata
from tutoriallab.observe.mirror import Mirror
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.shelf import Shelf

POD = ("v1", "Pod")


def pod(name: str, revision: int, *, uid: str | None = None, namespace: str = "x") -> Observed:
    metadata = Metadata(
        name=name, namespace=namespace, uid=uid or f"uid-{name}", resource_version=str(revision)
    )
    return Observed(POD, metadata, b"{}", Bodies())


def state(shelf: Shelf) -> dict[str, int]:
    return {one.name: one.revision for one in shelf}


def test_watch_events_add_change_and_take_away() -> None:
    shelf = Shelf(POD)
    mirror = Mirror(shelf)
    added, changed = pod("a", 1), pod("a", 2)
    assert mirror.take(added, deleted=False) == (None, added)
    assert mirror.take(changed, deleted=False) == (added, changed)
    assert mirror.take(added, deleted=False) is None, "an old event changes nothing"
    assert mirror.take(pod("a", 3), deleted=True) == (changed, None)
    assert mirror.take(pod("a", 3), deleted=True) is None
    assert len(shelf) == 0


def test_a_whole_list_tells_only_what_differs() -> None:
    shelf = Shelf(POD)
    mirror = Mirror(shelf)
    same, old, gone = pod("same", 1), pod("old", 2), pod("gone", 3)
    mirror.replace([same, old, gone])
    new, recreated = pod("new", 5), pod("old", 6, uid="another")
    changes = mirror.replace([pod("same", 1), recreated, new])
    assert set(changes) == {(gone, None), (old, recreated), (None, new)}
    assert shelf.get("x", "same") is same


def test_a_whole_list_of_one_namespace_leaves_the_others_alone() -> None:
    shelf = Shelf(POD)
    Mirror(shelf, "y").replace([pod("b", 1, namespace="y")])
    mirror = Mirror(shelf, "x")
    mirror.replace([pod("a", 1)])
    assert len(mirror.replace([])) == 1
    assert state(shelf) == {"b": 1}
    mirror.clear()
    assert state(shelf) == {"b": 1}


def test_what_was_deleted_while_a_late_list_was_on_its_way_stays_deleted() -> None:
    shelf = Shelf(POD)
    mirror = Mirror(shelf)
    mirror.expect("x")
    mirror.take(pod("a", 12), deleted=True)
    assert mirror.merge("x", [pod("a", 5)], 10) == []
    assert state(shelf) == {}


@given(st.data())
def test_whatever_the_order_the_shelf_ends_as_the_api_server_is(data: st.DataObject) -> None:
    """History is a list of changes; the list shows some moment, the watch starts anywhere before it ends."""
    history: list[tuple[Observed, bool]] = []
    alive: dict[str, Observed] = {}
    lists: list[list[Observed]] = [[]]
    for revision in range(1, data.draw(st.integers(1, 14)) + 1):
        name = data.draw(st.sampled_from("abc"))
        deleted = name in alive and data.draw(st.booleans())
        uid = alive[name].uid if name in alive else f"uid-{name}-{revision}"
        one = pod(name, revision, uid=uid)
        alive.pop(name, None) if deleted else alive.update({name: one})
        history.append((one, deleted))
        lists.append(list(alive.values()))
    listed = data.draw(st.integers(0, len(history)), label="the list shows this revision")
    adopted = data.draw(st.integers(0, listed), label="the watch is here when the list is sent")
    merged = data.draw(st.integers(adopted, len(history)), label="the watch is here when it arrives")
    shelf = Shelf(POD)
    mirror = Mirror(shelf)
    mirror.expect("x")
    for position, (one, deleted) in enumerate(history, start=1):
        if position - 1 == merged:
            mirror.merge("x", lists[listed], listed)
        if position > adopted:
            mirror.take(one, deleted=deleted)
    if merged == len(history):
        mirror.merge("x", lists[listed], listed)
    assert state(shelf) == {name: one.revision for name, one in alive.items()}
