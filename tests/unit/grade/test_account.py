"""How a check comes to its verdict, and what is not told of it."""

from typing import Any

import pytest

from builders import Json, Objects, check, deployment, metadata, pod, spec, step
from tutoriallab.grade import reasons
from tutoriallab.grade.account import Account, Eyes, Judged, account
from tutoriallab.grade.asked import Asked
from tutoriallab.grade.bind import Chosen, Scope
from tutoriallab.grade.compile import compile_step
from tutoriallab.grade.judge import Answered, Court
from tutoriallab.grade.select import probes, selections
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.state import CheckState
from tutoriallab.words import accounting as words

WITHHELD, KEPT_BACK = str(words.WITHHELD()), str(words.KEPT_BACK())
DEPLOYMENT = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
PODS = {"apiVersion": "v1", "kind": "Pod"}
PAGE = {"kind": "Http", "service": "web", "port": 80}


def told(
    body: Json,
    *objects: Json,
    state: CheckState | None = None,
    answers: dict[str, str] | None = None,
    unreadable: dict[str, str] | None = None,
    asked: Asked = frozenset(),
    language: str = "en",
) -> Account:
    compiled = compile_step(
        parse_spec(spec(step("a", body, check("other")), nodes=[{"name": "node1"}])), 0
    ).checks[0]
    names = {"workspace": "demo"}
    chosen: Chosen = {
        **selections(compiled, "demo", names),
        **probes(compiled.check, "demo", names),
    }
    given = {name: Answered(text) for name, text in (answers or {}).items()}
    court = Court(Objects(*objects).select, Scope("demo", {"node1": "worker1"}), given, 0.0)
    return account(compiled, chosen, state, Eyes(court, unreadable or {}, asked, language))


def record(verdict: Any = "Failing", **changes: Any) -> CheckState:
    return CheckState(name="there", verdict=verdict, **{"reason": reasons.NOT_MET, **changes})


def test_a_failing_check_tells_what_it_selects_sees_and_expects() -> None:
    state = record(message="as the operator said")

    found = told(check(), deployment(replicas=2), state=state)

    assert found.operator == Judged("Failing", "NotMet", "as the operator said")
    assert found.here == Judged("Failing", "NotMet", "Deployment web: spec.replicas is 2, wanted 3")
    (web,) = found.given
    assert (web.selects, web.found) == ("Deployment web in namespace demo", 1)
    assert web.objects[0].fields == {"spec": {"replicas": 2}}
    (expression,) = found.expressions
    assert (expression.text, expression.result) == ("web.spec.replicas == 3", False)
    assert expression.part is not None
    assert expression.part.values[0].value == "2"


def test_an_object_that_does_not_exist_leaves_what_names_it_without_a_result() -> None:
    found = told(check(expect=["web.spec.replicas == 3", "workspace == 'demo'"]))

    assert found.given[0].note == "Deployment web does not exist in namespace demo"
    assert [(one.result, one.note) for one in found.expressions] == [
        (None, "not evaluated: web has no value"),
        (True, ""),
    ]
    assert found.values == {"workspace": "demo"}


def test_of_several_candidates_the_one_for_which_all_holds_is_told() -> None:
    given = {"p": {**PODS, "pick": "Any"}}

    found = told(check(given=given, expect=["ready(p)"]), pod("a", ready=False), pod("b"))

    assert [one.name for one in found.given[0].objects] == ["b"]
    assert found.given[0].found == 2
    assert found.expressions[0].result is True
    assert found.notes == ("pick: Any: told of one of 2 candidates",)


def test_where_leaves_out_what_does_not_fit() -> None:
    given = {"ps": {**PODS, "where": "ready(object)"}}

    found = told(check(given=given, expect=["size(ps) == 2"]), pod("a", ready=False), pod("b"))

    assert (found.given[0].where, found.given[0].found) == ("ready(object)", 1)
    assert found.given[0].selects == "Pod that fits in namespace demo"


def test_a_selector_is_told_in_words() -> None:
    selector = {
        "matchLabels": {"app": "web"},
        "matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}],
    }

    found = told(check(given={"ps": {**PODS, "selector": selector}}, expect=["size(ps) == 0"]))

    assert found.given[0].selects == "Pod with the label app=web, tier In (a, b) in namespace demo"


def test_a_page_is_asked_by_the_operator_alone_and_the_rest_is_told() -> None:
    given = {"page": PAGE, "web": DEPLOYMENT}
    state = record("Failing", message="GET http://web:80/: status is 404, wanted 200")

    found = told(
        check(given=given, expect=["page.status == 200", "web.spec.replicas == 3"]),
        deployment(),
        state=state,
    )

    assert found.here is None
    assert "status is 404" in found.given[0].note
    assert found.given[0].selects == "GET http://web:80/"
    assert [one.result for one in found.expressions] == [None, True]
    assert "asked by the operator alone" in found.expressions[0].note


def test_what_may_not_be_read_is_said_and_the_rest_is_told() -> None:
    given = {"node": {"apiVersion": "v1", "kind": "Node", "name": "n"}, "web": DEPLOYMENT}

    found = told(
        check(given=given, expect=["ready(node)", "web.spec.replicas == 3"]),
        deployment(),
        unreadable={"node": "you may not read Node here"},
    )

    assert found.here is None
    assert found.given[0].note == "you may not read Node here"
    assert [one.result for one in found.expressions] == [None, True]


def test_what_is_remembered_comes_from_status() -> None:
    body = check(
        remember={"uid": "web.metadata.uid"},
        given={"web": DEPLOYMENT},
        expect=["web.metadata.uid != remembered.uid"],
    )

    found = told(body, deployment(), state=record(remembered={"uid": "another"}))
    without = told(body, deployment())

    assert found.values == {"remembered": {"uid": "another"}}
    assert found.expressions[0].result is True
    assert (without.here, without.expressions[0].result) == (None, None)
    assert "nothing is remembered yet" in without.notes[0]


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"when": "Ever"}, "it counts once it was true at any moment"),
        ({"when": "Throughout"}, "must stay so until the step's other checks pass; it has not been true yet"),
        ({"holdsFor": "10s"}, "must stay true for 10s"),
    ],
)
def test_checks_over_time_say_so_and_show_how_it_is_now(changes: Json, note: str) -> None:
    found = told(check(**changes), deployment())

    assert note in found.notes[0]
    assert found.here == Judged("Passed", reasons.MET, "")


def test_since_when_it_has_been_so_is_taken_from_status() -> None:
    state = record("Waiting", reason=reasons.HOLDS_SO_FAR, armed_at="2026-01-01T09:02:11.250Z")

    found = told(check(when="Throughout"), deployment(), state=state)

    assert found.notes[0].endswith("it has been so since 09:02:11 UTC")


def test_a_verdict_that_is_older_than_what_is_seen_is_told() -> None:
    found = told(check(), deployment(), state=record("Failing"))

    assert "not what the operator has judged last" in found.notes[-1]


QUESTION = check(
    "there",
    given={"ps": {**PODS, "where": "object.spec.nodeName != 'elsewhere'"}, "web": DEPLOYMENT},
    answer={},
    expect=["size(ps) == 1", "answer == ps[0].spec.nodeName", "answer != 'literal'"],
)
PLACED = {**pod("a"), "spec": {"nodeName": "the-answer", "containers": []}}


@pytest.mark.parametrize(
    ("state", "answers"),
    [
        (None, {}),
        (record("Failing", reason=reasons.NOT_ANSWERED), {}),
        (record("Failing", reason=reasons.WRONG_ANSWER), {"there": "wrong"}),
        (record("Passed", reason=reasons.MET), {"there": "wrong"}),
        (record("Failing", reason=reasons.WRONG_ANSWER), {"there": "the-answer"}),
        (record("Waiting", reason=reasons.STALE_STATUS), {"there": "the-answer"}),
    ],
)
def test_of_a_question_that_is_not_answered_right_nothing_is_told_that_may_be_the_answer(
    state: CheckState | None, answers: dict[str, str]
) -> None:
    found = told(QUESTION, PLACED, deployment(), state=state, answers=answers)

    assert found.withheld == WITHHELD
    assert (found.given, found.expressions, found.values, found.here) == ((), (), {}, None)
    for telling in ("the-answer", "literal", "nodeName", "elsewhere", "Deployment"):
        assert telling not in repr(found)


def test_a_question_that_is_answered_right_is_told_as_any_check() -> None:
    found = told(QUESTION, PLACED, deployment(), state=record("Passed"), answers={"there": " the-answer "})

    assert found.withheld == ""
    assert [one.result for one in found.expressions] == [True, True, True]
    assert found.values == {"answer": "the-answer"}


def test_what_an_open_question_asks_for_is_told_of_no_other_check() -> None:
    body = check(
        remember={"before": "web.spec.replicas"},
        expect=["web.spec.replicas == remembered.before", "web.metadata.name == 'web'"],
    )
    state = record("Passed", remembered={"before": 77})
    open_question = frozenset({("Deployment", ("spec", "replicas"))})

    found = told(body, deployment(replicas=77), state=state, asked=open_question)

    assert [(one.text, one.note) for one in found.expressions] == [
        ("", KEPT_BACK),
        ("web.metadata.name == 'web'", ""),
    ]
    assert found.given[0].objects[0].fields == {"metadata": {"name": "web"}}
    assert "77" not in repr(found)


def test_how_many_there_are_is_not_told_while_a_question_asks_for_it() -> None:
    body = check(given={"ps": PODS}, expect=["ps.all(p, ready(p))"])

    found = told(body, pod("a"), pod("b"), asked=frozenset({("Pod", ())}))

    assert (found.given[0].found, found.given[0].objects, found.given[0].note) == (None, (), KEPT_BACK)
    assert (found.expressions[0].text, found.expressions[0].part) == ("", None)


def test_no_value_of_a_secret_is_told() -> None:
    given = {"s": {"apiVersion": "v1", "kind": "Secret", "name": "login"}}
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata("login"),
        "data": {"password": "czNjcjN0LXBhNTU="},
    }

    found = told(
        check(given=given, expect=["s.data.password == 'bm8=' && size(s.data) == 1", "s.data != {}"]), secret
    )

    assert "<hidden, 11 bytes>" in repr(found.given)
    assert "czNjcjN0LXBhNTU=" not in repr(found)
    assert "s3cr3t-pa55" not in repr(found)


NOTES: list[tuple[Json, CheckState | None, list[str]]] = [
    (check(when="Ever"), None, ["when: Ever：自本步开放以来，只要有一刻成立就算通过"]),
    (check(holdsFor="5s"), None, ["holdsFor：必须持续成立 5s；由 operator 计时"]),
    (
        check(when="Throughout"),
        None,
        ["when: Throughout：从第一次成立起必须一直成立，直到本步的其他检查通过；它还没有成立过"],
    ),
    (
        check(when="Throughout"),
        record(armed_at="2026-01-02T03:04:05Z"),
        ["when: Throughout：从第一次成立起必须一直成立，直到本步的其他检查通过；自 03:04:05 UTC 起一直成立"],
    ),
    (
        check(remember={"before": "web.spec.replicas"}, expect=["web.spec.replicas == remembered.before"]),
        None,
        ["remember：还没有记住任何值；步骤开放时才会记住"],
    ),
    (check(), record("Passed"), ["这里看到的与 operator 上次评判的不同：请稍后再看"]),
]


@pytest.mark.parametrize(("body", "state", "wanted"), NOTES)
def test_notes_are_told_in_chinese(body: Json, state: CheckState | None, wanted: list[str]) -> None:
    assert list(told(body, deployment(replicas=2), state=state, language="zh").notes) == wanted


def test_what_is_not_evaluated_and_what_is_not_there_is_told_in_chinese() -> None:
    nothing = told(check(expect=["web.spec.replicas == 3"]), language="zh")
    assert nothing.given[0].selects == "命名空间 demo 中的 Deployment web"
    assert nothing.given[0].note == "命名空间 demo 中不存在 Deployment web"
    assert nothing.expressions[0].note == "未求值：web 没有值"

    unset = told(check(expect=["web.spec.paused == true"]), deployment(), language="zh")
    assert unset.expressions[0].part is not None
    assert [one.value for one in unset.expressions[0].part.values] == ["未设置"]

    page = told(check(given={"page": PAGE}, expect=["page.status == 200"]), language="zh")
    assert page.given[0].note == "只有 operator 会去问；它说的是：还没有说过什么"
    assert page.expressions[0].note == "这里不求值：page 只由 operator 去问"

    hidden = told(check(), unreadable={"web": "无权"}, language="zh")
    assert hidden.expressions[0].note == "这里不求值：无法读取 web"
    assert told(QUESTION, language="zh").withheld.startswith("这项检查提出一个问题。")
