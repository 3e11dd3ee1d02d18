import pytest

from tutoriallab.provision.marks import LAB_UID, MANAGED_BY, is_workspace_of, provisioner_user


def test_the_provisioner_is_the_workspaces_own_service_account() -> None:
    assert provisioner_user("dev-lab") == "system:serviceaccount:dev-lab:tutoriallab-provisioner"


@pytest.mark.parametrize(
    ("metadata", "lab_uid", "ours"),
    [
        ({"labels": {MANAGED_BY: "tutoriallab"}, "annotations": {LAB_UID: "u1"}}, "u1", True),
        ({"labels": {MANAGED_BY: "tutoriallab"}, "annotations": {LAB_UID: "u1"}}, "u2", False),
        ({"labels": {MANAGED_BY: "Helm"}, "annotations": {LAB_UID: "u1"}}, "u1", False),
        ({"annotations": {LAB_UID: "u1"}}, "u1", False),
        ({"labels": {MANAGED_BY: "tutoriallab"}, "annotations": {LAB_UID: ""}}, "", False),
        ({"labels": None, "annotations": None}, "u1", False),
        ({}, "", False),
    ],
    ids=["label and UID", "another lab", "another's label", "no label", "empty UID", "nulls", "nothing"],
)
def test_a_workspace_is_told_by_label_and_lab_uid(
    metadata: dict[str, object], lab_uid: str, ours: bool
) -> None:
    assert is_workspace_of({"metadata": metadata}, lab_uid) is ours
