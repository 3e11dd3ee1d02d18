"""Nothing that a question says shows what it wants."""

import pytest

from builders import Json, Objects, check, deployment, pod, spec, step
from tutoriallab.grade import reasons
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.compile import compile_step, problems
from tutoriallab.grade.judge import Answered, CheckMemory, Court, judge
from tutoriallab.grade.judgement import Judgement
from tutoriallab.grade.select import selections
from tutoriallab.lab.parse import parse_spec

PODS = {"pods": {"apiVersion": "v1", "kind": "Pod"}}
ONE = {"pod": {"apiVersion": "v1", "kind": "Pod", "pick": "Only"}}
SECRET_IP = "10.244.1.5"


def asked(answer: str | None, body: Json, *objects: Json) -> Judgement:
    compiled = compile_step(parse_spec(spec(step("a", body))), 0).checks[0]
    answers = {} if answer is None else {"q": Answered(answer)}
    court = Court(Objects(*objects).select, Scope("demo", {}), answers, 0.0)
    return judge(compiled, selections(compiled, "demo", {}), CheckMemory(), court)


def question(*expect: str, **changes: object) -> Json:
    return check("q", **{"answer": {}, "expect": list(expect), **changes})


def with_ip(name: str = "web-1", **changes: object) -> Json:
    one = pod(name, **changes)  # type: ignore[arg-type]
    one["status"]["podIP"] = SECRET_IP
    one["spec"]["nodeName"] = "worker2"
    return one


IP = "answer == pod.status.podIP"
WRONG: list[tuple[str, Json, str]] = [
    ("a comparison", question(IP, given=ONE), "'x' is not the answer: look again"),
    ("turned round", question("pod.status.podIP == answer", given=ONE), "'x' is not the answer: look again"),
    (
        "nested in a choice of expressions",
        question("size(pods) == 1 ? pods.exists(p, p.status.podIP == answer) : false", given=PODS),
        "'x' is not the answer: look again",
    ),
    (
        "beside what has nothing to do with it",
        question("size(pods) > 5 || pods.all(p, answer == p.status.podIP)", given=PODS),
        "'x' is not the answer: look again",
    ),
    (
        "an expression before it on the same field",
        question("pod.status.podIP == '10.0.0.1'", IP, given=ONE),
        "The cluster is not as the question needs it: look at the task and the other checks",
    ),
    (
        "an expression before it on the whole object",
        question("size(pods) == 7", "pods.exists(p, answer == p.status.podIP)", given=PODS),
        "The cluster is not as the question needs it: look at the task and the other checks",
    ),
    (
        "an expression before it on another field",
        question("pod.spec.nodeName == 'worker1'", IP, given=ONE),
        "Pod web-1: spec.nodeName is worker2, wanted worker1",
    ),
    ("what CEL says", question("int(answer) == size(pods)", given=PODS), "'x' is not the answer: look again"),
    (
        "the author's word",
        question(IP, given=ONE, because={"en": "Not ${answer} in ${workspace}."}),
        "Not x in demo.",
    ),
]


@pytest.mark.parametrize(("body", "told"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_answer_is_told_without_the_right_one(body: Json, told: str) -> None:
    found = asked("x", body, with_ip())
    assert (found.verdict, found.told("en")) == ("Failing", told)
    assert SECRET_IP not in found.told("en")


def test_the_names_of_several_objects_are_not_told_as_one_may_be_the_answer() -> None:
    found = asked("x", question("answer == pod.metadata.name", given=ONE), pod("a-1"), pod("b-2"))
    assert found.reason == reasons.NOT_EXACTLY_ONE
    assert "a-1" not in found.told("en")


def test_generations_are_not_told_as_they_may_be_the_answer() -> None:
    found = asked("x", question("answer == string(web.metadata.generation)"), deployment(generation=4711))
    assert (found.verdict, found.reason) == ("Waiting", reasons.STALE_STATUS)
    assert "4711" not in found.told("en")


@pytest.mark.parametrize("answer", ["1", " 1 ", "１", "01"])
def test_numbers_may_be_compared_as_numbers(answer: str) -> None:
    assert asked(answer, question("int(answer) == size(pods)", given=PODS), pod()).verdict == "Passed"


CHOICE = question(
    "answer == 'BestEffort'", given={}, answer={"type": "choice", "choices": ["Burstable", "BestEffort"]}
)


@pytest.mark.parametrize(
    ("answer", "verdict", "told"),
    [
        ("besteffort", "Passed", ""),
        ("Burstable", "Failing", "'Burstable' is not the answer: look again"),
        ("Best", "Failing", "'Best' is no choice: choose one of Burstable, BestEffort"),
        (
            None,
            "Failing",
            "Not answered yet: choose one of Burstable, BestEffort; kubectl lab answer q YOUR-ANSWER (spec.answers.q)",
        ),
        (
            "\u3000",
            "Failing",
            "Not answered yet: choose one of Burstable, BestEffort; kubectl lab answer q YOUR-ANSWER (spec.answers.q)",
        ),
    ],
)
def test_choices(answer: str | None, verdict: str, told: str) -> None:
    found = asked(answer, CHOICE)
    assert (found.verdict, found.told("en")) == (verdict, told)


def test_a_long_answer_is_repeated_in_part_and_on_one_line() -> None:
    found = asked("a\n\x1b[31m" + "x" * 900, question(IP, given=ONE), with_ip())
    assert len(found.told("en")) < 160
    assert "\x1b" not in found.told("en")


FAULTS: list[tuple[str, Json, str]] = [
    (
        "because shows a live value",
        question(IP, given=ONE, because={"en": "No.", "zh": "是 ${pod.status.podIP}"}),
        "spec.steps[0].checks[0].because.zh: a live value may be the answer: in a question name only answer, "
        "workspace and nodes",
    ),
    (
        "what is remembered is asked for",
        question("answer == remembered.ip", given=ONE, remember={"ip": "pod.status.podIP"}),
        "spec.steps[0].checks[0].remember: what is remembered stands in status, and would tell the answer: ask for "
        "something else",
    ),
    (
        "no expression names the answer",
        question("web.spec.replicas == 3"),
        "spec.steps[0].checks[0].expect: no expression names answer: any text would be right",
    ),
    (
        "what nobody can answer",
        question("answer in ['ok', 'ja。']"),
        "spec.steps[0].checks[0].expect: no answer is 'ja。', as it is read as 'ja': write that",
    ),
    (
        "what is no choice",
        question("answer == 'No'", answer={"type": "choice", "choices": ["Yes", "no"]}),
        "spec.steps[0].checks[0].expect: 'No' is no choice: compare answer with one of answer.choices",
    ),
]


@pytest.mark.parametrize(("body", "told"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_question_that_gives_itself_away_or_cannot_be_answered_is_refused(body: Json, told: str) -> None:
    assert [str(problem) for problem in problems(parse_spec(spec(step("a", body))))] == [told]


def test_a_question_may_remember_what_it_does_not_ask_for() -> None:
    body = question("pod.metadata.uid != remembered.uid", IP, given=ONE, remember={"uid": "pod.metadata.uid"})
    assert not list(problems(parse_spec(spec(step("a", body)))))
