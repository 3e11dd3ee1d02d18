"""What the open step speaks of is marked at the objects."""

from builders import Json, Objects, check, deployment, pod, step
from pages import check_state, progress, seen, status
from tutoriallab.web.item import item
from tutoriallab.web.marks import marked

PODS = {"pods": {"apiVersion": "v1", "kind": "Pod", "selector": {"matchLabels": {"app": "web"}}}}
WORLD = (
    deployment("web"),
    pod("web-1", labels={"app": "web"}),
    pod("web-12", labels={"app": "web"}),
    pod("other", labels={}),
)


def marks(*steps: Json, told: Json) -> dict[str, tuple[list[str], list[str]]]:
    made = marked(seen(*steps, told=told), [item(one) for one in WORLD], Objects(*WORLD).select)
    return {one["name"]: (one["selectedBy"], one["namedBy"]) for _, one in made.values()}


def test_what_checks_of_the_open_step_select_is_lit() -> None:
    found = marks(
        step("first", check("there"), check("run", given=PODS)), told=status(progress("first", "Open"))
    )

    assert found == {
        "web": (["there"], []),
        "web-1": (["run"], []),
        "web-12": (["run"], []),
        "other": ([], []),
    }


def test_what_the_message_of_a_failing_check_names_by_kind_and_name_is_marked() -> None:
    message = "Deployment web: wanted 3, seen 2, as Pod web-1 has no node: kubectl describe pod web-12"
    told = status(progress("first", "Open", check_state("there", "Failing", message)))
    found = marks(step("first", check("there")), told=told)

    assert {name: named for name, (_, named) in found.items()} == {
        "web": ["there"],
        "web-1": ["there"],
        "web-12": [],
        "other": [],
    }


def test_a_check_that_passed_marks_nothing() -> None:
    told = status(progress("first", "Open", check_state("there", "Passed", "Pod web-1 is there")))

    assert marks(step("first", check("there")), told=told)["web-1"] == ([], [])


def test_without_an_open_step_nothing_is_lit() -> None:
    told = status(progress("first", "Passed", check_state("there", "Failing", "Pod web-1")))

    assert set(map(str, marks(step("first", check("there")), told=told).values())) == {"([], [])"}


def test_what_is_as_before_is_the_same_object_and_what_is_not_is_another() -> None:
    items, select = [item(one) for one in WORLD], Objects(*WORLD).select
    lit = [step("first", check("there"), check("run", given=PODS))]
    told = status(progress("first", "Open"))
    before = marked(seen(*lit, told=told), items, select)
    changed = [{**one, "phase": "Failed"} if one["name"] == "other" else one for one in items]
    message = status(progress("first", "Open", check_state("there", "Failing", "Pod web-1 is not ready")))

    after = marked(seen(*lit, told=message), changed, select, before)

    same = {one["name"] for uid, (_, one) in after.items() if one is before[uid][1]}
    assert same == {"web", "web-12"}
    by_name = {one["name"]: one for _, one in after.values()}
    assert (by_name["web-1"]["namedBy"], by_name["web-1"]["selectedBy"]) == (["there"], ["run"])
    assert by_name["other"]["phase"] == "Failed"
