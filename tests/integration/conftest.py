"""What several integration tests know: somebody who tries to gain more, a learner with a lab, and crashes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from attacks import HOME
from builders import check, lab, step
from crashing import Crashing, crashing_operator
from operator_process import eventually
from people import RBAC, Person, person, role_binding
from running_cluster import RunningCluster
from samples import deployment, plain
from world import World


@pytest.fixture(scope="module")
def mallory(
    running_world: World, cluster: RunningCluster, tmp_path_factory: pytest.TempPathFactory
) -> Person:
    made = person(cluster, tmp_path_factory.mktemp("mallory"), HOME, "mallory")
    labs = {"apiGroups": ["tutoriallab.dev"], "resources": ["tutoriallabs"]}
    rule = {**labs, "verbs": ["get", "list", "watch", "create", "delete"]}
    role = {
        "apiVersion": RBAC,
        "kind": "Role",
        "metadata": {"name": "labs", "namespace": HOME},
        "rules": [rule],
    }
    bound = role_binding("labs", "", HOME, made.subject)
    bound["roleRef"] |= {"kind": "Role", "name": "labs"}
    running_world.apply(role, bound, role_binding("admin", "admin", HOME, made.subject))
    return made


@pytest.fixture(scope="module")
def anna(
    running_world: World, cluster: RunningCluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Person]:
    """A learner, with a lab at work and the rights in its workspace."""
    made = person(cluster, tmp_path_factory.mktemp("anna"), "academy", "anna")
    running_world.apply(role_binding("learners", "tutoriallab-learner", "academy", made.subject))
    running_world.apply(
        plain(lab("exam", step("first", check()), namespace="academy", provision=[deployment("web")]))
    )
    running_world.until_phase("exam", "Active", namespace="academy")
    eventually(lambda: made.may("create", "pods", "academy-exam"), "anna is let in")
    yield made
    # Waited for: the next module makes a lab of the same name.
    running_world.kubectl("delete", "lab", "exam", "-n", "academy", "--timeout=60s", "--ignore-not-found")


@pytest.fixture
def crashing(world: World, tmp_path: Path) -> Iterator[Crashing]:
    """An operator that can be killed after a chosen write."""
    with crashing_operator(world, tmp_path) as made:
        yield made
