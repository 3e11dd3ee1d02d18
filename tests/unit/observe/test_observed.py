import json

import pytest

from tutoriallab.observe.decode import Metadata
from tutoriallab.observe.observed import Bodies, Observed, revision


def observed(bodies: Bodies, name: str = "web", **status: int) -> Observed:
    raw = json.dumps({"metadata": {"name": name}, "status": status}).encode()
    metadata = Metadata(name=name, namespace="x", uid="1", resource_version="12", generation=2)
    return Observed(("apps/v1", "Deployment"), metadata, raw, bodies)


def test_a_body_says_its_kind_though_the_items_of_a_list_do_not() -> None:
    body = observed(Bodies()).body
    assert (body["apiVersion"], body["kind"], body["metadata"]) == (
        "apps/v1",
        "Deployment",
        {"name": "web"},
    )


def test_a_body_is_decoded_once_while_it_is_in_use() -> None:
    one = observed(Bodies())
    assert one.body is one.body


def test_only_the_last_bodies_stay_decoded() -> None:
    bodies = Bodies(limit=2)
    three = [observed(bodies, name) for name in "abc"]
    first = three[0].body
    assert [one.body["metadata"]["name"] for one in three] == ["a", "b", "c"]
    assert three[2].body is three[2].body
    assert three[0].body is not first
    assert three[0].body == first


def test_the_header_answers_what_selecting_asks() -> None:
    one = observed(Bodies(), observedGeneration=1)
    assert (one.name, one.namespace, one.uid, one.revision, one.generation) == ("web", "x", "1", 12, 2)
    assert (one.labels, one.owner_references, one.terminating, one.creation_timestamp) == ({}, (), False, "")
    assert one.observed_generation == 1
    assert observed(Bodies()).observed_generation is None
    assert repr(one) == "<Deployment x/web at 12>"


@pytest.mark.parametrize(("text", "number"), [("12", 12), ("", 0), ("abc", 0), ("-1", 0)])
def test_a_resource_version_that_is_no_number_is_no_order(text: str, number: int) -> None:
    assert revision(text) == number
