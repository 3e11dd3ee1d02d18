"""Accounts as a person reads them, at 80 columns; and of every check of the catalogue."""

from typing import Any

import pytest

from builders import Json, Objects, check, deployment, pod, spec, step
from pages import drawn
from tutoriallab.cli.catalogue import Entry, entries
from tutoriallab.cli.explain_text import Told, render
from tutoriallab.grade.account import Account, Eyes, account
from tutoriallab.grade.bind import Chosen, Scope
from tutoriallab.grade.compile import CompiledCheck, compile_step
from tutoriallab.grade.judge import Court
from tutoriallab.grade.select import probes, selections
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.state import CheckState


def made(
    compiled: CompiledCheck, *objects: Json, state: CheckState | None = None, language: str = "en"
) -> Account:
    names = {"workspace": "demo"}
    chosen: Chosen = {**selections(compiled, "demo", names), **probes(compiled.check, "demo", names)}
    court = Court(Objects(*objects).select, Scope("demo", {}), {}, 0.0)
    return account(compiled, chosen, state, Eyes(court, language=language))


def shown(
    body: Json,
    *objects: Json,
    state: CheckState | None = None,
    says: str = "It is there",
    language: str = "en",
) -> str:
    compiled = compile_step(parse_spec(spec(step("first", body))), 0).checks[0]
    found = made(compiled, *objects, state=state, language=language)
    return drawn(render("demo", [Told("first", "Open", says, found)], language))


def test_a_failing_check() -> None:
    body = check(
        expect=["web.spec.replicas == 3 && web.status.readyReplicas == 2", "web.metadata.name == 'web'"]
    )
    state = CheckState(name="there", verdict="Failing", reason="NotMet", message="replicas is 2, wanted 3")

    assert shown(body, deployment(replicas=2), state=state) == "\n".join(
        [
            "demo: first/there  step open",
            "─" * 80,
            "It is there",
            "",
            "✗ The operator: Failing (NotMet): replicas is 2, wanted 3",
            "",
            "Given",
            "  web = Deployment web in namespace demo",
            "        metadata:",
            "          name: web",
            "        spec:",
            "          replicas: 2",
            "        status:",
            "          readyReplicas: 2",
            "",
            "Expects",
            "  ✗ web.spec.replicas == 3 && web.status.readyReplicas == 2",
            "      ✗ web.spec.replicas == 3",
            "          web.spec.replicas: 2",
            "      ✓ web.status.readyReplicas == 2",
            "          web.status.readyReplicas: 2",
            "  ✓ web.metadata.name == 'web'",
            "      web.metadata.name: web",
            "",
        ]
    )


def test_a_check_of_a_lab_in_chinese() -> None:
    given = {"ps": {"apiVersion": "v1", "kind": "Pod"}}
    body = check(given=given, when="Ever", expect=["ps.all(p, ready(p))"])
    state = CheckState(name="there", verdict="Failing", reason="NotMet", message="Pod web-0 未就绪")
    pods = [pod(f"web-{number}", ready=number > 0) for number in range(7)]

    told = shown(body, *pods, state=state, says="全部就绪", language="zh")

    assert [one for one in told.splitlines() if one and not one.startswith(" " * 8)] == [
        "demo: first/there  步骤已开放",
        "─" * 80,
        "全部就绪",
        "✗ operator：未通过（NotMet）：Pod web-0 未就绪",
        "取得",
        "  ps = 命名空间 demo 中的 Pod: 7",
        *(f"      web-{number}" for number in range(3)),
        "      … 还有 4 个",
        "要求",
        "  ✗ ps.all(p, ready(p))",
        "      ✗ Pod web-0",
        *(f"      ✓ Pod web-{number}" for number in range(1, 5)),
        "      … 还有 2 个",
        "须知",
        "  when: Ever：自本步开放以来，只要有一刻成立就算通过。",
    ]


def test_what_the_operator_has_not_judged_yet_is_judged_here() -> None:
    told = shown(check(), deployment())

    assert "· The operator: has not judged it yet\n✓ From here, now: Passed (Met)" in told


def test_many_objects_are_counted() -> None:
    given = {"ps": {"apiVersion": "v1", "kind": "Pod"}}
    body = check(given=given, expect=["ps.all(p, ready(p))"])

    told = shown(body, *(pod(f"web-{number}") for number in range(7)))

    assert "  ps = Pod in namespace demo: 7\n      web-0\n" in told
    assert "      … 4 more\n" in told
    assert "      ✓ Pod web-0\n" in told
    assert told.count("\n") < 60


def test_texts_of_others_cannot_write_to_the_terminal() -> None:
    one = pod("web")
    one["status"]["phase"] = "a\x1b[2Jb\u202e"
    given = {"p": {"apiVersion": "v1", "kind": "Pod", "name": "web"}}

    told = shown(check(given=given, expect=["p.status.phase == 'Running'"]), one)

    assert "phase: a[2Jb" in told
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_an_open_question_tells_that_nothing_is_told() -> None:
    told = shown(check(answer={}, expect=["answer == web.metadata.name"]), deployment())

    assert "This check asks a question." in told
    assert "Expects" not in told


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: str(entry.name))
def test_every_check_of_the_catalogue_can_be_explained(entry: Entry) -> None:
    lab: Any = parse_spec(entry.body()["spec"])
    for number, one in enumerate(lab.steps):
        for compiled in compile_step(lab, number).checks:
            found = made(compiled)
            told = drawn(render(entry.name, [Told(one.name, "Open", "says", found)]))
            assert len(told.splitlines()) < 80
            assert bool(found.withheld) == bool(compiled.check.answer)
