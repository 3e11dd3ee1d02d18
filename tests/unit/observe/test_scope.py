from tutoriallab.observe.scope import Scope
from tutoriallab.observe.selection import OwnerRef, Selection


def test_a_scope_of_one_workspace_is_read_in_its_name() -> None:
    scope = Scope("v1", "Secret", "pod-base")
    assert scope.reader == "system:serviceaccount:pod-base:tutoriallab-provisioner"
    assert str(scope) == "Secret (v1) in namespace pod-base"


def test_a_scope_of_the_whole_cluster_is_read_by_ourselves() -> None:
    scope = Scope("apps/v1", "Deployment")
    assert scope.reader is None
    assert str(scope) == "Deployment (apps/v1)"


def test_a_scope_concerns_what_is_selected_and_its_owners() -> None:
    pods = Selection("v1", "Pod", "demo", owned_by=OwnerRef("apps/v1", "Deployment", "web"))
    kinds = [("v1", "Pod"), ("apps/v1", "ReplicaSet"), ("apps/v1", "Deployment")]
    assert all(Scope(*kind).concerns(pods) for kind in kinds)
    assert not Scope("v1", "Service").concerns(pods)


def test_a_scope_of_one_workspace_concerns_no_other() -> None:
    assert Scope("v1", "Secret", "demo").concerns(Selection("v1", "Secret", "demo"))
    assert not Scope("v1", "Secret", "other").concerns(Selection("v1", "Secret", "demo"))
