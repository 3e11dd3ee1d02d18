import pytest

from builders import Json, check, spec, step
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.problem import InvalidLab

POD = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p"}, "spec": {"nodeName": "${node2}"}}


def problems(raw: Json) -> list[str]:
    try:
        parse_spec(raw)
    except InvalidLab as invalid:
        return [str(problem) for problem in invalid.problems]
    return []


def wanting(**node: object) -> Json:
    return spec(nodes=[{"name": "node1", **node}])


@pytest.mark.parametrize(
    "raw",
    [
        wanting(),
        wanting(labels={"nodeenv": "pro", "example.com/a": ""}),
        wanting(taints=[{"key": "tag", "effect": "NoSchedule"}, {"key": "tag", "effect": "NoExecute"}]),
        spec(step("a", task={"en": "On ${node1}, ${HOME} and $${node2}"}), nodes=[{"name": "node1"}]),
    ],
)
def test_what_a_node_can_be_is_accepted(raw: Json) -> None:
    assert problems(raw) == []


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (
            wanting(labels={"kubernetes.io/hostname": "x"}),
            "spec.nodes[0].labels: kubernetes.io/hostname belongs to the cluster: choose a key of your own",
        ),
        (
            wanting(labels={"node-role.kubernetes.io/control-plane": ""}),
            "spec.nodes[0].labels: node-role.kubernetes.io/control-plane belongs to the cluster: choose a key of your own",
        ),
        (
            wanting(labels={"tutoriallab.dev/leasable": "false"}),
            "spec.nodes[0].labels: tutoriallab.dev/leasable belongs to the cluster: choose a key of your own",
        ),
        (
            wanting(labels={"a b": "x"}),
            "spec.nodes[0].labels: a b is no key: letters, digits, - _ and ., perhaps behind a domain and /",
        ),
        (
            wanting(labels={"a": "x y"}),
            "spec.nodes[0].labels: x y is no value for a: at most 63 letters, digits, - _ and .",
        ),
        (
            wanting(taints=[{"key": "node.kubernetes.io/not-ready", "effect": "NoExecute"}]),
            "spec.nodes[0].taints[0]: node.kubernetes.io/not-ready belongs to the cluster: choose a key of your own",
        ),
        (
            wanting(taints=[{"key": "tag", "effect": "NoSchedule"}, {"key": "tag", "effect": "NoSchedule"}]),
            "spec.nodes[0].taints: tag:NoSchedule is there twice: a node has it once",
        ),
        (
            spec(nodes=[{"name": "workspace"}]),
            "spec.nodes[0].name: workspace is a word of CEL or of tutoriallab: choose another",
        ),
    ],
)
def test_what_no_node_can_be_is_told_with_its_path(raw: Json, told: str) -> None:
    assert problems(raw) == [told]


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (spec(step("a", task={"en": "On ${node2}"})), "spec.steps[0].task"),
        (spec(provision=[POD]), "spec.provision[0]"),
        (
            spec(step("a", check(given={"n": {"apiVersion": "v1", "kind": "Node", "name": "${node2}"}}))),
            "spec.steps[0].checks[0].given.n.name",
        ),
    ],
)
def test_an_alias_that_is_not_declared_is_told_with_its_path(raw: Json, path: str) -> None:
    assert problems({**raw, "nodes": [{"name": "node1"}]}) == [
        f"{path}: ${{node2}} is not declared: declare node2 in spec.nodes"
    ]
