"""Selections against a naive oracle, and tables of what each part means."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.observe.selection import LabelSelector, OwnerRef, Requirement, Selection, matches
from unit.observe.builders import DEPLOYMENT, POD, REPLICA_SET, WEB, an_object, on_shelves


def nothing(*_: str) -> None:
    return None


LABELS = {"app": "web", "tier": "front"}


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        (LabelSelector(), True),
        (LabelSelector(match_labels=(("app", "web"),)), True),
        (LabelSelector(match_labels=(("app", "web"), ("tier", "back"))), False),
        (LabelSelector(match_labels=(("none", ""),)), False),
        (LabelSelector(match_expressions=(Requirement("app", "In", ("web", "api")),)), True),
        (LabelSelector(match_expressions=(Requirement("none", "In", ("web",)),)), False),
        (LabelSelector(match_expressions=(Requirement("app", "NotIn", ("web",)),)), False),
        (LabelSelector(match_expressions=(Requirement("none", "NotIn", ("web",)),)), True),
        (LabelSelector(match_expressions=(Requirement("tier", "Exists"),)), True),
        (LabelSelector(match_expressions=(Requirement("none", "Exists"),)), False),
        (LabelSelector(match_expressions=(Requirement("tier", "DoesNotExist"),)), False),
        (LabelSelector(match_expressions=(Requirement("none", "DoesNotExist"),)), True),
    ],
)
def test_label_selectors_mean_what_kubernetes_means(selector: LabelSelector, selected: bool) -> None:
    one = an_object(POD, "web", labels=LABELS)
    assert matches(Selection(*POD, "x", selector=selector), one, nothing) is selected


KEYS, VALUES = st.sampled_from("abc"), st.sampled_from("123")
OPERATORS = st.sampled_from(["In", "NotIn", "Exists", "DoesNotExist"])


@given(
    labels=st.dictionaries(KEYS, VALUES),
    match_labels=st.dictionaries(KEYS, VALUES),
    expressions=st.lists(st.tuples(KEYS, OPERATORS, st.lists(VALUES, max_size=2)), max_size=3),
    name=st.sampled_from([None, "web", "other"]),
    terminating=st.booleans(),
    with_terminating=st.booleans(),
)
def test_selecting_agrees_with_a_naive_reading(
    labels: dict[str, str],
    match_labels: dict[str, str],
    expressions: list[tuple[str, Literal["In", "NotIn", "Exists", "DoesNotExist"], list[str]]],
    name: str | None,
    terminating: bool,
    with_terminating: bool,
) -> None:
    selector = LabelSelector(
        tuple(match_labels.items()), tuple(Requirement(key, how, tuple(vs)) for key, how, vs in expressions)
    )
    selection = Selection(*POD, "x", name=name, selector=selector, terminating=with_terminating)
    one = an_object(POD, "web", labels=labels or None, terminating=terminating)
    expected = name in {None, "web"} and (with_terminating or not terminating)
    for key, value in match_labels.items():
        expected = expected and labels.get(key) == value
    for key, how, values in expressions:
        there, among = key in labels, labels.get(key) in values
        meaning = {"In": among, "NotIn": not among, "Exists": there, "DoesNotExist": not there}
        expected = expected and meaning[how]
    assert matches(selection, one, nothing) is expected


def test_owners_of_owners_count() -> None:
    web = an_object(DEPLOYMENT, "web")
    replicas = an_object(REPLICA_SET, "web-1", owners=(web,))
    pod = an_object(POD, "web-1-a", owners=(replicas,))
    shelves = on_shelves(web, replicas, pod)
    assert matches(Selection(*POD, "x", owned_by=WEB), pod, shelves.find)
    assert matches(Selection(*REPLICA_SET, "x", owned_by=WEB), replicas, shelves.find)
    assert not matches(Selection(*DEPLOYMENT, "x", owned_by=WEB), web, shelves.find)
    assert not matches(Selection(*POD, "x", owned_by=OwnerRef(*DEPLOYMENT, "api")), pod, shelves.find)


@pytest.mark.parametrize(("phase", "counts"), [("Running", True), ("Failed", False), ("Succeeded", False)])
def test_a_pod_that_its_replica_set_has_replaced_does_not_count(phase: str, counts: bool) -> None:
    web = an_object(DEPLOYMENT, "web")
    replicas = an_object(REPLICA_SET, "web-1", owners=(web,))
    pod = an_object(POD, "web-1-a", owners=(replicas,), raw=b'{"status":{"phase":"%s"}}' % phase.encode())
    find = on_shelves(web, replicas, pod).find
    assert matches(Selection(*POD, "x", owned_by=WEB), pod, find) is counts
    assert matches(Selection(*POD, "x", owned_by=WEB, terminating=True), pod, find)
    assert matches(Selection(*POD, "x"), pod, find)


def test_a_pod_of_a_job_counts_when_it_has_ended() -> None:
    job = an_object(("batch/v1", "Job"), "once")
    pod = an_object(POD, "once-a", owners=(job,), raw=b'{"status":{"phase":"Failed"}}')
    selection = Selection(*POD, "x", owned_by=OwnerRef("batch/v1", "Job", "once"))
    assert matches(selection, pod, on_shelves(job, pod).find)


def test_an_owner_of_the_same_name_but_another_uid_does_not_count() -> None:
    old = an_object(DEPLOYMENT, "web")
    replicas = an_object(REPLICA_SET, "web-1", owners=(old,))
    pod = an_object(POD, "web-1-a", owners=(replicas,))
    selection = Selection(*POD, "x", owned_by=WEB)
    assert matches(selection, pod, on_shelves(old, replicas, pod).find)
    new = an_object(DEPLOYMENT, "web")
    assert not matches(selection, pod, on_shelves(new, replicas, pod).find)
    assert not matches(selection, pod, on_shelves(replicas, pod).find)


def test_an_owner_in_another_namespace_does_not_count_but_a_cluster_scoped_one_does() -> None:
    elsewhere = an_object(DEPLOYMENT, "web", namespace="y", uid="same")
    here = an_object(DEPLOYMENT, "web", uid="same")
    pod = an_object(POD, "a", owners=(here,))
    assert not matches(Selection(*POD, "x", owned_by=WEB), pod, on_shelves(elsewhere, pod).find)
    node = an_object(("v1", "Node"), "n1", namespace="")
    mirror = an_object(POD, "b", owners=(node,))
    owned_by = OwnerRef("v1", "Node", "n1")
    assert matches(Selection(*POD, "x", owned_by=owned_by), mirror, on_shelves(node, mirror).find)


def test_any_version_of_the_owners_group_counts_and_no_other_group() -> None:
    web = an_object(DEPLOYMENT, "web")
    pod = an_object(POD, "a", owners=(web,))
    find = on_shelves(web, pod).find
    assert matches(Selection(*POD, "x", owned_by=OwnerRef("apps/v1beta2", "Deployment", "web")), pod, find)
    other_group = OwnerRef("extensions/v1", "Deployment", "web")
    assert not matches(Selection(*POD, "x", owned_by=other_group), pod, find)


def test_owners_in_a_circle_end() -> None:
    a = an_object(REPLICA_SET, "a", uid="a")
    b = an_object(REPLICA_SET, "b", uid="b", owners=(a,))
    a = an_object(REPLICA_SET, "a", uid="a", owners=(b,))
    pod = an_object(POD, "p", owners=(a,))
    assert not matches(Selection(*POD, "x", owned_by=WEB), pod, on_shelves(a, b, pod).find)


def test_the_kinds_between_are_watched_too() -> None:
    assert Selection(*POD, "x").kinds() == (POD,)
    assert Selection(*POD, "x", owned_by=WEB).kinds() == (POD, REPLICA_SET, DEPLOYMENT)
    cron = OwnerRef("batch/v1", "CronJob", "nightly")
    assert Selection(*POD, "x", owned_by=cron).kinds() == (POD, ("batch/v1", "Job"), ("batch/v1", "CronJob"))
    service = OwnerRef("v1", "Service", "web")
    slices = ("discovery.k8s.io/v1", "EndpointSlice")
    assert Selection(*slices, "x", owned_by=service).kinds() == (slices, ("v1", "Service"))
