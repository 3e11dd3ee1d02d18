from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.provision.order import LAST, ordered, rank, ranks

KINDS = [
    *("ConfigMap", "Secret", "ServiceAccount", "PersistentVolumeClaim", "ResourceQuota", "LimitRange"),
    *(
        "Service",
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "Job",
        "CronJob",
        "Pod",
        "Ingress",
        "Foo",
    ),
]
manifests = st.lists(st.fixed_dictionaries({"kind": st.sampled_from(KINDS), "n": st.integers()}))


def test_what_pods_need_comes_before_them() -> None:
    kinds = ["Foo", "Ingress", "Pod", "Deployment", "Service", "Secret", "ConfigMap"]
    wanted = ["Secret", "ConfigMap", "Service", "Deployment", "Pod", "Ingress", "Foo"]
    assert [one["kind"] for one in ordered({"kind": kind} for kind in kinds)] == wanted


def test_a_kind_that_is_no_text_comes_last_and_breaks_nothing() -> None:
    strange: list[object] = [None, 5, [], {}]
    assert [rank({"kind": kind}) for kind in strange] == [LAST] * 4


@given(manifests)
def test_the_order_is_stable_and_loses_nothing(given_manifests: list[dict[str, object]]) -> None:
    found = ordered(given_manifests)
    assert ordered(found) == found
    for level in range(LAST + 1):
        of_level = [one for one in given_manifests if rank(one) == level]
        assert [one for one in found if rank(one) == level] == of_level


@given(manifests)
def test_ranks_are_the_order_cut_into_groups(given_manifests: list[dict[str, object]]) -> None:
    groups = ranks(given_manifests)
    assert [one for group in groups for one in group] == ordered(given_manifests)
    levels = [{rank(one) for one in group} for group in groups]
    assert all(len(level) == 1 for level in levels)
    assert [min(level) for level in levels] == sorted({rank(one) for one in given_manifests})
