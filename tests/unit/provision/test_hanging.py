from typing import Any

from tutoriallab.provision.hanging import MAX_MESSAGE, what_hangs


def namespace(*conditions: tuple[str, str], finalizers: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "metadata": {"name": "scale", "finalizers": list(finalizers)},
        "status": {
            "conditions": [{"type": kind, "status": "True", "message": text} for kind, text in conditions]
        },
    }


REMAINING = (
    "NamespaceContentRemaining",
    "Some resources are remaining: configmaps. has 1 resource instances, deployments.apps has 2 resource instances",
)
FINALIZERS = (
    "NamespaceFinalizersRemaining",
    "Some content in the namespace has finalizers remaining: example.com/hold in 3 resource instances",
)


def test_a_namespace_without_conditions_is_just_being_deleted() -> None:
    assert str(what_hangs({"metadata": {"name": "scale"}})) == "Namespace scale is being deleted"


def test_kinds_and_finalizers_are_named_with_the_command_to_look() -> None:
    assert str(what_hangs(namespace(REMAINING, FINALIZERS))) == (
        "Namespace scale is being deleted: still there: 1 configmaps, 2 deployments.apps, held by the finalizer "
        "example.com/hold. Look: kubectl get configmaps,deployments.apps -n scale"
    )


def test_what_only_takes_its_time_has_no_finalizer_to_name() -> None:
    assert str(what_hangs(namespace(REMAINING))) == (
        "Namespace scale is being deleted: still there: 1 configmaps, 2 deployments.apps. "
        "Look: kubectl get configmaps,deployments.apps -n scale"
    )


def test_conditions_that_are_false_say_nothing() -> None:
    settled = namespace(REMAINING, FINALIZERS)
    for condition in settled["status"]["conditions"]:
        condition["status"] = "False"
    assert str(what_hangs(settled)) == "Namespace scale is being deleted"


def test_a_cluster_that_cannot_look_is_quoted() -> None:
    failure = (
        "NamespaceDeletionDiscoveryFailure",
        "Discovery failed for some groups, 1 failing: metrics.k8s.io",
    )
    assert str(what_hangs(namespace(failure))).endswith(
        "Discovery failed for some groups, 1 failing: metrics.k8s.io"
    )


def test_a_finalizer_of_the_namespace_itself_is_named() -> None:
    found = str(what_hangs(namespace(finalizers=("example.com/keep",))))
    assert found.endswith("the namespace itself has the finalizer example.com/keep")


def test_the_sentence_is_bounded() -> None:
    assert len(str(what_hangs(namespace(("NamespaceDeletionContentFailure", "x" * 9_999))))) == MAX_MESSAGE
