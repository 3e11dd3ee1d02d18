from tutoriallab.observe.scope import Scope


def test_a_scope_of_one_workspace_is_read_in_its_name() -> None:
    scope = Scope("v1", "Secret", "pod-base")
    assert scope.reader == "system:serviceaccount:pod-base:tutoriallab-provisioner"
    assert str(scope) == "Secret (v1) in namespace pod-base"


def test_a_scope_of_the_whole_cluster_is_read_by_ourselves() -> None:
    scope = Scope("apps/v1", "Deployment")
    assert scope.reader is None
    assert str(scope) == "Deployment (apps/v1)"
