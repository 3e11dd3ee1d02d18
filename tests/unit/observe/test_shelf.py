from tutoriallab.observe.shelf import Change, Shelf, Shelves
from unit.observe.builders import DEPLOYMENT, POD, an_object


def test_objects_are_found_by_namespace_and_name() -> None:
    shelf = Shelf(POD)
    a, b = an_object(POD, "a"), an_object(POD, "b", namespace="y")
    assert shelf.put(a) == Change(None, a)
    shelf.put(b)
    assert shelf.get("x", "a") is a
    assert shelf.get("y", "a") is None
    assert list(shelf.in_namespace("y")) == [b]
    assert list(shelf.in_namespace("z")) == []
    assert sorted(shelf.namespaces()) == ["x", "y"]
    assert (len(shelf), set(shelf)) == (2, {a, b})
    assert shelf.take("x", "a") == Change(a, None)
    assert shelf.take("x", "a") is None
    assert shelf.namespaces() == ["y"]
    assert Change(None, b).namespace == Change(b, None).namespace == "y"


def test_a_namespace_is_forgotten_in_all_kinds() -> None:
    shelves = Shelves()
    shelves.of(POD).put(an_object(POD, "a"))
    shelves.of(DEPLOYMENT).put(an_object(DEPLOYMENT, "web"))
    shelves.of(POD).put(an_object(POD, "b", namespace="y"))
    shelves.drop("x")
    assert len(shelves) == 1
    assert shelves.find(*POD, "y", "b") is not None
    assert shelves.find(*POD, "x", "a") is None
