import pytest

from leased_nodes import Json, node, taint
from tutoriallab.provision.lease.choose import NotEnough, choose, unsuitable


def names(found: object) -> dict[str, str]:
    assert isinstance(found, dict)
    return {alias: one["metadata"]["name"] for alias, one in found.items()}


def test_aliases_get_nodes_in_the_order_of_names() -> None:
    found = choose(["node1", "node2"], [node("w3"), node("w1"), node("w2")], frozenset(), 2)
    assert names(found) == {"node1": "w1", "node2": "w2"}


def test_a_soft_taint_is_no_hindrance() -> None:
    one = node("w1", taints=[taint("x", "PreferNoSchedule")])
    assert names(choose(["node1"], [one], frozenset(), 1)) == {"node1": "w1"}


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (node(), ""),
        (node(ready=False), "NotReady"),
        (node(unschedulable=True), "cordoned"),
        (node(taints=[taint("gpu")]), "tainted gpu"),
        (node(taints=[taint("node.kubernetes.io/unschedulable")]), ""),
        (node(unschedulable=True, taints=[taint("node.kubernetes.io/unschedulable")]), "cordoned"),
        (node(deleting=True), "being deleted"),
        (node(labels={"node-role.kubernetes.io/control-plane": ""}), "control plane"),
        (node(labels={"tutoriallab.dev/leasable": "false"}), "not labelled"),
        (node("leased"), "still leased"),
        (node("n" * 250), "name too long"),
    ],
)
def test_a_node_that_does_not_serve_says_why(one: Json, fault: str) -> None:
    assert str(unsuitable(one, {"leased"}) or "") == fault


def test_too_few_nodes_are_counted_and_named_with_the_way_out() -> None:
    found = choose(
        ["a", "b", "c"], [node("w1"), node("w2", ready=False), node("w3", unschedulable=True)], set(), 3
    )
    assert isinstance(found, NotEnough)
    assert not found.passing
    assert str(found.message) == (
        "The lab needs 3 worker nodes labelled tutoriallab.dev/leasable=true, this cluster has 1 "
        "(not w2 (NotReady), w3 (cordoned)): add nodes, or kubectl label node NAME tutoriallab.dev/leasable=true"
    )


@pytest.mark.parametrize(
    "away",
    [
        node("w2", ready=False),
        node("w2", taints=[taint("node.kubernetes.io/unreachable")]),
        node("w2", ready=False, taints=[taint("node.kubernetes.io/not-ready", "NoExecute")]),
    ],
)
def test_nodes_that_come_back_are_waited_for(away: Json) -> None:
    found = choose(["a", "b"], [node("w1"), away, node("w3", unschedulable=True)], set(), 2)
    assert isinstance(found, NotEnough)
    assert found.passing
    assert str(found.message).endswith("it goes on by itself when they are Ready; see kubectl get nodes")


@pytest.mark.parametrize(
    "away",
    [
        node("w2", ready=False, unschedulable=True),
        node("w2", ready=False, taints=[taint("node.kubernetes.io/not-ready"), taint("gpu")]),
        node("w2", ready=False, deleting=True),
    ],
)
def test_a_node_that_would_not_serve_when_it_is_ready_is_not_waited_for(away: Json) -> None:
    found = choose(["a", "b"], [node("w1"), away], set(), 2)
    assert isinstance(found, NotEnough)
    assert not found.passing


def test_no_node_at_all_is_said_so() -> None:
    found = choose(["node1"], [], set(), 1)
    assert isinstance(found, NotEnough)
    assert str(found.message).startswith("The lab needs 1 worker node labelled")
    assert "this cluster has none:" in str(found.message)


def test_nodes_that_the_lab_has_already_are_counted() -> None:
    found = choose(["node3"], [node("w1"), node("w2")], {"w1", "w2"}, 3)
    assert isinstance(found, NotEnough)
    assert "needs 3 worker nodes" in str(found.message)
    assert "has 2" in str(found.message)


def test_a_long_list_of_others_is_cut() -> None:
    found = choose(["a"], [node(f"w{i}", ready=False) for i in range(9)], set(), 1)
    assert isinstance(found, NotEnough)
    assert "w5 (NotReady), …)" in str(found.message)
