"""Who learns, told from bindings, and what is handed on to them."""

from typing import Any

import pytest

from tutoriallab.provision.learner_bindings import learners, nodes_binding, subjects, workspace_binding

ANNA = {"kind": "User", "name": "anna", "apiGroup": "rbac.authorization.k8s.io"}
CLASS = {"kind": "Group", "name": "class-7", "apiGroup": "rbac.authorization.k8s.io"}
ROBOT = {"kind": "ServiceAccount", "name": "robot", "namespace": "ci"}


def binding(
    *who: dict[str, str], kind: str = "ClusterRole", role: str = "tutoriallab-learner"
) -> dict[str, Any]:
    return {"roleRef": {"kind": kind, "name": role}, "subjects": list(who)}


def test_the_subjects_of_all_bindings_to_the_learners_role_learn() -> None:
    found = learners([binding(ANNA), binding(CLASS, ROBOT), binding(ANNA)])
    assert found == {("User", "", "anna"), ("Group", "", "class-7"), ("ServiceAccount", "ci", "robot")}


@pytest.mark.parametrize(
    "other",
    [
        binding(ANNA, role="admin"),
        binding(ANNA, kind="Role"),
        binding(ANNA, role="tutoriallab-in-workspace"),
        binding(),
        {"roleRef": {"kind": "ClusterRole", "name": "tutoriallab-learner"}},
        {},
    ],
    ids=["another role", "a Role of that name", "the role handed on", "nobody", "no subjects", "nothing"],
)
def test_nobody_else_learns(other: dict[str, Any]) -> None:
    assert learners([other]) == frozenset()


def test_a_workspace_binding_hands_on_our_own_role_and_is_read_back_the_same() -> None:
    who = learners([binding(ROBOT, CLASS, ANNA)])
    made = workspace_binding("class-scale", who)
    assert made["metadata"]["name"] == "tutoriallab-learners"
    assert made["metadata"]["namespace"] == "class-scale"
    assert made["roleRef"]["name"] == "tutoriallab-in-workspace"
    assert made["subjects"] == [CLASS, ROBOT, ANNA]
    assert subjects(made) == who


def test_learners_that_are_gone_leave_a_binding_of_nobody() -> None:
    assert workspace_binding("class-scale", ())["subjects"] == []


def test_the_binding_on_nodes_hands_on_the_role_for_leased_nodes_alone() -> None:
    made = nodes_binding([("User", "", "anna")])
    assert (made["kind"], made["metadata"]) == ("ClusterRoleBinding", {"name": "tutoriallab-node-learners"})
    assert made["roleRef"]["name"] == "tutoriallab-node-learner"
    assert made["subjects"] == [ANNA]
