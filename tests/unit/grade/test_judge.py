from typing import Any

import pytest

from builders import Json, Objects, check, deployment, metadata, pod, spec, step
from tutoriallab.grade import reasons
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.compile import CompiledCheck, compile_step
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.judge import Answered, CheckMemory, Court, judge
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.select import selections
from tutoriallab.lab.parse import parse_spec
from tutoriallab.words.sentence import as_is

PODS = {"pods": {"apiVersion": "v1", "kind": "Pod"}}


def compiled(body: Json, language: str = "en") -> CompiledCheck:
    raw = spec(step("a", body), language=language, nodes=[{"name": "node1"}])
    return compile_step(parse_spec(raw), 0).checks[0]


def court(objects: Objects, now: float = 0.0, **answers: Answered) -> Court:
    return Court(objects.select, Scope("demo", {"node1": "worker1"}), answers, now)


def judged(
    body: Json, *objects: Json, memory: CheckMemory | None = None, now: float = 0.0, **answers: Answered
) -> Judgement:
    one = compiled(body)
    chosen = selections(one, "demo", {"workspace": "demo"})
    return judge(one, chosen, memory or CheckMemory(), court(Objects(*objects), now, **answers))


TABLE: list[tuple[str, Json, list[Json], tuple[str, str, str]]] = [
    ("true is passed", check(), [deployment()], ("Passed", reasons.MET, "")),
    (
        "false tells object, field, wanted and seen",
        check(),
        [deployment(replicas=2)],
        ("Failing", reasons.NOT_MET, "Deployment web: spec.replicas is 2, wanted 3"),
    ),
    (
        "the first expression that is not true is the reason",
        check(expect=["web.spec.replicas == 2", "web.status.readyReplicas == 9", "web.spec.replicas == 7"]),
        [deployment(replicas=2)],
        ("Failing", reasons.NOT_MET, "Deployment web: status.readyReplicas is 2, wanted 9"),
    ),
    (
        "an object that does not exist is told before any expression runs",
        check(),
        [],
        ("Failing", reasons.OBJECT_MISSING, "Deployment web does not exist in namespace demo"),
    ),
    (
        "an optional object that does not exist is null",
        check(
            given={"old": {"apiVersion": "v1", "kind": "Pod", "name": "old", "optional": True}},
            expect=["old == null"],
        ),
        [],
        ("Passed", reasons.MET, ""),
    ),
    (
        "a status of an older spec decides nothing",
        check(expect=["web.status.readyReplicas == 9"]),
        [deployment(generation=2)],
        (
            "Waiting",
            reasons.STALE_STATUS,
            "Deployment web: status is of generation 1, its spec is of generation 2; waiting for its controller",
        ),
    ),
    (
        "a workload that its controller has not seen decides nothing",
        check(),
        [deployment(status={})],
        (
            "Waiting",
            reasons.STALE_STATUS,
            "Deployment web: status is of generation 0, its spec is of generation 1; waiting for its controller",
        ),
    ),
    (
        "a kind that writes no observedGeneration is never stale",
        check(given=PODS, expect=["size(pods) == 1"]),
        [pod(generation=5)],
        ("Passed", reasons.MET, ""),
    ),
    (
        "the failing element of a list is named",
        check(given=PODS, expect=["pods.all(p, p.status.phase == 'Running')"]),
        [pod("a"), pod("b", "Pending")],
        ("Failing", reasons.NOT_MET, "Pod b: status.phase is Pending, wanted Running"),
    ),
    (
        "a terminating pod is not in a list",
        check(given=PODS, expect=["size(pods) == 1"]),
        [pod("a"), pod("b", deletionTimestamp="2026-01-01T00:00:00Z")],
        ("Passed", reasons.MET, ""),
    ),
    (
        "where keeps only those that fit",
        check(
            given={"pods": {**PODS["pods"], "where": "object.status.phase == 'Running'"}},
            expect=["size(pods) == 1"],
        ),
        [pod("a"), pod("b", "Pending")],
        ("Passed", reasons.MET, ""),
    ),
    (
        "pick Only of two tells which",
        check(given={"one": {**PODS["pods"], "pick": "Only"}}, expect=["one.status.phase == 'Running'"]),
        [pod("a"), pod("b")],
        ("Failing", reasons.NOT_EXACTLY_ONE, "2 Pods exist in namespace demo (a, b), wanted exactly one"),
    ),
    (
        "pick Only of none says that there is none",
        check(given={"one": {**PODS["pods"], "pick": "Only"}}, expect=["one.status.phase == 'Running'"]),
        [],
        ("Failing", reasons.OBJECT_MISSING, "No Pod exists in namespace demo"),
    ),
    (
        "pick Newest takes the youngest",
        check(given={"one": {**PODS["pods"], "pick": "Newest"}}, expect=["one.metadata.name == 'a'"]),
        [pod("a", creationTimestamp="2026-01-02T00:00:00Z"), pod("b")],
        ("Passed", reasons.MET, ""),
    ),
    (
        "pick Any passes when one of them fits",
        check(given={"one": {**PODS["pods"], "pick": "Any"}}, expect=["one.status.phase == 'Pending'"]),
        [pod("a"), pod("b", "Pending"), pod("c")],
        ("Passed", reasons.MET, ""),
    ),
    (
        "because comes first, with live values",
        check(because={"en": "Only ${web.spec.replicas} of $${three} asked for."}),
        [deployment(replicas=2)],
        (
            "Failing",
            reasons.NOT_MET,
            "Only 2 of ${three} asked for. (Deployment web: spec.replicas is 2, wanted 3)",
        ),
    ),
    (
        "because shows values as JSON has them",
        check(because={"en": "${web.spec.replicas == 2} ${['a', 'b']} ${web.metadata.labels} ${null}"}),
        [{**deployment(replicas=2), "metadata": metadata("web", labels={"app": "web"})}],
        (
            "Failing",
            reasons.NOT_MET,
            'true [a, b] {"app": "web"} ? (Deployment web: spec.replicas is 2, wanted 3)',
        ),
    ),
    (
        "because shows the beginning of what is long, on one line",
        check(because={"en": "${web.spec.long} ${web.spec.list}"}),
        [
            {
                **deployment(),
                "spec": {"replicas": 2, "long": "two\nlines" + "x" * 500, "list": [{"name": "x" * 500}]},
            }
        ],
        (
            "Failing",
            reasons.NOT_MET,
            f'two lines{"x" * 110}… [{{"name": "{"x" * 108}… (Deployment web: spec.replicas is 2, wanted 3)',
        ),
    ),
    (
        "workspace and nodes can be named",
        check(expect=["workspace == 'demo' && nodes.node1 == 'worker1'"]),
        [deployment()],
        ("Passed", reasons.MET, ""),
    ),
]


@pytest.mark.parametrize(
    ("body", "objects", "wanted"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_verdicts(body: Json, objects: list[Json], wanted: tuple[str, str, str]) -> None:
    found = judged(body, *objects)
    assert (found.verdict, found.reason, found.told("en")) == wanted


def test_because_is_told_in_the_labs_language() -> None:
    one = compiled(check(because={"en": "few", "zh": "太少"}), language="zh")
    found = judge(one, selections(one, "demo", {}), CheckMemory(), court(Objects(deployment(replicas=2))))
    assert found.told("zh").startswith("太少（")


def test_a_state_must_hold_and_starts_over_when_it_breaks() -> None:
    body, memory = check(holdsFor="10s"), CheckMemory()

    def at(now: float, replicas: int) -> Judgement:
        return judged(body, deployment(replicas=replicas), memory=memory, now=now)

    first = at(100, 3)
    assert (first.verdict, first.reason, first.wake_at) == ("Waiting", reasons.HOLDING, 110)
    assert first.told("en") == "True since 00:01:40 UTC; it must stay so for 10s"
    assert at(109.9, 3).verdict == "Waiting"
    assert at(109.95, 2).verdict == "Failing"
    assert at(111, 3).wake_at == 121
    assert at(121, 3).verdict == "Passed"


def test_a_stale_status_does_not_break_what_must_hold() -> None:
    body, memory = check(holdsFor="10s"), CheckMemory()
    judged(body, deployment(), memory=memory, now=100)
    assert judged(body, deployment(generation=2), memory=memory, now=105).verdict == "Waiting"
    assert judged(body, deployment(), memory=memory, now=110).verdict == "Passed"


def test_ever_stays_passed_once_it_was_true() -> None:
    body, memory = check(when="Ever"), CheckMemory()
    assert judged(body, deployment(replicas=1), memory=memory).verdict == "Failing"
    assert judged(body, deployment(replicas=3), memory=memory).verdict == "Passed"
    assert judged(body, memory=memory).verdict == "Passed"


def test_what_must_hold_begins_anew_after_a_time_in_which_nobody_watched() -> None:
    body, memory = check(holdsFor="10s"), CheckMemory()
    judged(body, deployment(), memory=memory, now=100)
    memory.missed(Gap(105, 112, exact=True, cause=as_is("the connection was lost")))
    assert judged(body, deployment(), memory=memory, now=112).wake_at == 122


def test_ever_says_when_nobody_watched_until_it_was_seen() -> None:
    body, memory = check(when="Ever"), CheckMemory()
    memory.missed(Gap(0, 9, exact=True, cause=as_is("the connection was lost")))
    assert judged(body, deployment(replicas=1), memory=memory, now=9).told("en") == (
        "Deployment web: spec.replicas is 1, wanted 3; not watched from 00:00:00 to 00:00:09 UTC "
        "(the connection was lost): show it again if it was so then"
    )
    assert judged(body, deployment(replicas=3), memory=memory, now=10).told("en") == ""


def test_ever_sees_a_spec_that_its_controller_never_caught_up_with() -> None:
    body, memory = check(when="Ever"), CheckMemory()
    assert judged(body, deployment(replicas=3, generation=2), memory=memory).verdict == "Passed"


def test_ever_waits_for_the_controller_where_it_asks_for_status() -> None:
    body = check(when="Ever", expect=["web.status.readyReplicas == 3"])
    assert judged(body, deployment(generation=2)).reason == reasons.STALE_STATUS


ASKED = check("ip", answer={}, given=PODS, expect=["pods.exists(p, answer == p.status.phase)"])


@pytest.mark.parametrize(
    ("answers", "verdict", "reason"),
    [
        ({}, "Failing", reasons.NOT_ANSWERED),
        ({"ip": Answered("")}, "Failing", reasons.NOT_ANSWERED),
        ({"ip": Answered("Running", stale=True)}, "Failing", reasons.ANSWER_STALE),
        ({"ip": Answered("Pending")}, "Failing", reasons.WRONG_ANSWER),
        ({"ip": Answered("Running")}, "Passed", reasons.MET),
    ],
)
def test_answers(answers: dict[str, Any], verdict: str, reason: str) -> None:
    found = judged(ASKED, pod(), **answers)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert "Running" not in found.told("en")


def test_what_is_wanted_of_a_question_is_not_told_when_the_expression_fails_before_the_answer() -> None:
    body = check("q", answer={}, expect=["web.metadata.uid == answer"])
    found = judged(body, deployment(), q=Answered("x"))
    assert found.told("en") == "'x' is not the answer: look again"


def test_a_secrets_value_is_in_no_message() -> None:
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata("s"),
        "data": {"password": "aHVudGVyMg=="},
    }
    given = {"s": {"apiVersion": "v1", "kind": "Secret", "name": "s"}}
    body = check(
        given=given, expect=["s.data.password == 'eA=='"], because={"en": "it is ${s.data.password}"}
    )
    found = judged(body, secret)
    assert found.verdict == "Failing"
    assert "aHVudGVyMg==" not in found.told("en")
    assert "it is (hidden)" in found.told("en")


UID = "0b2a3c4d-1111-4222-8333-444455556666"


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        (
            "web.metadata.uid == remembered.uid",
            "(Deployment web is not the one that was there when the step began)",
        ),
        (
            "web.metadata.uid != 'uid-of-web'",
            "(Deployment web: metadata.uid is uid-of-web, wanted not uid-of-web)",
        ),
        (f"web.metadata.labels['of'] == '{UID}'", ""),
    ],
)
def test_beside_the_authors_word_no_uid_is_told(expect: str, told: str) -> None:
    body = check(remember={"uid": "web.metadata.uid"}, expect=[expect], because={"en": "Another"})
    one = {**deployment(), "metadata": metadata("web", labels={"of": "x"})}
    found = judged(body, one, memory=CheckMemory(remembered={"uid": "another"}))
    assert found.told("en") == f"Another {told}".strip()


def test_remembered_values_are_read_back() -> None:
    body = check(remember={"uid": "web.metadata.uid"}, expect=["web.metadata.uid == remembered.uid"])
    assert (
        judged(body, deployment(), memory=CheckMemory(remembered={"uid": "uid-of-web"})).verdict == "Passed"
    )
    assert judged(body, deployment(), memory=CheckMemory(remembered={"uid": "another"})).verdict == "Failing"


def test_a_field_that_is_not_there_is_failing_with_its_path() -> None:
    found = judged(check(expect=["web.status.colour == 'red'"]), deployment())
    assert found.verdict == "Failing"
    assert found.told("en") == "Deployment web: status.colour is not set, wanted red"


def test_an_expression_over_its_limits_rests_until_the_spec_changes() -> None:
    memory = CheckMemory()
    many = [pod(f"p{i}") for i in range(150)]
    body = check(
        given=PODS, expect=["pods.all(a, pods.all(b, a.metadata.name != 'x' && b.metadata.name != 'x'))"]
    )
    assert judged(body, *many, memory=memory).verdict == "Error"
    assert judged(body, pod("a"), memory=memory).reason == reasons.TOO_COSTLY


def test_an_object_that_goes_need_not_catch_up() -> None:
    going = deployment(generation=2, deletionTimestamp="2026-01-01T00:00:00Z")

    assert judged(check(expect=["web.status.readyReplicas == 9"]), going).reason == reasons.NOT_MET
