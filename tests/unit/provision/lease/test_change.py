from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leased_nodes import Json, node, patched, taint
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.model import NodeRequest, Taint
from tutoriallab.provision.lease import marks
from tutoriallab.provision.lease.change import giving_back, leasing
from tutoriallab.provision.lease.machine import is_machines_taint
from tutoriallab.provision.lease.record import what_is

LAB = LabKey("default", "taints", "u1")
REQUEST = NodeRequest(
    name="node1", labels={"nodeenv": "pro"}, taints=[Taint(key="tag", value="test", effect="NoSchedule")]
)
UNREACHABLE = taint("node.kubernetes.io/unreachable", "NoExecute")


def back(now: Json, was: Json) -> Json:
    """The node after it was given back."""
    change = giving_back(now, what_is(was))
    found: Json = patched(now, change) if change else now
    assert giving_back(found, what_is(was)) is None
    return found


def test_a_lease_puts_labels_and_taints_beside_what_is_there_and_says_whose_the_node_is() -> None:
    before = node(labels={"zone": "a"}, taints=[taint("soft", "PreferNoSchedule")])
    leased = patched(before, leasing(before, REQUEST, LAB))
    assert leased["metadata"]["labels"]["zone"] == "a"
    assert leased["metadata"]["labels"]["nodeenv"] == "pro"
    assert leased["spec"]["taints"] == [taint("soft", "PreferNoSchedule"), taint("tag", value="test")]
    assert leased["metadata"]["annotations"][marks.LEASED_BY] == "default/taints"


def test_a_declared_taint_replaces_the_one_of_its_key_and_effect() -> None:
    before = node(taints=[taint("tag", value="old"), taint("tag", "PreferNoSchedule", "old")])
    leased = patched(before, leasing(before, REQUEST, LAB))
    assert leased["spec"]["taints"] == [taint("tag", "PreferNoSchedule", "old"), taint("tag", value="test")]


def test_a_lease_without_labels_and_taints_only_says_whose_the_node_is() -> None:
    assert leasing(node(), NodeRequest(name="node1"), LAB) == {
        "metadata": {"resourceVersion": "7", "annotations": {marks.LEASED_BY: "default/taints"}}
    }


def test_every_patch_holds_only_for_the_node_as_it_was_seen() -> None:
    change = giving_back(node(labels={"a": "b"}), what_is(node()))
    assert change is not None
    assert change["metadata"]["resourceVersion"] == "7"


def test_nothing_is_written_where_nothing_differs() -> None:
    assert giving_back(node(), what_is(node())) is None


@pytest.mark.parametrize(
    ("now", "was"),
    [
        (node(unschedulable=True), node()),
        (node(), node(unschedulable=True)),
        (node(taints=[taint("x"), taint("y")]), node(taints=[taint("y"), taint("z")])),
        (node(taints=[taint("b"), taint("a")]), node(taints=[taint("a"), taint("b")])),
        (node(taints=[taint("node.kubernetes.io/out-of-service", "NoExecute", "x")]), node()),
        (node(labels={"kubernetes.io/hostname": "other"}), node()),
        (node(annotations={"kwok.x-k8s.io/node": "no"}), node()),
        (node(annotations={"note": "x", marks.LEASED_BY: "default/taints"}), node()),
    ],
)
def test_what_a_learner_did_is_undone(now: Json, was: Json) -> None:
    assert back(now, was) == was


def test_what_a_learner_removed_comes_back() -> None:
    now = node()
    now["metadata"].pop("labels")
    now["metadata"].pop("annotations")
    assert back(now, node()) == node()


def test_the_control_planes_taints_are_as_they_are_now() -> None:
    soft = taint("soft", "PreferNoSchedule")
    assert back(node(taints=[taint("x"), UNREACHABLE]), node(taints=[soft]))["spec"]["taints"] == [
        soft,
        UNREACHABLE,
    ]
    assert back(node(), node(taints=[UNREACHABLE, soft]))["spec"]["taints"] == [soft]


@pytest.mark.parametrize(
    ("now", "was", "afterwards"),
    [("2", "1", "2"), (None, "1", "1"), ("2", None, "2")],
)
def test_what_programs_keep_writing_stays_and_comes_back_only_when_it_is_missing(
    now: str | None, was: str | None, afterwards: str
) -> None:
    ttl = "node.alpha.kubernetes.io/ttl"
    restored = back(node(annotations={ttl: now} if now else {}), node(annotations={ttl: was} if was else {}))
    assert restored["metadata"]["annotations"][ttl] == afterwards


KEYS = st.sampled_from(["a", "b", "kubernetes.io/hostname", "example.com/c", "nodeenv", marks.LEASABLE])
MAPS = st.dictionaries(KEYS, st.sampled_from(["", "x", "y"]))
TAINTS = st.lists(
    st.builds(
        taint,
        st.sampled_from(["tag", "b", "node.kubernetes.io/out-of-service", "node.kubernetes.io/not-ready"]),
        st.sampled_from(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
        st.sampled_from(["", "v", "w"]),
    ),
    unique_by=lambda one: (one["key"], one["effect"]),
)


@st.composite
def nodes(draw: Any) -> Json:
    one = node(taints=draw(TAINTS), unschedulable=draw(st.booleans()))
    for field in ("labels", "annotations"):
        one["metadata"][field] = draw(MAPS)
        if not one["metadata"][field]:
            del one["metadata"][field]
    return one


@given(was=nodes(), later=nodes())
def test_record_then_any_change_by_a_learner_then_give_back_is_exactly_what_it_was(
    was: Json, later: Json
) -> None:
    leased = patched(was, leasing(was, REQUEST, LAB))
    for damaged in (leased, later, patched(leased, {"metadata": later["metadata"], "spec": later["spec"]})):
        restored = what_is(back(damaged, was))
        wanted = what_is(was)
        assert restored.labels == wanted.labels
        assert restored.annotations == wanted.annotations
        assert restored.unschedulable == wanted.unschedulable
        people = [one for one in restored.taints if not is_machines_taint(one)]
        assert people == [one for one in wanted.taints if not is_machines_taint(one)]
        machines = [one for one in restored.taints if is_machines_taint(one)]
        assert sorted(map(str, machines)) == sorted(
            str(one) for one in damaged["spec"].get("taints", []) if is_machines_taint(one)
        )
