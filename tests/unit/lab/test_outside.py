import pytest

from builders import Json, check, spec, step
from tutoriallab.lab.outside import belongs_to_cluster
from tutoriallab.lab.parse import parse_spec
from tutoriallab.lab.problem import InvalidLab

DEV = {"apiVersion": "v1", "kind": "Namespace", "name": "dev"}


def reads(**given: object) -> Json:
    return step("a", check(given={"x": {"apiVersion": "v1", "kind": "Pod", "name": "x", **given}}))


TABLE: list[tuple[str, Json, str]] = [
    (
        "a namespace of the cluster",
        spec(outside=[{**DEV, "name": "kube-dev"}]),
        "spec.outside[0].name: namespace",
    ),
    (
        "default",
        spec(outside=[{**DEV, "name": "default"}]),
        "spec.outside[0].name: namespace default belongs",
    ),
    ("ours", spec(outside=[{**DEV, "name": "tutoriallab-system"}]), "spec.outside[0].name: namespace"),
    (
        "the workspace",
        spec(outside=[{**DEV, "name": "${workspace}"}]),
        "spec.outside[0].name: the workspace is",
    ),
    (
        "a node",
        spec(outside=[{**DEV, "name": "on-${node1}"}]),
        "spec.outside[0].name: only ${workspace} is replaced",
    ),
    ("the same twice", spec(outside=[DEV, DEV]), "spec.outside[1]: Namespace dev is there twice"),
    (
        "another version",
        spec(outside=[{"apiVersion": "v1", "kind": "StorageClass", "name": "fast"}]),
        "spec.outside[0].apiVersion: StorageClass is in storage.k8s.io/v1",
    ),
    ("another kind", spec(outside=[{**DEV, "kind": "Node"}]), "spec.outside[0].kind"),
    (
        "a namespace that is not named",
        spec(reads(namespace="prod"), outside=[DEV]),
        "spec.steps[0].checks[0].given.x.namespace: name the Namespace prod in spec.outside",
    ),
    (
        "a Secret elsewhere",
        spec(reads(kind="Secret", namespace="dev"), outside=[DEV]),
        "spec.steps[0].checks[0].given.x.namespace: a Secret is read in the workspace alone",
    ),
    (
        "a ConfigMap elsewhere",
        spec(reads(kind="ConfigMap", namespace="dev"), outside=[DEV]),
        "spec.steps[0].checks[0].given.x.namespace: a ConfigMap is read in the workspace alone",
    ),
    (
        "what is in no namespace",
        spec(reads(kind="Node", namespace="dev"), outside=[DEV]),
        "spec.steps[0].checks[0].given.x.namespace: Node is in no namespace",
    ),
    (
        "another Namespace object",
        spec(reads(kind="Namespace", name="kube-system"), outside=[DEV]),
        "spec.steps[0].checks[0].given.x.name: checks read only Namespaces by name that spec.outside has",
    ),
]


@pytest.mark.parametrize(("body", "told"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_may_not_be_named_is_refused_with_its_path(body: Json, told: str) -> None:
    with pytest.raises(InvalidLab) as refused:
        parse_spec(body)
    assert str(refused.value.problems[0]).startswith(told)


def test_what_may_be_named_is_read_there() -> None:
    own = {**DEV, "name": "${workspace}-dev"}
    volume = {"apiVersion": "v1", "kind": "PersistentVolume", "name": "pv1"}
    body = spec(
        reads(namespace="${workspace}-dev"),
        reads(kind="Namespace", name="${workspace}") | {"name": "b"},
        outside=[own, volume],
    )
    assert [one.name for one in parse_spec(body).outside] == ["${workspace}-dev", "pv1"]


@pytest.mark.parametrize(
    ("name", "cluster"),
    [
        ("kube-system", True),
        ("kube-mine", True),
        ("default", True),
        ("tutoriallab-system", True),
        ("dev", False),
    ],
)
def test_namespaces_of_the_cluster_are_told_by_name(name: str, cluster: bool) -> None:
    assert belongs_to_cluster(name) is cluster
