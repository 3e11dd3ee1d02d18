"""A record streams, resumes and stays bounded."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.web.record import Bounds, Record

Json = dict[str, Any]
LAB: Json = {"name": "demo", "phase": "Active"}


def thing(uid: str, value: object = 0) -> Json:
    return {"uid": uid, "value": value}


def told(record: Record) -> Json:
    found: Json = msgspec.json.decode(b"".join(record.json()))
    return found


def replayed(record: Record) -> tuple[Json, dict[str, Json]]:
    """The lab and the objects at the end, as whoever replays the record has them."""
    whole = told(record)
    items = {one["uid"]: one for one in whole["base"]["put"]}
    lab = whole["base"]["lab"]
    for change in whole["changes"]:
        lab = change.get("lab", lab)
        for uid in change["gone"]:
            del items[uid]
        items.update({one["uid"]: one for one in change["put"]})
    return lab, items


def test_a_change_has_only_what_is_new_different_or_gone() -> None:
    record = Record(100, 1, LAB, [thing("a"), thing("b"), thing("c")])

    assert record.note(2, LAB, [thing("b", 1), thing("d")], ["c"])

    assert told(record) == {
        "base": {
            "seq": 100,
            "t": 1,
            "base": True,
            "lab": LAB,
            "put": [thing("a"), thing("b"), thing("c")],
            "gone": [],
        },
        "changes": [{"seq": 101, "t": 2, "put": [thing("b", 1), thing("d")], "gone": ["c"]}],
    }


def test_the_lab_is_told_whole_when_it_changed() -> None:
    record = Record(100, 1, LAB)
    record.note(2, {**LAB, "phase": "Completed"})

    assert told(record)["changes"] == [
        {"seq": 101, "t": 2, "lab": {**LAB, "phase": "Completed"}, "put": [], "gone": []}
    ]


def test_what_is_as_before_is_no_change() -> None:
    record = Record(100, 1, LAB, [thing("a")])

    assert not record.note(2, dict(LAB))
    assert (len(record), record.last) == (0, 100)


def test_who_is_at_a_number_gets_what_came_after_it_piece_by_piece() -> None:
    record = Record(100, 1, LAB)
    for value in range(1, 6):
        record.note(value, LAB, [thing("a", value)])

    assert [one.seq for one in record.after(102)] == [103, 104, 105]
    assert [one.seq for one in record.after(100, 2)] == [101, 102]
    assert record.after(105) == []


def test_with_too_many_changes_the_oldest_go_into_the_base_and_their_numbers_are_not_held() -> None:
    record = Record(100, 1, LAB, bounds=Bounds(changes=2))
    for value in range(1, 6):
        record.note(value, LAB, [thing("a", value)])

    assert (record.began, record.last, len(record)) == (103, 105, 2)
    assert told(record)["base"]["put"] == [thing("a", 3)]
    assert [record.holds(seq) for seq in (102, 103, 105, 106)] == [False, True, True, False]
    assert [one.seq for one in record.after(103)] == [104, 105]


def test_the_bytes_of_changes_stay_below_their_bound() -> None:
    record = Record(100, 1, LAB, bounds=Bounds(size=1_000))
    for value in range(100):
        record.note(value, LAB, [thing("a", "x" * 100 + str(value))])

    assert 0 < record.size <= 1_000
    assert record.size == sum(len(one.json) for one in record.after(record.began))


def test_a_change_that_is_larger_than_all_that_may_be_kept_is_folded_at_once() -> None:
    record = Record(100, 1, LAB, bounds=Bounds(size=10))
    record.note(2, LAB, [thing("a", 1)])

    assert (len(record), record.began, record.last, record.size) == (0, 101, 101, 0)
    assert told(record)["base"]["put"] == [thing("a", 1)]


@given(
    st.lists(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 3)), max_size=30), st.integers(1, 10)
)
def test_however_much_is_folded_a_replay_ends_where_the_lab_is(
    worlds: list[dict[str, int]], most: int
) -> None:
    record = Record(100, 0, LAB, bounds=Bounds(changes=most))
    before: dict[str, int] = {}
    for number, world in enumerate(worlds):
        put = [thing(uid, value) for uid, value in world.items() if before.get(uid) != value]
        record.note(number, {**LAB, "n": len(world)}, put, [uid for uid in before if uid not in world])
        before = world

    lab, items = replayed(record)

    assert items == {uid: thing(uid, value) for uid, value in before.items()}
    assert lab == record.lab
    assert len(record) <= most
