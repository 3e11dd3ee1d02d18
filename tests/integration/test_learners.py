"""A class on one cluster: who is bound as a learner can work in the labs of that namespace, and nowhere else."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from builders import Json, check, lab, step
from operator_process import eventually
from people import Person, person, role_binding
from running_cluster import RunningCluster
from samples import deployment, plain
from tutoriallab.cli.catalogue import find_entry
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.scripts import desk, read_script
from tutoriallab.cluster.places import Places
from world import World

pytestmark = pytest.mark.integration

HOME = "school"


def scaling(name: str, namespace: str = HOME) -> Json:
    wanted = check("scaled", expect=["web.spec.replicas == 3"])
    asked = check("uid", answer={}, expect=["answer == web.metadata.uid"])
    return plain(lab(name, step("first", wanted, asked), namespace=namespace, provision=[deployment("web")]))


def bind(world: World, *who: Person, name: str = "learners", namespace: str = HOME) -> None:
    world.apply(role_binding(name, "tutoriallab-learner", namespace, *(one.subject for one in who)))


@pytest.fixture(scope="module")
def learner(cluster: RunningCluster, tmp_path_factory: pytest.TempPathFactory) -> Person:
    return person(cluster, tmp_path_factory.mktemp("learner"), HOME, "anna")


@pytest.fixture(scope="module")
def started(running_world: World, learner: Person) -> Iterator[World]:
    """A lab in the namespace school."""
    bind(running_world, learner)
    running_world.apply(scaling("work"))
    running_world.until_phase("work", "Active", namespace=HOME)
    yield running_world
    running_world.kubectl("delete", "lab", "work", "-n", HOME, "--wait=false")


@pytest.fixture
def at_work(world: World, started: World, learner: Person) -> World:
    """That lab, whose one learner is anna."""
    bind(world, learner)
    eventually(lambda: learner.may("create", "pods", "school-work"), "anna is let in")
    return world


def test_a_learner_finishes_a_lab_with_kubectl_alone(world: World, learner: Person) -> None:
    bind(world, learner)
    world.apply(scaling("exam"))
    learner.kubectl("wait", "--for=jsonpath={.status.phase}=Active", "lab/exam", "--timeout=20s")
    learner.kubectl("-n", "school-exam", "scale", "deployment", "web", "--replicas=3")
    uid = json.loads(learner.kubectl("-n", "school-exam", "get", "deployment", "web", "-o", "json"))[
        "metadata"
    ]["uid"]
    answer = json.dumps({"spec": {"answers": {"uid": uid}}})
    learner.kubectl("patch", "lab", "exam", "--type=merge", "-p", answer)
    learner.kubectl("wait", "--for=condition=Completed", "lab/exam", "--timeout=20s")
    learner.kubectl("annotate", "lab", "exam", "tutoriallab.dev/reset=again")
    learner.kubectl("wait", "--for=condition=Completed=false", "lab/exam", "--timeout=20s")
    learner.kubectl("wait", "--for=jsonpath={.status.phase}=Active", "lab/exam", "--timeout=60s")
    learner.kubectl("-n", "school-exam", "scale", "deployment", "web", "--replicas=2")
    world.kubectl("delete", "lab", "exam", "-n", HOME, "--wait=false")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kubectl-ways", "gitops", "helm-release", "service-types"])
def test_a_learner_finishes_labs_of_the_catalogue_as_their_solutions_do(
    world: World, learner: Person, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labs that ask for more than the usual: replace, diff, what helm keeps, every kind of Service."""
    bind(world, learner)
    entry = find_entry(name)
    world.apply({**entry.body(), "metadata": {"name": name, "namespace": HOME}})
    world.until_phase(name, "Active", namespace=HOME)
    eventually(lambda: learner.may("create", "pods", f"{HOME}-{name}"), "anna is let in")
    monkeypatch.setenv("KUBECONFIG", str(learner.kubeconfig))
    kubectl = Kubectl.at(learner.kubectl_path, "", Places.from_environment(os.environ))
    script = read_script(entry.solutions[0])
    with desk(kubectl, find_lab(kubectl, name, HOME), script) as place:
        process = place.start(script)
        said, _ = process.communicate(timeout=180)
    assert process.returncode == 0, said
    learner.kubectl("wait", "--for=condition=Completed", f"lab/{name}", "--timeout=30s")
    world.kubectl("delete", "lab", name, "-n", HOME, "--wait=false")


WORK = [
    ("create", "pods"), ("create", "pods/exec"), ("create", "pods/attach"), ("create", "pods/portforward"),
    ("get", "pods/log"), ("delete", "deployments.apps"), ("create", "secrets"), ("get", "secrets"),
    ("create", "configmaps"), ("create", "services"), ("create", "persistentvolumeclaims"), ("create", "jobs.batch"),
    ("create", "serviceaccounts"), ("create", "ingresses.networking.k8s.io"), ("patch", "deployments.apps/scale"),
    ("list", "events"), ("list", "endpointslices.discovery.k8s.io"), ("get", "resourcequotas"),
    ("patch", "statefulsets.apps"), ("deletecollection", "pods"), ("update", "replicationcontrollers/scale"),
    ("create", "horizontalpodautoscalers.autoscaling"), ("create", "poddisruptionbudgets.policy"),
    ("patch", "pods/ephemeralcontainers"), ("create", "pods/eviction"), ("watch", "events.events.k8s.io"),
    ("list", "controllerrevisions.apps"), ("list", "networkpolicies.networking.k8s.io"), ("get", "namespaces"),
]  # fmt: skip
NEVER = [
    ("create", "roles.rbac.authorization.k8s.io"), ("create", "rolebindings.rbac.authorization.k8s.io"),
    ("create", "networkpolicies.networking.k8s.io"), ("patch", "endpoints"),
    ("create", "endpointslices.discovery.k8s.io"), ("patch", "resourcequotas"), ("create", "limitranges"),
    ("create", "serviceaccounts/token"), ("patch", "pods/status"), ("patch", "deployments.apps/status"),
    ("impersonate", "serviceaccounts"), ("patch", "services/status"), ("create", "events"),
]  # fmt: skip


def test_a_learner_can_do_in_the_workspace_what_tutorials_ask_for_and_no_more(
    at_work: World, learner: Person
) -> None:
    assert learner.allowed(WORK + NEVER, "school-work") == WORK


def test_a_learner_can_do_nothing_anywhere_else(at_work: World, learner: Person) -> None:
    for namespace in (HOME, "default", "kube-system", "tutoriallab-system"):
        assert learner.allowed(WORK + NEVER, namespace) == []
    labs = [(verb, "tutoriallabs.tutoriallab.dev") for verb in ("patch", "create", "delete", "author")]
    assert learner.allowed([*labs, ("patch", "tutoriallabs.tutoriallab.dev/status")], HOME) == labs[:1]
    assert learner.allowed([(verb, "namespaces") for verb in ("list", "create", "patch", "delete")]) == []


def test_learners_are_let_in_and_out_while_their_binding_changes(
    at_work: World, learner: Person, cluster: RunningCluster, tmp_path: Path
) -> None:
    other = person(cluster, tmp_path, HOME, "berta")
    assert not other.may("create", "pods", "school-work")
    bind(at_work, other, name="late")
    eventually(lambda: other.may("create", "pods", "school-work"), "berta is let in")
    assert learner.may("create", "pods", "school-work")

    at_work.kubectl("delete", "rolebinding", "learners", "-n", HOME)
    eventually(lambda: not learner.may("create", "pods", "school-work"), "anna is let out")
    assert other.may("create", "pods", "school-work")
    at_work.kubectl("delete", "rolebinding", "late", "-n", HOME)
    eventually(lambda: not other.may("create", "pods", "school-work"), "berta is let out")


def test_what_changed_while_no_operator_ran_is_caught_up(at_work: World, learner: Person) -> None:
    assert learner.may("create", "pods", "school-work")
    at_work.operator.kill()
    at_work.kubectl("delete", "rolebinding", "learners", "-n", HOME)
    assert learner.may("create", "pods", "school-work")
    at_work.operator.start()
    eventually(lambda: not learner.may("create", "pods", "school-work"), "anna is let out")


def test_a_learners_binding_that_somebody_changed_is_put_right(
    at_work: World, learner: Person, cluster: RunningCluster, tmp_path: Path
) -> None:
    stranger = person(cluster, tmp_path, "elsewhere", "stranger")
    body = json.dumps({"subjects": [stranger.subject]})
    at_work.kubectl(
        "patch", "rolebinding", "tutoriallab-learners", "-n", "school-work", "--type=merge", "-p", body
    )
    eventually(lambda: not stranger.may("create", "pods", "school-work"), "the stranger is out")
    eventually(lambda: learner.may("create", "pods", "school-work"), "anna is in")


def test_a_binding_in_another_namespace_lets_nobody_in(
    at_work: World, cluster: RunningCluster, tmp_path: Path
) -> None:
    pupil = person(cluster, tmp_path, "other-school", "pupil")
    bind(at_work, pupil, namespace="other-school")
    at_work.apply(scaling("work", "other-school"))
    at_work.until_phase("work", "Active", namespace="other-school")
    eventually(lambda: pupil.may("create", "pods", "other-school-work"), "the pupil is let in")
    assert not pupil.may("create", "pods", "school-work")
    assert not pupil.may("get", "tutoriallabs.tutoriallab.dev", HOME)
    at_work.kubectl("delete", "lab", "work", "-n", "other-school", "--wait=false")


def test_a_teacher_makes_labs_and_binds_learners_in_their_namespace(
    world: World, cluster: RunningCluster, tmp_path: Path
) -> None:
    teacher = person(cluster, tmp_path, "class-7", "teacher")
    pupil = person(cluster, tmp_path, "class-7", "pupil")
    world.apply(
        role_binding("teacher", "admin", "class-7", teacher.subject),
        role_binding("author", "tutoriallab-author", "class-7", teacher.subject),
    )
    teacher.kubectl("create", "-f", "-", stdin=yaml.safe_dump(scaling("own", "class-7")))
    teacher.kubectl(
        *("create", "rolebinding", "learners", "--clusterrole=tutoriallab-learner"),
        "--serviceaccount=class-7:pupil",
    )
    eventually(lambda: pupil.may("create", "pods", "class-7-own"), "the pupil is let in")
    teacher.kubectl("patch", "lab", "own", "--type=merge", "-p", '{"spec":{"minutes":7}}')
    teacher.kubectl("delete", "lab", "own", "--wait=false")
