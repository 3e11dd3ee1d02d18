from collections.abc import Mapping
from typing import Any

from tutoriallab.lab.parse import Lab, parse
from tutoriallab.provision.render import starting_state, step_state, workspace_manifests


def step(name: str = "s", *provision: Mapping[str, Any]) -> dict[str, Any]:
    check = {"name": "c", "says": {"en": "c"}, "expect": ["true"]}
    texts: dict[str, Any] = {"title": {"en": "s"}, "task": {"en": "s"}}
    return {"name": name, **texts, "checks": [check], "provision": list(provision)}


def lab(*provision: Mapping[str, Any], namespace: str = "default", **spec: Any) -> Lab:
    body = {"title": {"en": "t"}, "provision": list(provision), "steps": [step()], **spec}
    metadata = {"name": "scale", "namespace": namespace, "uid": "u1", "generation": 1}
    return parse({"metadata": metadata, "spec": body})


def manifest(kind: str, name: str = "web", **rest: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}, **rest}


def test_the_namespace_says_whose_it_is_and_holds_pods_to_the_labs_level() -> None:
    namespace = workspace_manifests(lab(namespace="class")).namespace
    assert namespace["metadata"] == {
        "name": "class-scale",
        "labels": {
            "tutoriallab.dev/lab": "scale",
            "tutoriallab.dev/lab-namespace": "class",
            "app.kubernetes.io/managed-by": "tutoriallab",
            "pod-security.kubernetes.io/enforce": "baseline",
        },
        "annotations": {"tutoriallab.dev/lab-uid": "u1"},
    }


def test_a_privileged_lab_gets_a_privileged_workspace() -> None:
    labels = workspace_manifests(lab(requires={"podSecurity": "privileged"})).namespace["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "privileged"


def test_the_workspace_holds_the_provisioner_its_binding_and_the_limits_on_counts() -> None:
    account, binding, quota = workspace_manifests(lab(), {"pods": 7}).contents
    assert {one["metadata"]["namespace"] for one in (account, binding, quota)} == {"scale"}
    assert account["metadata"]["name"] == "tutoriallab-provisioner"
    assert account["automountServiceAccountToken"] is False
    assert binding["roleRef"]["name"] == "tutoriallab-provisioner"
    assert binding["subjects"] == [
        {"kind": "ServiceAccount", "name": "tutoriallab-provisioner", "namespace": "scale"}
    ]
    assert quota["spec"] == {"hard": {"pods": "7"}}


def test_the_limits_are_on_counts_alone() -> None:
    hard = workspace_manifests(lab()).contents[2]["spec"]["hard"]
    assert not [name for name in hard if "cpu" in name or "memory" in name or "storage" in name]


def test_manifests_go_to_the_workspace_with_the_labs_label_and_keep_their_own() -> None:
    own = manifest("ConfigMap")
    own["metadata"]["labels"] = {"app": "web"}
    (found,) = starting_state(lab(own), {})
    assert found["metadata"] == {
        "name": "web",
        "namespace": "scale",
        "labels": {"app": "web", "tutoriallab.dev/lab": "scale"},
    }


def test_names_are_filled_everywhere_and_an_escaped_one_stays() -> None:
    given = manifest("ConfigMap", "in-${workspace}", data={"${node1}": "$${workspace} ${HOME}"})
    one = lab(given, nodes=[{"name": "node1"}])
    (found,) = starting_state(one, {"workspace": "scale", "node1": "worker2"})
    assert found["metadata"]["name"] == "in-scale"
    assert found["data"] == {"worker2": "${workspace} ${HOME}"}


def test_pod_templates_are_left_alone() -> None:
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": []}}
    spec = {"selector": {"matchLabels": {"app": "web"}}, "template": template}
    (found,) = starting_state(lab(manifest("Deployment", spec=spec)), {})
    assert found["spec"] == spec


def test_the_starting_state_is_in_an_order_that_works() -> None:
    given = [manifest(kind) for kind in ("Pod", "Deployment", "Service", "Secret")]
    wanted = ["Secret", "Service", "Deployment", "Pod"]
    assert [one["kind"] for one in starting_state(lab(*given), {})] == wanted


def test_a_step_provisions_its_own_manifests() -> None:
    given = lab(manifest("Pod", "a"), steps=[step("one"), step("two", manifest("Pod", "b"))])
    assert step_state(given, given.spec.steps[0], {}) == []
    assert [one["metadata"]["name"] for one in step_state(given, given.spec.steps[1], {})] == ["b"]


def test_labels_that_are_no_map_are_left_to_the_api_server_to_refuse() -> None:
    for labels in (5, ["a"], "a"):
        given = manifest("ConfigMap")
        given["metadata"]["labels"] = labels
        assert starting_state(lab(given), {})[0]["metadata"]["labels"] == labels


def test_rendering_changes_nothing_of_the_lab() -> None:
    given = lab(manifest("Pod", "${workspace}"))
    starting_state(given, {"workspace": "scale"})
    assert given.spec.provision == [manifest("Pod", "${workspace}")]
