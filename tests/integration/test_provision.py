"""Provisioning on a real API server with the operator's own token and rights, and what those rights refuse."""

import asyncio
import json
import subprocess
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from tutoriallab.cluster.install import install
from tutoriallab.kube.apply import apply
from tutoriallab.kube.errors import Forbidden
from tutoriallab.kube.objects import create, delete, get
from tutoriallab.kube.resources import Resource, Resources
from tutoriallab.kube.session import Session
from tutoriallab.lab.parse import Lab, parse
from tutoriallab.provision import apply as apply_module
from tutoriallab.provision import reasons
from tutoriallab.provision.apply import Applied, apply_all
from tutoriallab.provision.kinds import NAMESPACE, RESOURCE_QUOTA, ROLE_BINDING
from tutoriallab.provision.marks import MANAGED_BY, PROVISIONER, provisioner_user
from tutoriallab.provision.refusal import ProvisionProblem
from tutoriallab.provision.remove import Gone, Waiting, remove_workspace
from tutoriallab.provision.render import DEFAULT_COUNTS, starting_state, workspace_manifests
from tutoriallab.provision.workspace import NotYet, Taken, Workspace, ensure_workspace

pytestmark = pytest.mark.integration

POD = Resource("v1", "Pod", "pods", namespaced=True)
SECRET = Resource("v1", "Secret", "secrets", namespaced=True)
CONFIG_MAP = Resource("v1", "ConfigMap", "configmaps", namespaced=True)
UNHOLD = '[{"op": "remove", "path": "/metadata/finalizers"}]'
CONTAINERS = [{"name": "web", "image": "nginx:1.27"}]


class RunningCluster(Protocol):
    kubeconfig: Path
    kubectl_path: Path

    def kubectl(self, *arguments: str, stdin: str = "") -> str: ...


@pytest.fixture(scope="module")
def operator_kubeconfig(cluster: RunningCluster, tmp_path_factory: pytest.TempPathFactory) -> Path:
    command = [str(cluster.kubectl_path), "--kubeconfig", str(cluster.kubeconfig)]
    # With all that is optional: the cluster is shared, and what is not asked for is taken away.
    installed = install(command, tmp_path_factory.mktemp("operator"), outside=True)
    # A policy is in force about a second after it was made; the refusals below rest on it.
    end = time.monotonic() + 10
    probe = [*command[:2], str(installed), "label", "namespace", "default", "probe=yes", "--dry-run=server"]
    while subprocess.run(probe, capture_output=True, check=False, timeout=10).returncode == 0:
        assert time.monotonic() < end
        time.sleep(0.1)
    return installed


@pytest.fixture
async def session(operator_kubeconfig: Path) -> AsyncIterator[Session]:
    async with await Session.from_kubeconfig(str(operator_kubeconfig)) as opened:
        yield opened


@pytest.fixture
def resources(session: Session) -> Resources:
    return Resources(session)


def lab(name: str, *provision: Mapping[str, Any], uid: str = "", **spec: Any) -> Lab:
    check = {"name": "c", "says": {"en": "c"}, "expect": ["true"]}
    step = {"name": "s", "title": {"en": "s"}, "task": {"en": "s"}, "checks": [check]}
    return parse(
        {
            "metadata": {
                "name": name,
                "namespace": "default",
                "uid": uid or f"uid-of-{name}",
                "generation": 1,
            },
            "spec": {"title": {"en": name}, "provision": list(provision), "steps": [step], **spec},
        }
    )


def manifest(kind: str, name: str, api_version: str = "v1", **rest: Any) -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name}, **rest}


def pod(name: str = "web", **spec: Any) -> dict[str, Any]:
    return manifest("Pod", name, spec={"containers": CONTAINERS, **spec})


def deployment(name: str) -> dict[str, Any]:
    template = {"metadata": {"labels": {"app": name}}, "spec": {"containers": CONTAINERS}}
    spec = {"replicas": 1, "selector": {"matchLabels": {"app": name}}, "template": template}
    return manifest("Deployment", name, "apps/v1", spec=spec)


def service(name: str) -> dict[str, Any]:
    return manifest("Service", name, spec={"selector": {"app": name}, "ports": [{"port": 80}]})


async def prepared(session: Session, one: Lab, counts: Mapping[str, int] = DEFAULT_COUNTS) -> str:
    """The workspace of a lab, made; fails the test when it is not."""
    found = await ensure_workspace(session, one, counts)
    assert isinstance(found, Workspace), found
    return found.uid


async def provisioned(session: Session, resources: Resources, one: Lab) -> Applied | ProvisionProblem:
    await prepared(session, one)
    return await apply_all(
        session, resources, one.workspace, starting_state(one, {"workspace": one.workspace})
    )


async def removed(session: Session, one: Lab, within: float = 20) -> None:
    end = time.monotonic() + within
    while not isinstance(found := await remove_workspace(session, one.workspace, one.uid), Gone):
        assert time.monotonic() < end, found
        await asyncio.sleep(0.1)


def test_installing_again_is_quick_and_renews_the_token(
    cluster: RunningCluster, operator_kubeconfig: Path
) -> None:
    before = operator_kubeconfig.read_text(encoding="utf-8")
    began = time.monotonic()
    command = [str(cluster.kubectl_path), "--kubeconfig", str(cluster.kubeconfig)]
    again = install(command, operator_kubeconfig.parent, outside=True)
    took = time.monotonic() - began
    print(f"installed again in {took:.2f} s")
    assert again == operator_kubeconfig
    assert again.read_text(encoding="utf-8") != before
    assert took < 10


async def test_a_lab_of_ten_objects_is_prepared_within_a_second(
    session: Session, resources: Resources, cluster: RunningCluster
) -> None:
    objects = [deployment("a"), deployment("b"), service("a"), service("b"), pod("c"), pod("d")]
    objects += [manifest("ConfigMap", f"e{i}", data={"in": "${workspace}"}) for i in range(3)]
    one = lab("ten-objects", *objects, manifest("Secret", "f", stringData={"a": "b"}))

    began = time.monotonic()
    workspace = await prepared(session, one)
    made = time.monotonic()
    found = await apply_all(
        session, resources, one.workspace, starting_state(one, {"workspace": one.workspace})
    )
    done = time.monotonic()

    print(f"workspace {made - began:.3f} s, ten objects {done - made:.3f} s, in all {done - began:.3f} s")
    assert workspace
    assert found == Applied(10)
    assert done - began < 5
    shown = cluster.kubectl(
        "get", "configmap", "e0", "-n", one.workspace, "-o", "json", "--show-managed-fields"
    )
    config_map = json.loads(shown)
    assert config_map["data"] == {"in": "ten-objects"}
    assert config_map["metadata"]["labels"] == {"tutoriallab.dev/lab": "ten-objects"}
    assert config_map["metadata"]["managedFields"][0]["manager"] == "tutoriallab"
    await removed(session, one)


async def test_preparing_again_changes_nothing(
    session: Session, resources: Resources, cluster: RunningCluster
) -> None:
    def made() -> str:
        return cluster.kubectl("get", "pod", "web", "-n", "again", "-o", "jsonpath={.metadata.uid}")

    one = lab("again", pod())
    uid = await prepared(session, one)
    assert isinstance(await provisioned(session, resources, one), Applied)
    before = made()
    assert await prepared(session, one) == uid
    assert isinstance(await provisioned(session, resources, one), Applied)
    assert made() == before != ""
    await remove_workspace(session, one.workspace, one.uid)


async def test_another_pod_security_level_is_taken_up_in_the_same_workspace(session: Session) -> None:
    uid = await prepared(session, lab("level"))
    raised = lab("level", requires={"podSecurity": "privileged"})
    assert await prepared(session, raised) == uid
    namespace = await get(session, NAMESPACE, "level")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "privileged"
    await remove_workspace(session, raised.workspace, raised.uid)


async def test_a_namespace_that_exists_is_never_taken_over(session: Session, cluster: RunningCluster) -> None:
    cluster.kubectl("create", "namespace", "somebodys")
    one = lab("somebodys")
    found = await ensure_workspace(session, one)
    assert isinstance(found, Taken)
    assert (found.reason, str(found.message)) == (
        reasons.WORKSPACE_TAKEN,
        "Namespace somebodys exists and is not this lab's: delete it, or give the lab another name",
    )
    assert await remove_workspace(session, "somebodys", one.uid) == Gone()
    assert "Active" in cluster.kubectl("get", "namespace", "somebodys")
    cluster.kubectl("delete", "namespace", "somebodys", "--wait=false")


async def test_the_workspace_of_another_lab_of_that_name_is_never_taken_over(session: Session) -> None:
    first, second = lab("twice", uid="first"), lab("twice", uid="second")
    await prepared(session, first)
    assert isinstance(await ensure_workspace(session, second), Taken)
    assert await remove_workspace(session, "twice", "second") == Gone()
    await remove_workspace(session, first.workspace, first.uid)


REFUSALS: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "pod security",
        pod(hostNetwork=True),
        reasons.REFUSED,
        'Pod web: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)',
    ),
    (
        "field not known",
        pod(colour="red"),
        reasons.INVALID,
        "Pod web: .spec.colour: field not declared in schema",
    ),
    (
        "field missing",
        pod(containers=[{"name": "web"}]),
        reasons.INVALID,
        "Pod web: spec.containers[0].image: Required value",
    ),
    (
        "labels of the wrong type",
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web", "labels": 5}},
        reasons.INVALID,
        "ConfigMap web: .metadata.labels: expected map, got &{5}",
    ),
    (
        "kind not known",
        manifest("Foo", "web", "example.com/v1"),
        reasons.UNKNOWN_KIND,
        "Foo web: no kind Foo in example.com/v1 on this cluster: correct it, or install its CRD",
    ),
    (
        "cluster-scoped",
        manifest("Namespace", "kube-more"),
        reasons.CLUSTER_SCOPED,
        "Namespace kube-more: Namespace is cluster-scoped, and a lab provisions into its workspace alone: leave it out",
    ),
    (
        "network policy",
        manifest("NetworkPolicy", "web", "networking.k8s.io/v1", spec={"podSelector": {}}),
        reasons.FORBIDDEN,
        'NetworkPolicy web: User "system:serviceaccount:refusals:tutoriallab-provisioner" cannot patch resource '
        '"networkpolicies" in API group "networking.k8s.io" in the namespace "refusals": '
        "labs may not provision this kind",
    ),
    (
        "reserved name",
        manifest("ResourceQuota", "tutoriallab-counts", spec={"hard": {"pods": "9999"}}),
        reasons.RESERVED_NAME,
        "ResourceQuota tutoriallab-counts: names that begin with tutoriallab- belong to the operator: choose another",
    ),
    (
        "the provisioner's identity",
        pod(serviceAccountName=PROVISIONER),
        reasons.REFUSED,
        "Pod web: ValidatingAdmissionPolicy 'tutoriallab-provisioner-not-worn' with binding "
        "'tutoriallab-provisioner-not-worn' denied request: the ServiceAccount tutoriallab-provisioner is the "
        "operator's: use default, or one of your own",
    ),
    (
        "a Secret's values",
        manifest("Secret", "web", data={"password": 12345}),
        reasons.INVALID,
        "Secret web: the API server does not accept it (what a Secret holds is not shown)",
    ),
    (
        "a path for a name",
        pod("../../../kube-system/pods/web"),
        reasons.INVALID,
        "Pod ../../../kube-system/pods/web: metadata.name must consist of lower case letters, digits, - and .",
    ),
]


@pytest.mark.parametrize(
    ("refused", "reason", "message"), [one[1:] for one in REFUSALS], ids=[one[0] for one in REFUSALS]
)
async def test_a_refusal_names_the_object_and_why(
    session: Session, resources: Resources, refused: dict[str, Any], reason: str, message: str
) -> None:
    found = await provisioned(session, resources, lab("refusals", refused))
    assert isinstance(found, ProvisionProblem)
    assert (found.reason, str(found.message)) == (reason, message)


async def test_a_full_quota_is_named_and_may_pass(session: Session, resources: Resources) -> None:
    one = lab("quota", pod("a"), pod("b"))
    await prepared(session, one, {"pods": 1})
    found = await apply_all(session, resources, one.workspace, starting_state(one, {}))
    assert isinstance(found, ProvisionProblem)
    assert (found.reason, found.transient) == (reasons.QUOTA_EXCEEDED, True)
    assert str(found.message).startswith("Pod ")
    assert "exceeded quota: tutoriallab-counts, requested: pods=1, used: pods=1, limited: pods=1" in str(
        found.message
    )
    await remove_workspace(session, one.workspace, one.uid)


async def test_nothing_is_applied_when_one_manifest_cannot_be(session: Session, resources: Resources) -> None:
    one = lab("all-or-nothing", manifest("ConfigMap", "a"), manifest("Foo", "b", "example.com/v1"))
    assert isinstance(await provisioned(session, resources, one), ProvisionProblem)
    user = provisioner_user(one.workspace)
    listed = await session.request("GET", CONFIG_MAP.path(one.workspace), impersonate=user)
    assert "a" not in [found["metadata"]["name"] for found in listed["items"]]
    await remove_workspace(session, one.workspace, one.uid)


async def test_what_hangs_is_named(session: Session, resources: Resources, cluster: RunningCluster) -> None:
    held = manifest("ConfigMap", "held")
    held["metadata"]["finalizers"] = ["example.com/hold"]
    one = lab("hanging", held)
    assert isinstance(await provisioned(session, resources, one), Applied)
    begun = await remove_workspace(session, "hanging", one.uid)
    assert isinstance(begun, Waiting)
    assert str(begun.message) == "Namespace hanging is being deleted"
    await _until_waiting_for(session, one, "example.com/hold")
    found = await remove_workspace(session, "hanging", one.uid)
    assert isinstance(found, Waiting)
    assert str(found.message) == (
        "Namespace hanging is being deleted: still there: 1 configmaps, held by the finalizer example.com/hold. "
        "Look: kubectl get configmaps -n hanging"
    )
    waiting = await ensure_workspace(session, one)
    assert waiting == NotYet(reasons.WORKSPACE_TERMINATING, found.message)
    problem = await apply_all(session, resources, "hanging", starting_state(lab("hanging", pod()), {}))
    assert isinstance(problem, ProvisionProblem)
    assert (problem.reason, problem.transient) == (reasons.WORKSPACE_TERMINATING, True)
    cluster.kubectl(
        *("patch", "configmap", "held", "-n", "hanging"),
        "--type=merge",
        '-p={"metadata":{"finalizers":null}}',
    )
    await removed(session, one, within=30)


async def test_an_object_that_is_still_going_is_not_counted_as_applied(
    session: Session, resources: Resources, cluster: RunningCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apply_module, "PATIENCE", 0.2)
    held = manifest("ConfigMap", "held")
    held["metadata"]["finalizers"] = ["example.com/hold"]
    one = lab("going", held)
    assert isinstance(await provisioned(session, resources, one), Applied)
    cluster.kubectl("delete", "configmap", "held", "-n", "going", "--wait=false")
    found = await apply_all(session, resources, "going", starting_state(one, {}))
    assert isinstance(found, ProvisionProblem)
    assert (found.reason, str(found.message), found.transient) == (
        *(reasons.OBJECT_TERMINATING, "ConfigMap held: the one of before is still being deleted"),
        True,
    )
    cluster.kubectl("patch", "configmap", "held", "-n", "going", "--type=json", f"-p={UNHOLD}")
    await remove_workspace(session, "going", one.uid)


async def test_a_workspace_that_somebody_deleted_is_told_as_such(
    session: Session, resources: Resources
) -> None:
    found = await apply_all(session, resources, "never-made", starting_state(lab("never-made", pod()), {}))
    assert isinstance(found, ProvisionProblem)
    assert (found.reason, str(found.message)) == (
        *(reasons.WORKSPACE_GONE, "Pod web: namespace never-made has been deleted: reset the lab"),
    )


async def _until_waiting_for(session: Session, one: Lab, text: str) -> None:
    end = time.monotonic() + 20
    while text not in str(getattr(await remove_workspace(session, one.workspace, one.uid), "message", "")):
        assert time.monotonic() < end
        await asyncio.sleep(0.1)


async def test_a_silent_server_is_a_value_that_may_pass(session: Session, resources: Resources) -> None:
    one = lab("silent", pod())
    await prepared(session, one)
    await resources.find("v1", "Pod")
    session.credentials.host = "https://127.0.0.1:1"
    found = await apply_all(session, resources, one.workspace, starting_state(one, {}))
    assert isinstance(found, ProvisionProblem)
    assert (found.reason, found.transient) == (reasons.SERVER_UNAVAILABLE, True)


@pytest.mark.parametrize("name", ["kube-system", "default", "kube-node-lease", "tutoriallab-system"])
async def test_the_operator_cannot_delete_or_mark_a_namespace_of_others(session: Session, name: str) -> None:
    found = await get(session, NAMESPACE, name)
    with pytest.raises(Forbidden):
        await delete(session, NAMESPACE, found["metadata"], uid=found["metadata"]["uid"])
    marked = {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": name, "labels": {MANAGED_BY: "tutoriallab"}},
    }
    with pytest.raises(Forbidden, match="leaves alone the namespaces of the cluster"):
        await apply(session, NAMESPACE, marked)


async def test_the_operator_cannot_make_a_namespace_that_is_not_marked(session: Session) -> None:
    with pytest.raises(Forbidden, match="only namespaces labelled"):
        await create(session, NAMESPACE, manifest("Namespace", "unmarked"))


async def test_the_operator_cannot_bind_or_limit_anything_in_a_namespace_of_others(session: Session) -> None:
    for one in workspace_manifests(lab("elsewhere")).contents:
        moved = {**one, "metadata": {**one["metadata"], "namespace": "kube-system"}}
        kind = {"RoleBinding": ROLE_BINDING, "ResourceQuota": RESOURCE_QUOTA}.get(one["kind"])
        if kind is None:
            continue
        with pytest.raises(Forbidden, match="writes only into namespaces labelled"):
            await apply(session, kind, moved)


async def test_the_operator_cannot_bind_another_role_or_another_account(session: Session) -> None:
    one = lab("binding")
    await prepared(session, one)
    binding = workspace_manifests(one).contents[1]
    another = {**binding, "metadata": {**binding["metadata"], "name": "another"}}
    with pytest.raises(Forbidden, match="cannot patch resource"):
        await apply(session, ROLE_BINDING, another)
    learner = {"kind": "User", "name": "learner", "apiGroup": "rbac.authorization.k8s.io"}
    with pytest.raises(Forbidden, match="binds only"):
        await apply(session, ROLE_BINDING, {**binding, "subjects": [learner]})
    await remove_workspace(session, one.workspace, one.uid)


@pytest.mark.parametrize("resource", [SECRET, CONFIG_MAP], ids=["secrets", "configmaps"])
@pytest.mark.parametrize("namespace", ["kube-system", None], ids=["of kube-system", "of all namespaces"])
async def test_the_operator_cannot_read_what_is_confidential(
    session: Session, resource: Resource, namespace: str | None
) -> None:
    with pytest.raises(Forbidden, match="cannot list resource"):
        await session.request("GET", resource.path(namespace))


async def test_the_operator_cannot_make_pods_or_impersonate_anybody_else(session: Session) -> None:
    one = lab("rights", pod())
    await prepared(session, one)
    made = starting_state(one, {})[0]
    with pytest.raises(Forbidden, match="cannot patch resource"):
        await apply(session, POD, made)
    for user in ("system:serviceaccount:kube-system:default", "system:admin"):
        with pytest.raises(Forbidden, match="cannot impersonate"):
            await apply(session, POD, made, impersonate=user)
    # A namespace without the binding gives its "provisioner" nothing.
    with pytest.raises(Forbidden, match="cannot list resource"):
        await session.request("GET", SECRET.path("kube-system"), impersonate=provisioner_user("kube-system"))
    await remove_workspace(session, one.workspace, one.uid)
