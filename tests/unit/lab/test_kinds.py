import pytest

from builders import Json, check, lab, spec, step
from tutoriallab.grade.select import selection
from tutoriallab.lab.kinds import READABLE, kind_problem, require_new
from tutoriallab.lab.parse import parse, parse_spec
from tutoriallab.lab.problem import InvalidLab
from tutoriallab.settings import InvalidSetting

WIDGET = ("example.com/v1", "Widget")
GIVEN = {"apiVersion": "example.com/v1", "kind": "Widget"}


def selecting(given: Json) -> Json:
    return spec(step("first", check(given={"x": given}, expect=["x != null"])))


def problems(raw: Json, *extra: tuple[str, str]) -> list[str]:
    with pytest.raises(InvalidLab) as caught:
        parse_spec(raw, frozenset(extra))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (GIVEN, "checks cannot read example.com/v1 Widget: they read ConfigMap, CronJob,"),
        ({"apiVersion": "v1", "kind": "Pod", "ownedBy": {**GIVEN, "name": "w"}}, "ownedBy: checks cannot read example"),
    ],
    ids=["selected", "an owner"],
)  # fmt: skip
def test_another_kind_is_refused_with_its_path_and_how_it_is_opted_in(given: Json, what: str) -> None:
    (told,) = problems(selecting(given))
    assert told.startswith(f"spec.steps[0].checks[0].given.x: {what}")
    assert told.endswith(
        "opts in further kinds of objects in namespaces: TUTORIALLAB_EXTRA_KINDS=example.com/v1/Widget"
    )
    assert parse_spec(selecting(given), {WIDGET}).steps


def test_a_lab_is_read_with_the_kinds_that_are_opted_in() -> None:
    body = lab("demo")
    body["spec"] = selecting(GIVEN)
    assert parse(body, {WIDGET}).name == "demo"


def test_a_kind_that_is_opted_in_is_selected_in_the_workspace() -> None:
    given = parse_spec(selecting(GIVEN), {WIDGET}).steps[0].checks[0].given["x"]
    assert selection(given, "demo", {}).namespace == "demo"


def test_a_slip_in_a_kind_that_is_opted_in_is_told() -> None:
    assert kind_problem("example.com/v2", "Widget", {WIDGET}) == (
        "Widget is read as example.com/v1, not as example.com/v2: write apiVersion: example.com/v1"
    )
    assert (
        kind_problem("example.com/v1", "widgets", {WIDGET})
        == "there is no kind widgets: did you mean Widget?"
    )


@pytest.mark.parametrize("known", READABLE, ids=lambda known: known[1])
def test_what_is_read_anyway_cannot_be_opted_in(known: tuple[str, str]) -> None:
    """A Secret would be read in the whole cluster then."""
    with pytest.raises(
        InvalidSetting, match=f"has {known[0]}/{known[1]}, which checks read already: leave it out"
    ):
        require_new({WIDGET, known})
    require_new({WIDGET})
