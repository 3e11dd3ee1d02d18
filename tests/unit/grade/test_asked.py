"""Which fields open questions ask for."""

import pytest

from builders import Json, check, spec, step
from tutoriallab.grade.asked import answers, asked, names_answer
from tutoriallab.grade.compile import compile_step
from tutoriallab.lab.parse import parse_spec

PODS = {"ps": {"apiVersion": "v1", "kind": "Pod"}}


def of(*expect: str, given: Json | None = None) -> frozenset[tuple[str, tuple[str, ...]]]:
    body = check(answer={}, expect=list(expect)) | ({"given": given} if given else {})
    return frozenset(asked(compile_step(parse_spec(spec(step("a", body))), 0).checks))


def test_only_what_the_answer_is_compared_with() -> None:
    assert of("answer == web.metadata.uid", "web.spec.replicas == 3") == {("Deployment", ("metadata", "uid"))}


def test_of_a_list_the_fields_of_its_elements() -> None:
    assert of("answer == ps[0].spec.nodeName", given=PODS) == {("Pod", ("spec", "nodeName"))}


@pytest.mark.parametrize(
    ("path", "tells"),
    [
        (("spec", "nodeName"), True),
        (("spec",), True),
        (("spec", "nodeName", "more"), True),
        (("spec", "*"), True),
        (("status",), False),
        ((), False),
    ],
)
def test_a_field_tells_when_it_is_asked_for_or_leads_to_it(path: tuple[str, ...], tells: bool) -> None:
    wanted = of("answer == ps[0].spec.nodeName", given=PODS)

    assert answers(wanted, "Pod", path) is tells
    assert not answers(wanted, "Node", path)
    assert not names_answer(wanted, "Pod")


@pytest.mark.parametrize("expression", ["int(answer) == size(ps)", "answer == ps[0].metadata.name"])
def test_where_it_is_asked_how_many_or_which_objects_tell_by_being_there(expression: str) -> None:
    wanted = of(expression, given=PODS)

    assert names_answer(wanted, "Pod")
    assert not names_answer(wanted, "Deployment")
