"""What the learner must type, some text says."""

from typing import Any

import pytest

from builders import Json, check, lab, step
from tutoriallab.cli.lint_said import Words, said_problems
from tutoriallab.grade.compile import compile_step
from tutoriallab.lab.parse import parse

WEB = {"web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
CHECK = "spec.steps[0].checks[0]."
SCALE = "#!/bin/sh\n# step: first\nkubectl scale deployment web --replicas=4\n"


def both(text: str, chinese: str = "") -> Json:
    return {"en": text, "zh": chinese or text}


def told(body: Json, *solutions: str) -> list[str]:
    spec = parse(body).spec
    steps = [compile_step(spec, number) for number in range(len(spec.steps))]
    return [str(one).removeprefix(CHECK) for one in said_problems(spec, steps, solutions)]


def first(*expect: str, says: Json, solutions: tuple[str, ...] = (SCALE,), **changes: Any) -> list[str]:
    """What is told of a lab with one check, `given` Deployment web unless changed."""
    brought = {key: changes.pop(key) for key in ("provision", "files") if key in changes}
    one = check(says=says, **{"given": WEB, "expect": list(expect), **changes})
    only = step("first", one, title=both("t"), task=both("t"))
    return told(lab("demo", only, title=both("A lab"), **brought), *solutions)


def problem(part: str, literal: str, languages: str) -> str:
    return (
        f"{part}: asks for {literal}, which the solution types and no text in {languages} says by then: "
        "write it into says or task, or ask for less"
    )


def test_a_number_and_a_name_that_no_text_says_are_told() -> None:
    assert first("web.spec.replicas == 4", says=both("It is scaled up.")) == [
        problem("given.web.name", "'web'", "en or zh"),
        problem("expect[0]", "4", "en or zh"),
    ]


def test_a_text_in_one_language_alone_is_not_enough() -> None:
    says = both("`web` has 4 replicas.", "`web` 扩容了。")
    assert first("web.spec.replicas == 4", says=says) == [problem("expect[0]", "4", "zh")]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("`web` has 4 replicas", "`web` 有 4 个副本"),
        ("web: four.", "web有四个副本"),
        ("a fourth web", "web 四"),
    ],
)
def test_a_number_may_be_said_in_digits_or_in_words(english: str, chinese: str) -> None:
    assert first("web.spec.replicas == 4", says=both(english, chinese)) == []


def test_what_the_solution_does_not_type_need_not_be_said() -> None:
    says = both("Service web answers.")
    page = {"page": {"kind": "Http", "service": "web", "port": 80}}
    assert first("page.status == 200", says=says, given=page) == []
    # Neither what only one of two right ways types, nor what stands in a comment.
    ways = (SCALE, "kubectl autoscale deployment web --min=2\n# 4\n")
    assert first("web.spec.replicas == 4", says=both("web is scaled up."), solutions=ways) == []
    assert first("web.spec.replicas == 4", says=both("It is scaled."), solutions=()) == []


@pytest.mark.parametrize(
    ("expect", "typed"),
    [
        ("image(web, 'web') == 'nginx:1.17.4'", "nginx:1.17.4"),
        ("image(web, 'web') == 'docker.io/library/nginx:1.17.4'", "nginx:1.17.4"),
        ("web.metadata.labels['tier'] == 'front'", "tier=front"),
        ("web.spec.replicas in [5, 6]", "5"),
        ("web.spec.template.spec.containers.exists(c, c.name == 'side')", "side"),
        ("web.spec.replicas == 5 && web.spec.paused", "5"),
        (
            "quantity(web.spec.template.spec.containers[0].resources.limits.memory) == quantity('64Mi')",
            "64Mi",
        ),
        ("web.status.availableReplicas >= 5", "5"),
    ],
)
def test_every_literal_that_is_asked_for_is_looked_for(expect: str, typed: str) -> None:
    says = both("It is so, in web.")
    solution = f"kubectl do web {typed} 6\n"
    assert first(expect, says=says, solutions=(solution,)) != []
    assert first(expect, says=both(f"web has {typed}."), solutions=(solution,)) == []


@pytest.mark.parametrize(
    ("expect", "typed"),
    [
        ("web.spec.replicas != 5", "5"),
        ("web.spec.replicas * 5 >= web.status.replicas", "5"),
        ("web.spec.replicas == 5 || web.spec.replicas == 7", "5"),
        ("web.spec.replicas in [5, 7]", "5"),
        ("web.status.conditions.exists(c, c.type == 'Available')", "Available"),
        ("web.spec.replicas > 0 && web.spec.replicas != 1", "0 1"),
        ("web.metadata.name + '/' != ''", "/"),
    ],
)
def test_what_a_text_need_not_say(expect: str, typed: str) -> None:
    assert first(expect, says=both("web, 7"), solutions=(f"kubectl do web {typed}\n",)) == []


def test_names_by_which_is_selected_are_looked_for() -> None:
    given = {
        "pods": {
            "apiVersion": "v1",
            "kind": "Pod",
            "selector": {"matchLabels": {"tier": "front"}},
            "ownedBy": {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "rs"},
        },
        "own": {"apiVersion": "v1", "kind": "Pod", "name": "${workspace}-x"},
    }
    assert first(
        "size(pods) > 0", says=both("It is so."), given=given, solutions=("kubectl do rs tier=front -x\n",)
    ) == [
        problem("given.pods.ownedBy.name", "'rs'", "en or zh"),
        problem("given.pods.selector.matchLabels", "'tier'", "en or zh"),
        problem("given.pods.selector.matchLabels", "'front'", "en or zh"),
    ]


def test_a_port_and_a_path_that_are_asked_are_looked_for() -> None:
    given = {"page": {"kind": "Http", "service": "web", "port": 8080, "path": "/shop/"}}
    solution = "kubectl expose web --port=8080; kubectl create ingress --rule=/shop=web\n"
    assert first("page.status == 200", says=both("web answers."), given=given, solutions=(solution,)) == [
        problem("given.page.path", "'/shop/'", "en or zh"),
        problem("given.page.port", "8080", "en or zh"),
    ]
    says = both("web answers on port 8080, below /shop.")
    assert first("page.status == 200", says=says, given=given, solutions=(solution,)) == []


def test_what_the_lab_brings_is_known() -> None:
    web = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {"replicas": 4},
    }
    assert first("web.spec.replicas == 4", says=both("It is as it was."), provision=[web]) == []
    files = [{"path": "web.yaml", "content": "metadata: {name: web}\nspec: {replicas: 4}\n"}]
    assert first("web.spec.replicas == 4", says=both("The file is applied."), files=files) == []


def test_an_answer_is_for_the_learner_to_find() -> None:
    assert (
        first("answer == 'kubelet'", says=both("Who?"), given={}, answer={}, solutions=("kubelet\n",)) == []
    )


def test_only_what_was_said_by_then_is_known() -> None:
    def scaled(name: str, to: int, **texts: Any) -> Json:
        one = check(says=both("It is so."), given=WEB, expect=[f"web.spec.replicas == {to}"])
        return step(name, one, **{"title": both("t"), "task": both("t"), **texts})

    both_typed = "kubectl scale web --replicas=4; kubectl scale web --replicas=5"
    body = lab(
        "demo", scaled("a", 4, hints=[both("web, 4")]), scaled("b", 4), scaled("c", 5), title=both("A lab"),
        debrief=both("5"),
    )  # fmt: skip
    (one,) = told(body, both_typed)
    assert one.startswith("spec.steps[2].checks[0].expect[0]: asks for 5")


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("the website", "web", False),
        ("`web`", "web", True),
        ("名为web的", "web", True),
        (".status.web", "web", False),
        ("WEB", "web", True),
        ("14 and 4.5 and 1.4", 4, False),
        ("4.", 4, True),
        ("1,000 lines", 1000, True),
        ("0.5", 0.5, True),
        ('say "web"', '"web"', True),
    ],
)
def test_words(text: str, wanted: str | float, found: bool) -> None:
    assert Words(text, "en").have(wanted) is found
