"""The fields that expressions read: no others, not too many, no secret."""

import json

from builders import Json, deployment, metadata
from tutoriallab.grade.cel.excerpt import MAX_ELEMENTS, MAX_TEXT, MAX_VALUES, excerpt
from tutoriallab.grade.cel.hidden import hidden
from tutoriallab.grade.cel.variables import Variable

WEB = Variable("web", "object", "Deployment")
SECRET = Variable("s", "object", "Secret", secret=True)


def test_only_the_fields_that_are_named() -> None:
    paths = {
        ("spec", "replicas"),
        ("spec", "template", "spec", "containers", "*", "image"),
        ("status", "nothing"),
    }

    assert excerpt(deployment(), WEB, paths) == {
        "spec": {"replicas": 3, "template": {"spec": {"containers": [{"image": "nginx:1.7.9"}]}}},
        "status": {},
    }


def test_an_object_that_is_named_without_a_field_shows_none() -> None:
    assert excerpt(deployment(), WEB, {()}) == {}


def test_of_a_list_that_a_macro_goes_through_only_what_it_reads() -> None:
    paths = {("spec",), ("spec", "ports"), ("spec", "ports", "*", "port")}

    found = excerpt({"spec": {"ports": [{"port": 80, "name": "http"}], "type": "x"}}, WEB, paths)

    assert found == {"spec": {"ports": [{"port": 80}]}}


def test_any_key_of_a_map_and_one_by_its_name() -> None:
    body = {"data": {"a": {"x": 1, "y": 2, "z": 3}, "b": {"x": 1, "y": 2}}}

    assert excerpt(body, WEB, {("data", "*", "x"), ("data", "a", "y")}) == {
        "data": {"a": {"x": 1, "y": 2}, "b": {"x": 1}}
    }


def test_long_lists_texts_and_maps_are_cut() -> None:
    body = {
        "spec": {"list": list(range(9)), "text": "x" * 1_000, "map": {f"k{n}": n for n in range(500)}},
    }

    found = excerpt(body, WEB, {("spec",)})

    assert found["spec"]["list"] == [*range(MAX_ELEMENTS), "… 6 more"]
    assert len(found["spec"]["text"]) == MAX_TEXT + 1
    assert len(found["spec"]["map"]) <= MAX_VALUES + 1
    assert found["spec"]["map"]["…"].endswith("more")


def test_deep_objects_end() -> None:
    body: Json = {"a": {"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}}

    assert json.dumps(excerpt(body, WEB, {("a",)})).count("{") < 7


def test_of_a_secret_only_what_gives_nothing_away() -> None:
    body = {
        "kind": "Secret",
        "type": "Opaque",
        "metadata": metadata("login", annotations={"last-applied": "cGFzcw=="}),
        "data": {"password": "cGFzcw==", "odd": "not base64"},
    }

    found = excerpt(body, SECRET, {("data",), ("metadata",), ("type",)})

    assert found["type"] == "Opaque"
    assert found["metadata"]["name"] == "login"
    assert found["metadata"]["annotations"] == {"last-applied": "<hidden, 8 bytes>"}
    assert found["data"] == {"password": "<hidden, 4 bytes>", "odd": "<hidden, 10 bytes>"}


def test_one_byte_is_one_byte() -> None:
    assert hidden("x") == "<hidden, 1 byte>"
    assert hidden(7) == "<hidden>"
