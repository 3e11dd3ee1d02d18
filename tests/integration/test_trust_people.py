"""People who try to gain more rights than they were given; docs/security.md has the table of what was tried.

Mallory is a ServiceAccount with `admin` in one namespace, who may create labs there. Anna is a learner in `academy`,
whose lab `exam` is at work.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from attacks import HOME, manifest
from builders import Json, check, lab, step
from node_labs import WORKERS, pinned
from operator_process import eventually
from people import RBAC, Person, person, role_binding
from running_cluster import RunningCluster
from samples import deployment, plain
from tutoriallab.data import labs_dir
from world import World

pytestmark = pytest.mark.integration

SCHOOL = "academy"

# Rights --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role",
    [
        "tutoriallab-learner",
        "tutoriallab-author",
        "tutoriallab-node-learner",
        "tutoriallab-operator",
        "cluster-admin",
    ],
)
def test_a_namespaces_admin_binds_no_role_of_ours(world: World, mallory: Person, role: str) -> None:
    bound = yaml.safe_dump(role_binding("self", role, HOME, mallory.subject))
    refused = mallory.tries("create", "-f", "-", stdin=bound).refused
    assert "is attempting to grant RBAC permissions not currently held" in refused
    assert not mallory.may("learn", "tutoriallabs.tutoriallab.dev", HOME)


def test_a_namespaces_admin_makes_no_learners_by_other_ways(world: World, mallory: Person) -> None:
    # Into a binding that is there.
    world.apply(role_binding("learners", "tutoriallab-learner", HOME, {"kind": "User", "name": "somebody"}))
    body = json.dumps({"subjects": [mallory.subject]})
    patched = mallory.tries("patch", "rolebinding", "learners", "--type=merge", "-p", body)
    assert "is attempting to grant RBAC permissions not currently held" in patched.refused
    # By a Role of one's own with the verb, or of that name.
    rule = {"apiGroups": ["tutoriallab.dev"], "resources": ["tutoriallabs"], "verbs": ["learn"]}
    role = {
        "apiVersion": RBAC,
        "kind": "Role",
        "metadata": {"name": "tutoriallab-learner", "namespace": HOME},
    }
    made = mallory.tries("create", "-f", "-", stdin=yaml.safe_dump({**role, "rules": [rule]}))
    assert "is attempting to grant RBAC permissions not currently held" in made.refused
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump({**role, "rules": []}))
    named = role_binding("named-so", "tutoriallab-learner", HOME, mallory.subject)
    named["roleRef"]["kind"] = "Role"
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(named))
    world.apply(plain(lab("open", namespace=HOME)))
    world.until_phase("open", "Active", namespace=HOME)
    assert mallory.allowed([("get", "pods"), ("create", "pods"), ("get", "secrets")], "mallory-open") == []
    mallory.kubectl("delete", "lab", "open", "--wait=false")
    world.kubectl("delete", "rolebinding", "learners", "named-so", "-n", HOME)


@pytest.mark.parametrize("user", ["system:serviceaccount:mallory-x:tutoriallab-provisioner", "system:admin"])
def test_nobody_wears_the_operators_identities(world: World, mallory: Person, user: str) -> None:
    assert "cannot impersonate" in mallory.tries("get", "pods", f"--as={user}").refused


def test_nobody_gets_a_token_of_the_operators_identities(world: World, mallory: Person, anna: Person) -> None:
    operators = mallory.tries("create", "token", "tutoriallab-operator", "-n", "tutoriallab-system")
    provisioners = anna.tries("create", "token", "tutoriallab-provisioner", "-n", "academy-exam")
    assert "cannot create resource" in operators.refused
    assert "cannot create resource" in provisioners.refused
    note = {"kubernetes.io/service-account.name": "tutoriallab-provisioner"}
    secret = manifest("Secret", type="kubernetes.io/service-account-token")
    secret["metadata"] |= {"annotations": note, "namespace": "academy-exam"}
    made = anna.tries("create", "-f", "-", stdin=yaml.safe_dump(secret))
    assert "the ServiceAccount tutoriallab-provisioner is the operator's" in made.refused


# Learners ------------------------------------------------------------------------------------------------------------

EXAM = "learners change only spec.answers and spec.language of a lab"
NOTES = "learners change only annotations tutoriallab.dev/* of a lab's metadata"
LAB_CHANGES: list[tuple[str, Json, str]] = [
    ("what is expected", {"spec": {"steps": [step("first", check(expect=["true"]))]}}, EXAM),
    ("what is provisioned", {"spec": {"provision": [deployment("web", 3)]}}, EXAM),
    ("the starting state taken away", {"spec": {"provision": None}}, EXAM),
    ("a field that was not there", {"spec": {"minutes": 1}}, EXAM),
    ("nodes asked for", {"spec": {"nodes": [{"name": "node1"}]}}, EXAM),
    ("a label", {"metadata": {"labels": {"tutoriallab.dev/topic": "x"}}}, NOTES),
    ("an annotation of others", {"metadata": {"annotations": {"example.com/x": "y"}}}, NOTES),
    ("the finalizer taken away", {"metadata": {"finalizers": None}}, NOTES),
    ("an owner", {"metadata": {"ownerReferences": [
        {"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "uid": "1"}]}}, NOTES),
    ("an answer", {"spec": {"answers": {"quiz": "42"}}}, ""),
    ("the language", {"spec": {"language": "zh"}}, ""),
    ("one more hint", {"metadata": {"annotations": {"tutoriallab.dev/hints": "first=1"}}}, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("patch", "refused"), [one[1:] for one in LAB_CHANGES], ids=[one[0] for one in LAB_CHANGES]
)
def test_a_learner_edits_no_exam(world: World, anna: Person, patch: Json, refused: str) -> None:
    done = anna.tries("patch", "lab", "exam", "--type=merge", "-p", json.dumps(patch))
    assert (refused in done.refused) if refused else not done.refused


def test_a_learner_grades_nothing_and_deletes_no_lab(world: World, anna: Person) -> None:
    passed = json.dumps({"status": {"phase": "Completed"}})
    patched = anna.tries("patch", "lab", "exam", "--subresource=status", "--type=merge", "-p", passed)
    assert 'resource "tutoriallabs/status"' in patched.refused
    assert "cannot delete resource" in anna.tries("delete", "lab", "exam").refused
    pod = world.names("pod", "academy-exam")[0]
    ready = json.dumps({"status": {"phase": "Failed"}})
    forged = anna.tries(
        "patch", "pod", pod, "-n", "academy-exam", "--subresource=status", "--type=merge", "-p", ready
    )
    assert 'resource "pods/status"' in forged.refused


BEYOND: list[tuple[str, Json, str]] = [
    ("privileged", manifest("Pod", spec={"containers": [
        {"name": "c", "image": "busybox", "securityContext": {"privileged": True}}]}), "violates PodSecurity"),
    ("hostPath", manifest("Pod", spec={"containers": [{"name": "c", "image": "busybox"}],
        "volumes": [{"name": "v", "hostPath": {"path": "/"}}]}), "violates PodSecurity"),
    ("system priority", manifest("Pod", spec={"containers": [{"name": "c", "image": "busybox"}],
        "priorityClassName": "system-cluster-critical"}), "no system priority"),
    ("the provisioner's identity", manifest("Pod", spec={"containers": [{"name": "c", "image": "busybox"}],
        "serviceAccountName": "tutoriallab-provisioner"}), "is the operator's"),
    ("external IP", manifest("Service", spec={"ports": [{"port": 80}], "externalIPs": ["1.2.3.4"]}), "no externalIPs"),
    ("an account named as ours", manifest("ServiceAccount", name="tutoriallab-mine"), "belong to the operator"),
    ("a network policy", manifest("NetworkPolicy", "networking.k8s.io/v1", spec={"podSelector": {}}), "cannot create"),
    ("endpoints", manifest("Endpoints", subsets=[]), "cannot create"),
    ("an EndpointSlice", manifest("EndpointSlice", "discovery.k8s.io/v1", addressType="IPv4", endpoints=[]),
        "cannot create"),
    ("a quota", manifest("ResourceQuota", spec={}), "cannot create"),
    ("a binding", role_binding("x", "admin", "academy-exam"), "cannot create"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "refused"), [one[1:] for one in BEYOND], ids=[one[0] for one in BEYOND])
def test_a_learner_reaches_nothing_beyond_the_workspace(
    world: World, anna: Person, body: Json, refused: str
) -> None:
    placed = {**body, "metadata": {**body["metadata"], "namespace": "academy-exam"}}
    assert refused in anna.tries("create", "-f", "-", stdin=yaml.safe_dump(placed)).refused


def test_a_learner_reads_their_lab_by_the_command_line(world: World, anna: Person) -> None:
    environment = {
        **os.environ,
        "KUBECONFIG": str(anna.kubeconfig),
        "TUTORIALLAB_KUBECTL": str(anna.kubectl_path),
    }
    for arguments in (["status"], ["status", "exam"], ["status", "-n", SCHOOL]):
        done = subprocess.run(
            [sys.executable, "-m", "tutoriallab", *arguments, "--lang=en"],
            env=environment, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert "Step 1 of 1" in done.stdout, done.stderr


def test_a_learner_deletes_nothing_of_the_operators(world: World, anna: Person) -> None:
    refused = anna.tries("delete", "serviceaccount", "tutoriallab-provisioner", "-n", "academy-exam").refused
    assert "names that begin with tutoriallab- belong to the operator" in refused
    everything = anna.tries("delete", "serviceaccounts", "--all", "-n", "academy-exam").refused
    assert "names that begin with tutoriallab- belong to the operator" in everything
    assert "tutoriallab-provisioner" in world.names("serviceaccount", "academy-exam")
    for kind, name in (("rolebinding", "tutoriallab-learners"), ("resourcequota", "tutoriallab-counts")):
        assert "cannot delete resource" in anna.tries("delete", kind, name, "-n", "academy-exam").refused


def test_a_learner_leaves_the_namespace_of_a_workspace_alone(
    world: World, anna: Person, cluster: RunningCluster
) -> None:
    label = [
        "label",
        "namespace",
        "academy-exam",
        "pod-security.kubernetes.io/enforce=privileged",
        "--overwrite",
    ]
    assert "cannot patch resource" in anna.tries(*label).refused
    # Also where somebody has given learners more than we do.
    rule = {
        "apiGroups": [""],
        "resources": ["namespaces"],
        "verbs": ["get", "create", "update", "patch", "delete"],
    }
    role = {"apiVersion": RBAC, "kind": "ClusterRole", "metadata": {"name": "spaces"}, "rules": [rule]}
    bound = {**role_binding("spaces", "spaces", "", anna.subject), "kind": "ClusterRoleBinding"}
    world.apply(role, bound)
    try:
        eventually(lambda: anna.may("patch", "namespaces"), "anna may change namespaces")
        assert "learners do not change the Namespace of a workspace" in anna.tries(*label).refused
        deleted = anna.tries("delete", "namespace", "academy-exam").refused
        assert "learners do not change the Namespace of a workspace" in deleted
        marked = manifest("Namespace", name="forged")
        marked["metadata"]["labels"] = {"app.kubernetes.io/managed-by": "tutoriallab"}
        forged = anna.tries("create", "-f", "-", stdin=yaml.safe_dump(marked)).refused
        assert "only the operator of tutoriallab says which namespaces are workspaces" in forged
    finally:
        world.kubectl("delete", "clusterrolebinding/spaces", "clusterrole/spaces")


# Nodes ---------------------------------------------------------------------------------------------------------------


def test_the_lab_taints_is_finished_by_a_learner_with_kubectl_alone(world: World, anna: Person) -> None:
    """Nothing but kubectl and the learner's own rights; the lab itself is the catalogue's."""
    folder = labs_dir() / "scheduling" / "taints"
    world.kubectl("apply", "-n", SCHOOL, "-f", str(folder / "lab.yaml"))
    world.until_phase("taints", "Active", namespace=SCHOOL, timeout=60)
    node = json.loads(anna.kubectl("get", "lab", "taints", "-o", "json"))["status"]["nodes"]["node1"]
    eventually(lambda: anna.may("patch", "nodes"), "anna may patch nodes")
    bin_ = anna.kubeconfig.parent / "bin"
    bin_.mkdir(exist_ok=True)
    (bin_ / "kubectl").symlink_to(anna.kubectl_path)
    environment = {
        "PATH": f"{bin_}:/usr/bin:/bin", "KUBECONFIG": str(anna.kubeconfig), "WORKSPACE": "academy-taints",
        "LAB": "taints", "LAB_NAMESPACE": SCHOOL, "NODE1": node, "HOME": str(bin_),
    }  # fmt: skip
    done = subprocess.run(
        ["sh", str(folder / "solution.sh")], env=environment, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr + json.dumps(world.status("taints", SCHOOL))
    anna.kubectl("wait", "--for=condition=Completed", "lab/taints", "--timeout=30s")
    world.kubectl("delete", "lab", "taints", "-n", SCHOOL, "--timeout=60s")


LEASED, OTHER = "leased", "other"
# Two policies refuse these, one for learners and one for everybody; kubectl shows whichever answers first.
STAYS = "stay until the lab ends"
NODE_CHANGES: list[tuple[str, list[str], tuple[str, ...]]] = [
    ("a taint", ["taint", "node", LEASED, "tag=test:PreferNoSchedule"], ()),
    ("a taint taken off", ["taint", "node", LEASED, "tag:PreferNoSchedule-"], ()),
    ("a label", ["label", "node", LEASED, "nodeenv=pro"], ()),
    ("a cordon", ["cordon", LEASED], ()),
    ("no cordon", ["uncordon", LEASED], ()),
    ("a taint of another node", ["taint", "node", OTHER, "tag=test:NoSchedule"], ("a lab of theirs has leased",)),
    ("another node's cordon", ["cordon", OTHER], ("a lab of theirs has leased",)),
    ("a taint of the control plane", ["taint", "node", LEASED, "node.kubernetes.io/x=y:NoExecute"],
        ("no taints of kubernetes.io",)),
    ("a role", ["label", "node", LEASED, "node-role.kubernetes.io/control-plane="], ("no labels of kubernetes.io", STAYS)),
    ("a label of the machine", ["label", "node", LEASED, "kubernetes.io/hostname=x", "--overwrite"],
        ("no labels of kubernetes.io",)),
    ("a label of ours", ["label", "node", LEASED, "tutoriallab.dev/leasable=false", "--overwrite"],
        ("no labels of kubernetes.io, k8s.io and tutoriallab.dev", STAYS)),
    ("the lease", ["annotate", "node", LEASED, "tutoriallab.dev/leased-by=x/y", "--overwrite"],
        ("only labels, taints and the cordon", STAYS)),
    ("a finalizer", ["patch", "node", LEASED, "--type=merge", "-p", '{"metadata":{"finalizers":["x.y/z"]}}'],
        ("only labels, taints and the cordon",)),
    ("another machine", ["patch", "node", LEASED, "--type=merge", "-p", '{"spec":{"providerID":"x://y"}}'],
        ("only labels, taints and the cordon",)),
    ("its status", ["patch", "node", LEASED, "--subresource=status", "--type=merge", "-p", "{}"], ('resource "nodes/status"',)),
    ("the node itself", ["delete", "node", LEASED], ("cannot delete",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def leasing(running_world: World, anna: Person) -> Iterator[dict[str, str]]:
    """A lab of anna's has a node: which one, and one that it has not."""
    world = running_world
    world.apply(in_school(pinned("lease")))
    status = world.until_phase("lease", "Active", namespace=SCHOOL, timeout=90)
    eventually(lambda: anna.may("patch", "nodes"), "anna may patch nodes")
    leased = status["nodes"]["node1"]
    yield {LEASED: leased, OTHER: next(one for one in WORKERS if one != leased)}
    world.kubectl("delete", "lab", "lease", "-n", SCHOOL, "--timeout=60s")
    eventually(lambda: not anna.may("patch", "nodes"), "anna's right on nodes is gone")


def in_school(body: Json) -> Json:
    return {**body, "metadata": {**body["metadata"], "namespace": SCHOOL}}


@pytest.mark.parametrize(
    ("arguments", "refused"), [one[1:] for one in NODE_CHANGES], ids=[one[0] for one in NODE_CHANGES]
)
def test_a_learner_changes_of_a_leased_node_what_exercises_are_about(
    world: World, anna: Person, leasing: dict[str, str], arguments: list[str], refused: tuple[str, ...]
) -> None:
    done = anna.tries(*(leasing.get(one, one) for one in arguments))
    assert any(one in done.refused for one in refused) if refused else not done.refused, done


def test_the_lease_of_another_namespaces_lab_is_of_no_use(
    world: World, anna: Person, leasing: dict[str, str], cluster: RunningCluster, tmp_path: Path
) -> None:
    """Berta learns in another namespace, and holds the role for leased nodes, too."""
    berta = person(cluster, tmp_path, "other-academy", "berta")
    world.apply(role_binding("learners", "tutoriallab-learner", "other-academy", berta.subject))
    world.apply(
        {**role_binding("nodes", "tutoriallab-node-learner", "", berta.subject), "kind": "ClusterRoleBinding"}
    )
    try:
        eventually(lambda: berta.may("patch", "nodes"), "berta may patch nodes")
        refused = berta.tries("taint", "node", leasing[LEASED], "tag=test:NoSchedule").refused
        assert "learners change only nodes that a lab of theirs has leased" in refused
    finally:
        world.kubectl("delete", "clusterrolebinding/nodes")


# Administrators --------------------------------------------------------------------------------------------------------


def test_an_administrator_is_hindered_by_nothing(world: World, anna: Person) -> None:
    body = {"spec": {"minutes": 7}, "metadata": {"labels": {"a": "b"}, "annotations": {"c": "d"}}}
    world.kubectl("patch", "lab", "exam", "-n", SCHOOL, "--type=merge", "-p", json.dumps(body))
    world.kubectl("label", "namespace", "academy-exam", "pod-security.kubernetes.io/warn=restricted")
    world.kubectl("annotate", "namespace", "academy-exam", "tutoriallab.dev/lab-uid-", "--dry-run=server")
    for object_ in ("serviceaccount/tutoriallab-provisioner", "resourcequota/tutoriallab-counts"):
        world.kubectl("annotate", object_, "-n", "academy-exam", "note=mine")
        world.kubectl("delete", object_, "-n", "academy-exam", "--dry-run=server")
    world.kubectl("taint", "node", "worker1", "node.kubernetes.io/mine=yes:PreferNoSchedule")
    world.kubectl("taint", "node", "worker1", "node.kubernetes.io/mine-")
