"""A check that cannot fail, or cannot pass, is told."""

from typing import Any

import pytest

from builders import check, lab, step
from tutoriallab.cli.lint_constant import constant_problems
from tutoriallab.grade.compile import compile_step
from tutoriallab.lab.parse import parse

WEB = {"web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
MAYBE = {"web": {**WEB["web"], "optional": True}}
PODS = {"pods": {"apiVersion": "v1", "kind": "Pod"}}


def told(*expect: str, **changes: Any) -> list[str]:
    body = lab("demo", step("first", check(expect=list(expect), **changes), check("other")))
    return [str(one).removeprefix("spec.steps[0].checks[0].") for one in constant_problems([compiled(body)])]


def compiled(body: dict[str, Any]) -> Any:
    return compile_step(parse(body).spec, 0)


@pytest.mark.parametrize(
    "expect",
    [
        ["web.spec.replicas == 3"],
        ["web.spec.replicas >= 2", "web.spec.replicas <= 3", "web.status.readyReplicas > 0"],
        ["web.status.availableReplicas >= 1", "web.status.availableReplicas == web.spec.replicas"],
        ["size(web.spec.template.spec.containers) > 0"],
        ["web.spec.replicas != 3 || web.spec.paused == true"],
        ["has(web.spec.paused)", "!has(web.spec.minReadySeconds)"],
        # To ask for its existence.
        ["true"],
    ],
)
def test_a_check_that_can_fail_is_no_problem(expect: list[str]) -> None:
    assert told(*expect, given=WEB) == []


@pytest.mark.parametrize(
    "always",
    [
        "true",
        "1 < 2",
        "web.status.readyReplicas >= 0",
        "0 <= web.status.readyReplicas",
        "size(web.spec.template.spec.containers) > -1",
        "web.spec.replicas == web.spec.replicas",
        "web.spec.replicas == 3 || true",
        "!(web.spec.replicas == 3 && false)",
    ],
)
def test_what_is_always_true_is_told_where_it_stands(always: str) -> None:
    assert told("web.spec.replicas == 3", always, given=WEB) == [
        "expect[1]: is always true: leave it out, or write what was meant"
    ]
    assert told(always, given=MAYBE) == [
        "expect: is true whatever is in the cluster, so the check cannot fail: "
        "ask for something of what given selects"
    ]


def test_a_throughout_that_nothing_can_violate_is_told() -> None:
    assert told("size(pods) >= 0", given=PODS, when="Throughout") == [
        "expect: is true whatever is in the cluster: nothing can violate it throughout: "
        "ask for something of what given selects"
    ]
    assert told("size(pods) >= 1", given=PODS, when="Throughout") == []
    # Whoever deletes it violates it.
    assert told("true", given=WEB, when="Throughout") == []


@pytest.mark.parametrize(
    "never",
    [
        "false",
        "web.status.readyReplicas < 0",
        "size(web.spec.template.spec.containers) == -1",
        "web.spec.replicas != web.spec.replicas",
        "web.spec.replicas == 3 && 'a' == 'b'",
    ],
)
def test_what_is_never_true_is_told(never: str) -> None:
    assert told(never, given=WEB) == [
        "expect[0]: is never true, so the check cannot pass: ask for something of what given selects"
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("web.spec.replicas == 3", "web.spec.replicas == 4"),
        ("web.spec.replicas == 3", "3 < web.spec.replicas"),
        ("web.spec.replicas > 3", "web.spec.replicas <= 3"),
        ("image(web, 'nginx') == 'nginx:1'", "image(web, 'nginx') == 'nginx:2'"),
    ],
)
def test_two_that_cannot_be_true_together_are_told(first: str, second: str) -> None:
    (one,) = told(first, second, given=WEB)
    assert one.startswith("expect[1]: cannot be true together with expect[0], as both are about ")
    (one,) = told(f"{first} && {second}", given=WEB)
    assert one.startswith("expect[0]: cannot be true together with expect[0]")


def test_what_the_learner_cannot_change_is_told() -> None:
    assert told("workspace.startsWith('de')", given=PODS) == [
        "expect: names nothing that changes while the step is open: ask for something of what given selects"
    ]
    assert told("workspace.startsWith('de')", given=WEB) == []
    assert len(told("false", given=PODS)) == 1
    assert told("answer == 'x'", given={}, answer={}) == []


def test_what_is_true_of_whatever_is_there_is_told_once() -> None:
    assert told("true", "1 == 1", given=WEB) == [
        "expect: is true as soon as what given selects is there: leave all but one out"
    ]
