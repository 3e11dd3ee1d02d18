"""Who is told about what: by namespace and selection, before and after a change, and through owners."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.observe.index import Index
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Kind, LabelSelector, Selection, matches
from tutoriallab.observe.shelf import Change, Shelves
from unit.observe.builders import DEPLOYMENT, POD, REPLICA_SET, WEB, an_object, on_shelves

NODE = ("v1", "Node")
LABELLED = Selection(*POD, "x", selector=LabelSelector(match_labels=(("app", "web"),)))
OWNED = Selection(*POD, "x", owned_by=WEB)


def told(index: Index, kind: Kind, change: Change, shelves: Shelves | None = None) -> list[str]:
    return sorted(index.touched(kind, [change], (shelves or Shelves()).find))


@pytest.fixture
def index() -> Index:
    made = Index()
    made.add("labelled", [LABELLED])
    made.add("named", [Selection(*POD, "x", name="a")])
    made.add("elsewhere", [Selection(*POD, "y")])
    made.add("nodes", [Selection(*NODE)])
    return made


def test_a_change_is_told_where_the_object_matched_before_or_matches_now(index: Index) -> None:
    plain, web = an_object(POD, "b"), an_object(POD, "b", labels={"app": "web"})
    assert told(index, POD, Change(None, web)) == ["labelled"]
    assert told(index, POD, Change(web, plain)) == ["labelled"]
    assert told(index, POD, Change(plain, web)) == ["labelled"]
    assert told(index, POD, Change(web, None)) == ["labelled"]
    assert told(index, POD, Change(plain, plain)) == []
    assert told(index, POD, Change(None, an_object(POD, "a"))) == ["named"]
    assert told(index, POD, Change(None, an_object(POD, "q", namespace="y"))) == ["elsewhere"]
    assert told(index, POD, Change(None, an_object(POD, "q", namespace="z"))) == []
    assert told(index, NODE, Change(None, an_object(NODE, "n", namespace=""))) == ["nodes"]


def test_an_object_that_begins_to_terminate_is_told_and_what_follows_is_not(index: Index) -> None:
    alive, dying = an_object(POD, "a"), an_object(POD, "a", terminating=True)
    assert told(index, POD, Change(alive, dying)) == ["named"]
    assert told(index, POD, Change(dying, dying)) == []


def test_a_lab_is_told_once_with_all_its_selections_that_are_touched() -> None:
    index = Index()
    named, all_pods, other = Selection(*POD, "x", name="a"), Selection(*POD, "x"), Selection(*NODE)
    index.add("lab", [named, all_pods, other, named])
    changes = [Change(None, an_object(POD, "a")), Change(None, an_object(POD, "b"))]
    assert index.touched(POD, changes, Shelves().find) == {"lab": [named, all_pods]}


def test_a_removed_lab_is_told_nothing(index: Index) -> None:
    index.remove("labelled", [LABELLED])
    assert told(index, POD, Change(None, an_object(POD, "b", labels={"app": "web"}))) == []
    index.remove("labelled", [LABELLED])


def owners() -> tuple[Observed, Observed, Observed]:
    web = an_object(DEPLOYMENT, "web")
    replicas = an_object(REPLICA_SET, "web-1", owners=(web,))
    return web, replicas, an_object(POD, "web-1-a", owners=(replicas,))


def test_an_owner_that_comes_or_goes_is_told_as_its_pods_come_or_go_with_it() -> None:
    index = Index()
    index.add("lab", [OWNED])
    web, replicas, pod = owners()
    assert told(index, POD, Change(None, pod), on_shelves(web, pod)) == [], "its owner is not known yet"
    assert told(index, REPLICA_SET, Change(None, replicas), on_shelves(web, replicas, pod)) == ["lab"]
    assert told(index, REPLICA_SET, Change(replicas, None), on_shelves(web, pod)) == ["lab"]
    assert told(index, DEPLOYMENT, Change(web, None), on_shelves(replicas, pod)) == ["lab"]
    again = an_object(DEPLOYMENT, "web")
    assert told(index, DEPLOYMENT, Change(web, again), on_shelves(again, replicas, pod)) == ["lab"]
    stranger = an_object(REPLICA_SET, "api-1")
    assert told(index, REPLICA_SET, Change(None, stranger), on_shelves(web, stranger)) == []


def test_a_status_that_changes_on_an_owner_is_not_told() -> None:
    index = Index()
    index.add("lab", [OWNED])
    web, replicas, pod = owners()
    shelves = on_shelves(web, replicas, pod)
    assert told(index, DEPLOYMENT, Change(web, web), shelves) == []
    assert told(index, REPLICA_SET, Change(replicas, replicas), shelves) == []
    orphan = an_object(REPLICA_SET, "web-1", uid=replicas.uid)
    assert told(index, REPLICA_SET, Change(replicas, orphan), on_shelves(web, orphan, pod)) == ["lab"]


UIDS = st.sampled_from(["1", "2"])


@given(st.data())
def test_no_change_of_what_is_selected_goes_untold(data: st.DataObject) -> None:
    """Random worlds of deployments, replica sets and pods, changed one object at a time."""
    index = Index()
    selections = [OWNED, Selection(*POD, "x", owned_by=WEB, terminating=True), LABELLED]
    index.add("lab", selections)
    shelves = Shelves()
    for _ in range(data.draw(st.integers(1, 12))):
        kind = data.draw(st.sampled_from([DEPLOYMENT, REPLICA_SET, POD]))
        name = "web" if kind == DEPLOYMENT else data.draw(st.sampled_from("ab"))
        owner_kind = {REPLICA_SET: DEPLOYMENT, POD: REPLICA_SET}.get(kind)
        owner_name = "web" if kind == REPLICA_SET else data.draw(st.sampled_from("ab"))
        owner = an_object(owner_kind, owner_name, uid=data.draw(UIDS)) if owner_kind else None
        one = an_object(
            kind,
            name,
            uid=data.draw(UIDS),
            owners=(owner,) if owner and data.draw(st.booleans()) else (),
            labels=data.draw(st.sampled_from([None, {"app": "web"}])),
            terminating=data.draw(st.booleans()),
        )
        before = {selection: selected(selection, shelves) for selection in selections}
        shelf = shelves.of(kind)
        change = shelf.take("x", name) if data.draw(st.booleans()) else shelf.put(one)
        if change is None:
            continue
        touched = index.touched(kind, [change], shelves.find).get("lab", [])
        for selection in selections:
            if selected(selection, shelves) != before[selection]:
                assert selection in touched


def selected(selection: Selection, shelves: Shelves) -> list[int]:
    shelf = shelves.of((selection.api_version, selection.kind))
    return sorted(id(one) for one in shelf.in_namespace("x") if matches(selection, one, shelves.find))
