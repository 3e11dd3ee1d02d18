"""Every kind that a lab may provision and a check may select, on a real cluster; and those that are opted in."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import Json, check, lab, step
from operator_process import OperatorProcess, eventually
from samples import deployment, plain
from tutoriallab.cluster.install import InstallError, install
from tutoriallab.lab.kinds import READABLE
from world import World

pytestmark = pytest.mark.integration

LABELS = {"app": "one"}
CONTAINERS = [{"name": "web", "image": "nginx:1.7.9"}]
TEMPLATE = {"metadata": {"labels": LABELS}, "spec": {"containers": CONTAINERS}}
ONCE = {"template": {"spec": {"restartPolicy": "Never", "containers": CONTAINERS}}}
STORAGE = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
SELECTED = {"selector": {"matchLabels": LABELS}, "template": TEMPLATE}


def one(kind: str, api_version: str = "v1", **rest: object) -> Json:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": "one"}, **rest}


#: One object of each kind that a lab may provision.
PROVISIONED = [
    one("ConfigMap", data={"a": "b"}),
    one("Secret", stringData={"a": "b"}),
    one("ServiceAccount"),
    one("LimitRange", spec={"limits": [{"type": "PersistentVolumeClaim", "max": {"storage": "64Gi"}}]}),
    one("ResourceQuota", spec={"hard": {"pods": "50"}}),
    one("PersistentVolumeClaim", spec=STORAGE),
    one("Service", spec={"selector": LABELS, "ports": [{"port": 80}]}),
    one("Pod", spec={"containers": CONTAINERS}),
    one("ReplicationController", spec={"replicas": 0, "selector": LABELS, "template": TEMPLATE}),
    {**deployment("one"), "spec": {"replicas": 1, **SELECTED}},
    one("ReplicaSet", "apps/v1", spec={"replicas": 0, **SELECTED}),
    one("StatefulSet", "apps/v1", spec={"replicas": 0, "serviceName": "one", **SELECTED}),
    one("DaemonSet", "apps/v1", spec=SELECTED),
    one("Job", "batch/v1", spec=ONCE),
    one("CronJob", "batch/v1", spec={"schedule": "0 0 1 1 *", "jobTemplate": {"spec": ONCE}}),
    one("Ingress", "networking.k8s.io/v1", spec={"defaultBackend": {"service": {"name": "one", "port": {"number": 80}}}}),
    one("PodDisruptionBudget", "policy/v1", spec={"minAvailable": 1, "selector": {"matchLabels": LABELS}}),
    one("HorizontalPodAutoscaler", "autoscaling/v2", spec={
        "maxReplicas": 2, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "one"}}),
]  # fmt: skip
#: What the administrator makes besides, in the workspace or outside of it.
MADE = [
    one("NetworkPolicy", "networking.k8s.io/v1", spec={"podSelector": {}}),
    one("PersistentVolume", spec={
        "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "none",
        "hostPath": {"path": "/tmp/x"}}),
    one("StorageClass", "storage.k8s.io/v1", provisioner="example.com/none"),
]  # fmt: skip
#: What the cluster itself makes, and how a check finds it.
FOUND: list[Json] = [
    {"apiVersion": "v1", "kind": "Endpoints", "name": "one"},
    {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "pick": "Any"},
    {"apiVersion": "v1", "kind": "Event", "pick": "Any"},
    {"apiVersion": "v1", "kind": "Namespace", "name": "${workspace}"},
    {"apiVersion": "v1", "kind": "Node", "name": "worker1"},
]


def by_name(manifest: Json) -> Json:
    return {"apiVersion": manifest["apiVersion"], "kind": manifest["kind"], "name": "one"}


def selecting(given: Json) -> Json:
    """A check that is passed when there is such an object."""
    return check(given["kind"].lower(), given={"one": given}, expect=["one.metadata.uid != ''"])


def test_every_kind_is_provisioned_and_selected(world: World) -> None:
    givens = [by_name(manifest) for manifest in [*PROVISIONED, *MADE]] + FOUND
    assert {(given["apiVersion"], given["kind"]) for given in givens} == READABLE.keys()
    checks = [selecting(given) for given in givens]
    half = len(checks) // 2
    steps = [step("first", *checks[:half]), step("second", *checks[half:])]
    world.apply(plain(lab("kinds", *steps, provision=PROVISIONED)))
    try:
        world.until_phase("kinds", "Active", "Completed", timeout=60)
        world.kubectl("apply", "-n", "kinds", "-f", "-", stdin=json.dumps({**LIST, "items": MADE}))
        world.until_phase("kinds", "Completed")
    finally:
        world.discard("kinds")
        world.kubectl("delete", "persistentvolume/one", "storageclass/one", "--ignore-not-found")


LIST = {"apiVersion": "v1", "kind": "List"}

# Opted in ------------------------------------------------------------------------------------------------------------

WIDGET = "example.com/v1/Widget"
CRD = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "widgets.example.com"},
    "spec": {
        "group": "example.com",
        "scope": "Namespaced",
        "names": {"plural": "widgets", "singular": "widget", "kind": "Widget"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}},
            }
        ],
    },
}  # fmt: skip


@pytest.fixture
def widgets(world: World) -> Iterator[None]:
    """The cluster serves the kind Widget."""
    world.apply(CRD)
    world.kubectl("wait", "--for=condition=Established", "crd/widgets.example.com", "--timeout=20s")
    yield
    world.kubectl("delete", "crd", "widgets.example.com")


def command(world: World) -> list[str]:
    return [str(world.cluster.kubectl_path), "--kubeconfig", str(world.cluster.kubeconfig)]


def turning(name: str) -> Json:
    """A lab on a Widget, and on what a Widget owns."""
    widget = {"apiVersion": "example.com/v1", "kind": "Widget", "name": "w"}
    turns = check("turns", given={"w": widget}, expect=["w.spec.turns == 3"])
    owned = {"apiVersion": "v1", "kind": "ConfigMap", "ownedBy": widget, "pick": "Only"}
    keeps = check("keeps", given={"kept": owned}, expect=["kept.data.a == 'b'"])
    return plain(lab(name, step("first", turns, keeps)))


def test_a_kind_that_is_opted_in_is_graded_and_refused_without(
    world: World, widgets: None, tmp_path: Path
) -> None:
    world.apply(turning("widgets"))
    world.until_phase("widgets", "Failed")
    refused = world.condition("widgets", "Accepted")["message"]
    assert "spec.steps[0].checks[0].given.w: checks cannot read example.com/v1 Widget" in refused
    assert f"TUTORIALLAB_EXTRA_KINDS={WIDGET}" in refused
    before = world.operator.environment
    world.operator.stop()
    try:
        install(command(world), tmp_path, outside=True, extra_kinds={("example.com/v1", "Widget")})
        world.operator.environment = {**before, "TUTORIALLAB_EXTRA_KINDS": WIDGET}
        world.operator.start()
        world.until_phase("widgets", "Active")
        world.until_verdict(
            "widgets", "first/turns", "Failing", "Widget w does not exist in namespace widgets"
        )
        widget = {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "w"}}
        world.kubectl("-n", "widgets", "apply", "-f", "-", stdin=json.dumps({**widget, "spec": {"turns": 2}}))
        world.until_verdict("widgets", "first/turns", "Failing", "Widget w: spec.turns is 2, wanted 3")
        world.kubectl("-n", "widgets", "apply", "-f", "-", stdin=json.dumps({**widget, "spec": {"turns": 3}}))
        world.until_verdict("widgets", "first/turns", "Passed")
        uid = world.get("widgets.example.com", "w", "widgets")["metadata"]["uid"]
        owner = {"apiVersion": "example.com/v1", "kind": "Widget", "name": "w", "uid": uid}
        kept = {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "kept", "ownerReferences": [owner]},
        }
        world.kubectl("-n", "widgets", "apply", "-f", "-", stdin=json.dumps({**kept, "data": {"a": "b"}}))
        world.until_phase("widgets", "Completed")
    finally:
        world.operator.stop()
        world.operator.environment = before
        install(command(world), tmp_path, outside=True)
        world.operator.start()
        world.discard("widgets")
    assert "tutoriallab-operator-extra-kinds" not in world.kubectl("get", "clusterroles", "-o", "name")


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ({("example.com/v1", "Gadget")}, "example.com/v1/Gadget, which this cluster does not serve: install its CRD"),
        ({("networking.k8s.io/v1", "Gadget")}, "v1/Gadget, which this cluster does not serve: install its CRD first"),
        ({("v1", "Eviction")}, "v1/Eviction, which this cluster does not serve"),
        ({("networking.k8s.io/v1", "IngressClass")}, "IngressClass, which is in no namespace: leave it out"),
    ],
    ids=["no such group", "no such kind", "a subresource", "in no namespace"],
)  # fmt: skip
def test_what_cannot_be_opted_in_is_told_where_it_is_installed(
    world: World, tmp_path: Path, kinds: set[tuple[str, str]], told: str
) -> None:
    with pytest.raises(InstallError, match=rf"^TUTORIALLAB_EXTRA_KINDS has .*{told}"):
        install(command(world), tmp_path, outside=True, extra_kinds=kinds)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Widget", "'Widget' as group/version/Kind"),
        ("v1/Secret", "has v1/Secret, which checks read already: leave it out"),
        ("networking.k8s.io/v1/IngressClass", "networking.k8s.io/v1/IngressClass, which is in no namespace: leave it out"),
    ],
)  # fmt: skip
def test_an_operator_that_is_set_wrongly_ends_at_its_start_and_says_why(
    world: World, text: str, told: str
) -> None:
    operator: OperatorProcess = world.operator
    ended = subprocess.run(
        [sys.executable, "-m", "tutoriallab", "operator"],
        env={"KUBECONFIG": str(operator.kubeconfig), "TUTORIALLAB_EXTRA_KINDS": text, "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.startswith("tutoriallab operator: TUTORIALLAB_EXTRA_KINDS ")
    assert told in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_pod_that_its_node_refused_is_not_counted_beside_the_one_in_its_place(world: World) -> None:
    owned = {"apiVersion": "v1", "kind": "Pod", "ownedBy": {**by_name(deployment("web")), "name": "web"}}
    expect = ["size(pods) == 2", "pods.all(p, ready(p))"]
    two = check("two", given={"pods": owned}, expect=expect)
    go = check("go", given={"go": {"apiVersion": "v1", "kind": "ConfigMap", "name": "go"}}, expect=["true"])
    world.apply(plain(lab("refused", step("first", two, go), provision=[deployment("web", 2)])))
    try:
        world.until_verdict("refused", "first/two", "Passed")
        pod = world.names("pod", "refused")[0]
        failed = json.dumps({"status": {"phase": "Failed", "reason": "NodeAffinity", "conditions": []}})
        world.kubectl(
            *("-n", "refused", "patch", "pod", pod, "--subresource=status", "--type=merge", "-p", failed)
        )
        eventually(lambda: len(world.names("pod", "refused")) == 3, "another pod is made")
        world.until_verdict("refused", "first/two", "Passed")
        assert world.get("pod", pod, "refused")["status"]["phase"] == "Failed"
    finally:
        world.discard("refused")
