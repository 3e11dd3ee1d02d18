"""What a check selects is not there: what was made instead, and what is none of the learner's mistakes."""

import pytest

from builders import Json, Objects, deployment, pod
from tutoriallab.grade.diagnosis.absent import absent
from tutoriallab.grade.diagnosis.evidence import POD, Evidence, also
from tutoriallab.grade.diagnosis.tell import sentence
from tutoriallab.observe.selection import Kind, LabelSelector, OwnerRef, Selection

DEPLOYMENT: Kind = ("apps/v1", "Deployment")
CONFIG_MAP: Kind = ("v1", "ConfigMap")
WEB = Selection(*DEPLOYMENT, "demo", "web", terminating=True)
FRONT = Selection(*POD, "demo", selector=LabelSelector(match_labels=(("app", "web"), ("tier", "front"))))


def found(selection: Selection, *objects: Json, named: tuple[str, ...] = (), home: str = "default") -> str:
    evidence = Evidence("demo", frozenset({DEPLOYMENT, POD, CONFIG_MAP}), Objects(*objects).select, home)
    finding = absent(selection, evidence, named)
    return f"{finding.reason}: {sentence(finding)} [{finding.look}]" if finding else ""


def test_what_was_made_where_the_lab_stands_is_told_with_both_namespaces() -> None:
    assert found(WEB, deployment(namespace="default")) == (
        "MadeElsewhere: Deployment web is in namespace default; this lab looks in namespace demo "
        "[kubectl get deployment -n default]"
    )
    assert found(FRONT, pod(namespace="default", labels={"app": "web", "tier": "front"})) == (
        "MadeElsewhere: Pod web-1 is in namespace default; this lab looks in namespace demo "
        "[kubectl get pod -n default]"
    )


@pytest.mark.parametrize("name", ["wbe", "web1", "web-deployment", "we"])
def test_a_near_name_is_told(name: str) -> None:
    assert found(WEB, deployment(name)) == (
        f"NearName: There is a Deployment {name}, but no Deployment that is called web "
        "[kubectl get deployment -n demo]"
    )


@pytest.mark.parametrize("name", ["nginx", "db"])
def test_a_name_that_is_not_near_is_none_of_the_lab_s_business(name: str) -> None:
    assert found(WEB, deployment(name)) == ""


def test_names_that_differ_in_numbers_or_that_a_check_selects_itself_are_not_mixed_up() -> None:
    second = Selection(*DEPLOYMENT, "demo", "web-2")
    assert found(second, deployment("web-1")) == ""
    assert found(WEB, deployment("web-canary"), named=("web", "web-canary")) == ""


def test_of_what_lacks_the_labels_the_nearest_is_told() -> None:
    near = pod("web-2", labels={"app": "web", "tier": "back", "pod-template-hash": "x"})
    assert found(FRONT, pod("db", labels={"app": "db"}), near) == (
        "LabelMissing: Pod web-2 has the labels app=web,tier=back, wanted is app=web,tier=front "
        "[kubectl get pod -n demo --show-labels]"
    )
    assert found(FRONT) == ""


def test_nobody_has_made_what_the_cluster_makes_in_each_namespace_in_place_of_something_else() -> None:
    wanted = Selection(*CONFIG_MAP, "demo", selector=LabelSelector(match_labels=(("app", "web"),)))
    mine, given = (
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": name, "namespace": "demo", "uid": name},
        }
        for name in ("mine", "kube-root-ca.crt")
    )
    assert found(wanted, given) == ""
    assert found(wanted, given, mine).startswith("LabelMissing: ConfigMap mine has the labels -")


def test_of_what_an_owner_is_to_own_the_owner_is_looked_for() -> None:
    owned = Selection(*POD, "demo", owned_by=OwnerRef(*DEPLOYMENT, "web"))
    assert found(owned, deployment("wbe")).startswith("NearName: There is a Deployment wbe")
    assert found(owned, deployment("web")) == ""


def test_what_is_there_and_what_is_elsewhere_by_the_lab_s_own_wish_is_not_absent() -> None:
    assert found(WEB, deployment()) == ""
    assert found(Selection(*DEPLOYMENT, "outside", "web"), deployment("wbe", namespace="outside")) == ""
    assert found(WEB, deployment(namespace="demo"), home="demo") == ""


def test_what_is_read_in_workspaces_alone_is_not_looked_for_where_the_lab_stands() -> None:
    secret = Selection("v1", "Secret", "demo", "web")
    assert also([secret], "demo", "default") == []
    evidence = Evidence("demo", frozenset(), Objects().select, "default")
    assert evidence.at_home(secret) == []
