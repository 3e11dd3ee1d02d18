from typing import Any

import pytest

from tutoriallab.grade.cel import projection
from tutoriallab.grade.cel.expression import compile_expression
from tutoriallab.grade.cel.projection import TooMuch
from tutoriallab.grade.cel.variables import Variable
from unit.grade.cel.lab_world import VARIABLES, world


def project(source: str, **changes: Any) -> dict[str, Any]:
    return compile_expression(source, VARIABLES, want="any").project(world(**changes))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("web.spec.replicas == 3", {"web": {"spec": {"replicas": 3}}}),
        ("web.status.updatedReplicas == 0", {"web": {"status": {"updatedReplicas": 0}}}),
        ("has(web.status.updatedReplicas)", {"web": {"status": {}}}),
        ("size(pods) == 2", {"pods": [{}, {}]}),
        ("pods.all(p, p.status.phase == 'x')", {"pods": [{"status": {"phase": "Running"}}, {"status": {"phase": "Pending"}}]}),
        ("pods.exists(p, has(p.spec.nodeName))", {"pods": [{"spec": {"nodeName": "worker1"}}, {"spec": {}}]}),
        ("web.metadata.finalizers.size() == 0", {"web": {"metadata": {"finalizers": []}}}),
        ("web.metadata.labels['app'] == 'x'", {"web": {"metadata": {"labels": {"app": "web"}}}}),
        ("web.metadata.labels.all(k, k == 'app')", {"web": {"metadata": {"labels": {"app": "web"}}}}),
        ("old == null", {"old": None}),
        ("web != null", {"web": {"metadata": {}, "spec": {}, "status": {}}}),
        ("pods.map(p, p.spec)[0].nodeName == 'x'", {"pods": [{"spec": {"nodeName": "worker1"}}, {"spec": {}}]}),
        ("pods[1].status.phase == 'x'", {"pods": [{}, {"status": {"phase": "Pending"}}]}),
        ("pods.filter(p, true)[0].status.phase == 'x'",
         {"pods": [{"status": {"phase": "Running"}}, {"status": {"phase": "Pending"}}]}),
        ("pods.map(p, p.spec.containers.filter(c, true)).all(c, c[0].name == 'x')",
         {"pods": [{"spec": {"containers": [{"name": "nginx"}]}}] * 2}),
        ("pods[1].metadata.finalizers == []", {"pods": [{}, {"metadata": {"finalizers": []}}]}),
        ("pods[0].status.phase == 'x' && pods.all(p, has(p.spec))",
         {"pods": [{"status": {"phase": "Running"}, "spec": {}}, {"status": {"phase": "Pending"}, "spec": {}}]}),
        ("true", {}),
    ],
)  # fmt: skip
def test_only_what_the_expression_names_is_converted(source: str, wanted: dict[str, Any]) -> None:
    assert project(source) == wanted


def test_a_null_list_reads_as_empty() -> None:
    variable = Variable("slice", "object", "EndpointSlice")
    expression = compile_expression("slice.endpoints.size() == 0", [variable])
    assert expression.evaluate({"slice": {"endpoints": None}}).true


def test_plain_maps_have_no_defaults() -> None:
    assert compile_expression("remembered.labels == {}", VARIABLES).evaluate(world()).error is not None


def test_events_are_those_of_this_life_of_the_object() -> None:
    found = project("pods.all(p, events(p).size() == 1)")["pods"]
    assert [[event["reason"] for event in one["__events"]] for one in found] == [
        ["Pulled"],
        ["FailedScheduling"],
    ]
    events = [{"involvedObject": {"name": "web-b", "uid": "an older life"}, "reason": "Old"}]
    assert project("events(pods[1]).size() == 1", __events=events)["pods"][1]["__events"] == []


@pytest.mark.parametrize(
    ("source", "changes", "why"),
    [
        (
            "svc.spec.note == 'x'",
            {"svc": {"spec": {"note": "x" * 65_537}}},
            "65537 characters where at most 65536",
        ),
        ("pods.all(p, p.spec == web.spec)", {}, "compares whole lists or maps inside a macro"),
        ("pods.all(p, p.a.lowerAscii() == 'x')", {"pods": [{"a": "x" * 1_025}]}, "at most 1024 may be read"),
        ("pods == [1]", {"pods": [{"a": list(range(100))} for _ in range(700)]}, "more than 30000 values"),
        ("pods == [1]", {"pods": [{"a": "x" * 60_000} for _ in range(70)]}, "more than 4000000 characters"),
        ("pods.filter(p, true).size() == 1", {"pods": [{}] * 1_501}, "a list of more than 1500 elements"),
        ("svc.spec.ports.sort() == []", {}, "sorts or joins lists or maps"),
    ],
)
def test_data_over_the_bounds_is_refused(source: str, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(TooMuch, match=why):
        project(source, **changes)
    result = compile_expression(source, VARIABLES).evaluate(world(**changes))
    assert result.costly
    assert why in str(result.error)


def test_the_hidden_name_of_events_is_no_name_that_an_author_can_take() -> None:
    assert projection.EVENTS.startswith("__")
