import msgspec
import pytest

from leased_nodes import node, taint
from tutoriallab.lab.key import LabKey
from tutoriallab.provision.lease import marks
from tutoriallab.provision.lease.record import (
    Record,
    Was,
    holder_manifest,
    read_holder,
    read_record,
    record_manifest,
    record_of,
    what_is,
)

LAB = LabKey("default", "taints", "u1")


def test_a_record_comes_back_from_its_config_map_as_it_was() -> None:
    one = node(
        labels={"a": "b"}, taints=[taint("x")], unschedulable=True, annotations={"n": 'a "quoted"\nline'}
    )
    record = record_of(one, LAB, "node1")
    assert record == Record("worker1", "uid-of-worker1", LAB, "node1", what_is(one))
    manifest = msgspec.json.decode(msgspec.json.encode(record_manifest(record)))
    assert read_record(manifest) == record


def test_a_record_stands_where_no_learner_writes_and_never_changes() -> None:
    manifest = record_manifest(record_of(node(), LAB, "node1"))
    assert manifest["metadata"]["namespace"] == "tutoriallab-system"
    assert manifest["metadata"]["name"] == "tutoriallab-node.worker1"
    assert manifest["immutable"] is True


def test_the_holder_comes_back_from_its_config_map() -> None:
    assert read_holder(holder_manifest(LAB)) == LAB


@pytest.mark.parametrize("data", [None, {}, {"record": "{"}, {"record": '{"node": 1}'}, {"key": "[]"}])
def test_what_somebody_wrote_by_hand_is_no_record(data: dict[str, str] | None) -> None:
    assert read_record({"data": data}) is None
    assert read_holder({"data": data}) is None


def test_our_own_mark_is_not_part_of_what_a_node_was() -> None:
    assert what_is(node(annotations={marks.LEASED_BY: "default/old"})) == what_is(node())


def test_a_bare_node_was_nothing_in_particular() -> None:
    assert what_is({"metadata": {"name": "n"}}) == Was()
