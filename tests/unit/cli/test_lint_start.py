"""A check that the starting state itself passes is told, where that is sure."""

from typing import Any

import pytest

from builders import Json, check, lab, step
from tutoriallab.cli.lint_start import start_problems
from tutoriallab.grade.compile import compile_step
from tutoriallab.lab.parse import parse

WEB = {"web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
PODS = {"pods": {"apiVersion": "v1", "kind": "Pod"}}
FIRST = "spec.steps[0].checks[0]: is passed before the learner does anything"


def deployment(replicas: int = 3, **spec: Any) -> Json:
    pod = {"containers": [{"name": "nginx", "image": "nginx:1.17.1"}]}
    template = {"metadata": {"labels": {"app": "web"}}, "spec": pod}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "labels": {"app": "web"}},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": "web"}},
            "template": template,
            **spec,
        },
    }


def pod(name: str = "one", **spec: Any) -> Json:
    container = {"name": "nginx", "image": "nginx:1.17.1"}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": {"app": "web"}},
        "spec": {"containers": [container], **spec},
    }


def told(body: Json) -> list[str]:
    made = parse(body)
    steps = [compile_step(made.spec, number) for number in range(len(made.spec.steps))]
    return [str(one) for one in start_problems(made, steps)]


def first(*expect: str, provision: list[Json] | None = None, **changes: Any) -> list[str]:
    """What is told of a first step with this check."""
    return told(lab("demo", step("first", check(expect=list(expect), **changes)), provision=provision or []))


@pytest.mark.parametrize(
    "expect",
    [
        "web.spec.replicas == 3",
        "web.spec.replicas != 1",
        "image(web, 'nginx') == 'nginx:1.17.1'",
        "web.spec.template.spec.containers.exists(c, c.image.startsWith('nginx'))",
        "web.metadata.labels['app'] == 'web'",
        "!('tier' in web.metadata.labels)",
        "!has(web.spec.template.spec.containers[0].readinessProbe)",
        "web != null",
    ],
)
def test_what_the_starting_state_declares_is_told(expect: str) -> None:
    (one,) = first(expect, given=WEB, provision=[deployment()])
    assert one.startswith(FIRST)


@pytest.mark.parametrize(
    "expect",
    [
        # Not so at the start.
        "web.spec.replicas == 1",
        "image(web, 'nginx') == 'nginx:1.17.4'",
        "web.metadata.labels['tier'] == 'front'",
        # A controller writes it.
        "web.status.availableReplicas == 0",
        "!condition(web, 'Available')",
        "!('deployment.kubernetes.io/revision' in web.metadata.annotations)",
        # The API server has a default for it.
        "!has(web.spec.strategy)",
        "!has(web.spec.template.spec.containers[0].imagePullPolicy)",
        "!has(web.spec.template.spec.volumes)",
        "web.spec.template.spec.containers[0] != {'name': 'x'}",
    ],
)
def test_what_is_not_so_or_not_sure_is_not_told(expect: str) -> None:
    assert first(expect, given=WEB, provision=[deployment()]) == []


def test_an_autoscaler_may_change_the_replicas() -> None:
    scaler = {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "web"}}
    assert first("web.spec.replicas == 3", given=WEB, provision=[deployment(), scaler]) == []


def test_what_is_true_of_no_object_is_told_only_where_nobody_makes_some() -> None:
    assert first("pods.all(p, ready(p))", given=PODS)[0].startswith(FIRST)
    assert first("size(pods) == 0", given=PODS)[0].startswith(FIRST)
    assert first("pods.all(p, ready(p))", given=PODS, provision=[deployment()]) == []
    assert first("pods.all(p, ready(p))", given=PODS, provision=[pod()]) == []
    assert first("size(pods) == 1", given=PODS, provision=[pod()])[0].startswith(FIRST)
    assert first("size(pods) == 1", given=PODS) == []


def test_what_must_not_be_there_is_told_where_it_is_not() -> None:
    gone = {"pod": {"apiVersion": "v1", "kind": "Pod", "name": "one", "optional": True}}
    assert first("pod == null", given=gone)[0].startswith(FIRST)
    assert first("pod == null", given=gone, provision=[pod()]) == []


def test_labels_and_where_select_as_in_the_cluster() -> None:
    chosen = {"pods": {**PODS["pods"], "selector": {"matchLabels": {"app": "web"}}}}
    fitting = {"pods": {**PODS["pods"], "where": "object.metadata.name == 'two'"}}
    unsure = {"pods": {**PODS["pods"], "where": "object.status.phase == 'Running'"}}
    there = [pod("one"), pod("two")]
    assert first("size(pods) == 2", given=chosen, provision=there)[0].startswith(FIRST)
    assert first("size(pods) == 1", given=fitting, provision=there)[0].startswith(FIRST)
    assert first("size(pods) == 0", given=unsure, provision=there) == []


@pytest.mark.parametrize(
    "given",
    [
        {"x": {"apiVersion": "v1", "kind": "ConfigMap"}},
        {"x": {"apiVersion": "v1", "kind": "ServiceAccount"}},
        {"x": {"apiVersion": "v1", "kind": "Event"}},
        {"x": {"apiVersion": "v1", "kind": "Node"}},
    ],
)
def test_of_what_each_workspace_has_some_nothing_is_told(given: Json) -> None:
    assert first("size(x) == 0", given=given) == []


def test_checks_that_need_more_than_a_state_are_left_alone() -> None:
    true = "web.spec.replicas == 3"
    there: Json = {"given": WEB, "provision": [deployment()]}
    assert first(f"{true} && answer == 'x'", answer={}, **there) == []
    assert first("web.spec.replicas == remembered.was", remember={"was": "web.spec.replicas"}, **there) == []
    throughout = step("first", check(given=WEB, expect=[true], when="Throughout"), check("b", given=WEB))
    assert len(told(lab("demo", throughout, provision=[deployment()]))) == 1


@pytest.mark.parametrize("changes", [{"when": "Ever"}, {"holdsFor": "10s"}])
def test_of_time_it_is_enough_that_it_is_true(changes: Json) -> None:
    assert first("web.spec.replicas == 3", given=WEB, provision=[deployment()], **changes)[0].startswith(
        FIRST
    )


def test_a_later_step_is_told_when_its_own_provision_passes_all_of_it() -> None:
    begun = step("first", check(given=WEB, expect=["web.spec.replicas == 1"]))
    kept = check(given=WEB, expect=["web.spec.replicas == 3"])
    later = step("later", kept, provision=[deployment()])
    (one,) = told(lab("demo", begun, later))
    assert one.startswith("spec.steps[1]: is passed as it opens, by what it provisions itself")

    more = step(
        "later", kept, check("b", given=WEB, expect=["web.spec.replicas == 4"]), provision=[deployment()]
    )
    assert told(lab("demo", begun, more)) == []
    # What earlier steps have left is not known.
    assert told(lab("demo", begun, step("later", check(given=PODS, expect=["size(pods) == 0"])))) == []


def test_manifests_that_are_not_of_one_piece_are_not_judged() -> None:
    twice = [deployment(), deployment(replicas=1)]
    wrong = {**deployment(), "metadata": {"name": "web", "labels": "no map"}}
    for provision in (twice, [wrong]):
        assert first("web.spec.replicas == 3", given=WEB, provision=provision) == []
