"""The verdicts of a lab in Chinese: Chinese sentences around objects, fields, values and commands as they are."""

from typing import Any

import pytest

from builders import Json, Objects, check, deployment, pod, spec, step
from tutoriallab.grade.compile import CompiledCheck, compile_step
from tutoriallab.grade.gap import Gap
from tutoriallab.grade.judge import Answered, CheckMemory, judge
from tutoriallab.grade.select import probes, selections
from tutoriallab.grade.settle import workloads_missing
from tutoriallab.kube.errors import error_from_answer
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.state import CheckState, StepProgress
from tutoriallab.observe.probe import reading, sight
from tutoriallab.observe.probe.outcome import Heard, Silent
from tutoriallab.observe.probe.request import Log
from tutoriallab.observe.selection import Selection
from tutoriallab.words import grading
from unit.grade.test_judge import PODS, compiled, court

PAGE = {"page": {"kind": "Http", "service": "web", "port": 80, "path": "/"}}
SECRET = {"db": {"apiVersion": "v1", "kind": "Secret", "name": "db"}}
NAMED = {"web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}


def on(given: Json, expression: str, **changes: Any) -> Json:
    return check(given=given, expect=[expression], **changes)


def on_web(expression: str) -> Json:
    return on(NAMED, expression)


def throughout() -> CompiledCheck:
    raw = spec(step("a", check(when="Throughout"), check("done")), language="zh")
    return compile_step(parse_spec(raw), 0).checks[0]


def only(**given: Any) -> Json:
    return {"one": {"apiVersion": "v1", "kind": "Pod", "pick": "Only", **given}}


def secret() -> Json:
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": pod("db")["metadata"],
        "data": {"password": "eA=="},
    }


WEB = deployment(replicas=2)
TABLE: dict[str, tuple[Json, list[Json], str]] = {
    "seen and wanted": (check(), [WEB], "Deployment web：spec.replicas 是 2，应为 3"),
    "not equal": (on_web("web.spec.replicas != 2"), [WEB], "Deployment web：spec.replicas 是 2，不应为 2"),
    "at least": (on_web("web.spec.replicas >= 3"), [WEB], "Deployment web：spec.replicas 是 2，至少应为 3"),
    "another object's field": (
        on({**NAMED, "p": {"apiVersion": "v1", "kind": "Pod", "name": "p"}}, "web.metadata.name == p.metadata.name"),
        [WEB, pod("p")],
        "Deployment web：metadata.name 是 web，应为 p（Pod p：metadata.name）",
    ),
    "a text": (
        on_web("web.metadata.name.startsWith('x')"), [WEB], "Deployment web：metadata.name 是 web，应以 x 开头"),
    "not set": (
        on_web("web.metadata.labels['a'] == 'b'"), [WEB], 'Deployment web：metadata.labels["a"] 未设置，应为 b'),
    "no object": (check(), [], "命名空间 demo 中不存在 Deployment web"),
    "a condition": (
        on_web("condition(web, 'Available')"), [WEB], "Deployment web：状况 Available 未设置，应为 True"),
    "not ready": (
        on({"p": {"apiVersion": "v1", "kind": "Pod", "name": "p"}}, "ready(p)"),
        [pod("p", ready=False)],
        "Pod p 未就绪",
    ),
    "none of several": (
        on(PODS, "pods.exists(p, p.status.phase == 'Failed' && ready(p))"),
        [pod("a"), pod("b")],
        "pods（2）中没有 Pod 满足 status.phase 为 Failed 且状况 Ready 为 True",
    ),
    "so many of several": (
        on(PODS, "pods.filter(p, ready(p)).size() == 3"),
        [pod("a"), pod("b")],
        "pods（2）中有 2 个 Pod 满足状况 Ready 为 True，应为 3",
    ),
    "the size of what is selected": (on(PODS, "size(pods) == 3"), [pod("a")], "pods（选中的 Pod）的大小是 1，应为 3"),
    "an image": (
        on({"p": {"apiVersion": "v1", "kind": "Pod", "name": "p"}}, "image(p, 'web') == 'nginx:9'"),
        [pod("p")],
        "Pod p：容器 web 的镜像是 nginx:1.7.9，应为 nginx:9",
    ),
    "either of two": (
        on_web("web.spec.replicas == 3 || web.metadata.name == 'x'"),
        [WEB],
        "Deployment web：spec.replicas 是 2，应为 3；或者 Deployment web：metadata.name 是 web，应为 x",
    ),
    "a Secret": (
        on(SECRET, "db.data.password == 'x'"), [secret()], 'Secret db：data["password"] 的值不符合要求'),
    "the expression itself": (
        on_web("web.spec.replicas + 1 == 3 ? false : web.spec.replicas * 2 == 5"),
        [WEB],
        "`web.spec.replicas + 1 == 3 ? false : web.spec.replicas * 2 == 5` 不成立（Deployment web：spec.replicas 是 2）",
    ),
    "an old status": (
        check(),
        [deployment(generation=2)],
        "Deployment web：status 的 generation 是 1，spec 的是 2；正在等待它的控制器跟上",
    ),
    "several instead of one": (
        on(only(), "true"), [pod("a"), pod("b")], "命名空间 demo 中有 2 个 Pod（a, b），应恰好有一个"),
    "none of a kind with labels": (
        on(only(selector={"matchLabels": {"app": "web"}}), "true"), [], "命名空间 demo 中不存在带有标签 app=web 的 Pod"),
    "no answer": (
        check(answer={}, expect=["answer == 'x'"]),
        [WEB],
        "还没有回答：kubectl lab answer there 你的答案（spec.answers.there）",
    ),
    "a choice": (
        check(answer={"type": "choice", "choices": ["a", "b"]}, expect=["answer == 'a'"]),
        [WEB],
        "还没有回答：请从 a, b 中选一个；kubectl lab answer there 你的答案（spec.answers.there）",
    ),
    "an author's word": (
        check(because={"en": "Too few", "zh": "只有 ${web.spec.replicas} 个"}),
        [WEB],
        "只有 2 个（Deployment web：spec.replicas 是 2，应为 3）",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "objects", "told"), TABLE.values(), ids=TABLE)
def test_a_verdict_is_told_in_chinese(body: Json, objects: list[Json], told: str) -> None:
    one = compiled(body, "zh")
    found = judge(one, selections(one, "demo", {}), CheckMemory(), court(Objects(*objects)))
    assert found.told("zh") == told


def test_answers_are_told_of_in_chinese() -> None:
    body = check(answer={"type": "choice", "choices": ["a", "b"]}, expect=["answer == 'a'"])
    one = compiled(body, "zh")

    def told(**answer: Any) -> str:
        asked = court(Objects(WEB), there=Answered(**answer))
        return judge(one, selections(one, "demo", {}), CheckMemory(), asked).told("zh")

    assert told(text="b") == "'b' 不是正确答案：请再看一看"
    assert told(text="c") == "'c' 不是选项：请从 a, b 中选一个"
    assert told(text="a", stale=True) == "这是重置实验之前的回答：请用 `kubectl lab answer` 重新回答"


def test_checks_over_time_are_told_of_in_chinese() -> None:
    one, memory = throughout(), CheckMemory()

    def at(now: float, *objects: Json) -> str:
        chosen = selections(one, "demo", {})
        return judge(one, chosen, memory, court(Objects(*objects), now)).told("zh")

    assert at(60, deployment()) == "自 00:01:00 UTC 起成立；必须一直保持到本步骤的其他检查项都通过"
    assert at(70, WEB) == (
        "00:01:10 UTC 时：Deployment web：spec.replicas 是 2，应为 3。"
        "请重做本步骤：kubectl lab restart-step（或用注解 tutoriallab.dev/restart-step）"
    )


def test_a_gap_is_told_of_in_chinese() -> None:
    one, memory = compiled(check(when="Ever"), "zh"), CheckMemory()
    memory.missed(Gap(0, 9, exact=True, cause=grading.CONNECTION_LOST()))
    assert judge(one, selections(one, "demo", {}), memory, court(Objects(WEB), 10)).told("zh") == (
        "Deployment web：spec.replicas 是 2，应为 3；"
        "从 00:00:00 到 00:00:09（UTC）没有在观察（与 API server 的连接断开过）：如果当时成立过，请再做一次"
    )
    gap = Gap.before(StepProgress(name="a", state="Open", opened_at=rfc3339(5)), 9)
    assert gap.sentence.told("zh") == "在 00:00:05 与 00:00:09（UTC）之间有一段时间没有在观察（评分中断过）"


def test_what_an_earlier_operator_has_told_stays_in_its_language() -> None:
    memory = CheckMemory()
    ended = CheckState(name="there", verdict="Failing", reason="Violated", message="At 12: it was false")
    memory.vigil = type(memory.vigil).recalled(ended)
    one = throughout()
    chosen = selections(one, "demo", {})
    assert judge(one, chosen, memory, court(Objects(WEB))).told("zh") == "At 12: it was false"


def test_a_page_that_does_not_answer_is_told_of_in_chinese() -> None:
    one = compiled(on(PAGE, "page.status == 200"), "zh")
    (probe,) = probes(one.check, "demo", {}).values()
    assert not isinstance(probe, Selection | Log)
    found = sight.look(probe, Objects().select).found
    assert isinstance(found, Silent)
    assert found.message.told("zh") == "命名空间 demo 中不存在 Service web"
    asked = court(Objects())
    asked = type(asked)(
        asked.select, asked.scope, {}, 0.0, lambda _: Heard({"status": 500, "body": "", "headers": {}})
    )
    assert (
        judge(one, {"page": probe}, CheckMemory(), asked).told("zh")
        == "GET http://web:80/：status 是 500，应为 200"
    )


def test_a_log_that_is_not_there_is_told_of_in_chinese() -> None:
    log = Log("demo", "web", "nginx")
    pending = pod("web", "Pending", containers=["nginx"])
    found = sight.look(log, Objects(pending).select).found
    assert isinstance(found, Silent)
    refused = reading.failed(log, error_from_answer(500, b""))
    assert not isinstance(refused, Heard)
    assert (
        refused.message.told("zh") == "无法请求 Pod web 的容器 nginx 的日志：HTTP status 500 without a text"
    )


def test_what_a_starting_state_lacks_is_told_in_chinese() -> None:
    web = Selection("apps/v1", "Deployment", "demo", name="web")
    status = {"observedGeneration": 1, "availableReplicas": 1}
    found = workloads_missing({"Deployment web": web}, Objects(deployment(status=status)).select)
    assert found is not None
    assert found.told("zh") == "Deployment web：3 个副本中有 1 个可用"
