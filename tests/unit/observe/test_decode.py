import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutoriallab.observe.decode import (
    Metadata,
    Owner,
    Unreadable,
    decode_event,
    decode_page,
    object_of,
    without_managed_fields,
)


def pod(**metadata: Any) -> dict[str, Any]:
    return {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web", **metadata}, "spec": {"a": [1]}}


def line(kind: str, body: dict[str, Any]) -> bytes:
    return json.dumps({"type": kind, "object": body}, separators=(",", ":")).encode()


def test_the_header_has_what_selecting_needs() -> None:
    owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web-1", "uid": "2", "controller": True}
    body = pod(
        namespace="x",
        uid="1",
        resourceVersion="7",
        generation=3,
        labels={"app": "web"},
        ownerReferences=[owner],
        creationTimestamp="2026-01-01T00:00:00Z",
        deletionTimestamp="2026-01-01T00:00:09Z",
        annotations={"ignored": "yes"},
    )
    event = decode_event(line("ADDED", body))
    assert event.type == "ADDED"
    assert event.object.metadata == Metadata(
        name="web",
        namespace="x",
        uid="1",
        resource_version="7",
        generation=3,
        labels={"app": "web"},
        owner_references=(Owner("apps/v1", "ReplicaSet", "web-1", "2"),),
        deletion_timestamp="2026-01-01T00:00:09Z",
        creation_timestamp="2026-01-01T00:00:00Z",
    )


def test_the_body_stays_as_it_came() -> None:
    assert json.loads(object_of(line("ADDED", pod()))) == pod()


def test_bookmarks_and_errors_have_no_object_to_speak_of() -> None:
    bookmark = {"kind": "Pod", "metadata": {"resourceVersion": "9", "creationTimestamp": None}}
    assert decode_event(line("BOOKMARK", bookmark)).object.metadata.resource_version == "9"
    error = {"kind": "Status", "metadata": {}, "code": 410}
    assert decode_event(line("ERROR", error)).object.metadata == Metadata()
    assert decode_event(b'{"type":"ERROR","object":{"kind":"Status"}}').type == "ERROR"


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b'{"type":"ADDED"}', b'{"type":1,"object":{}}', b"\xff"]
)
def test_what_is_no_event_is_unreadable(broken: bytes) -> None:
    with pytest.raises(Unreadable):
        decode_event(broken)


@given(st.binary(max_size=60))
def test_junk_never_raises_anything_else(junk: bytes) -> None:
    for decode in (decode_event, decode_page):
        try:
            decode(junk)
        except Unreadable:
            continue


def test_a_page_tells_where_it_stands() -> None:
    items = [pod(namespace="x"), pod(namespace="y")]
    page = {"kind": "PodList", "metadata": {"resourceVersion": "5", "continue": "token"}, "items": items}
    stands, found = decode_page(json.dumps(page).encode())
    assert (stands.resource_version, stands.continue_) == ("5", "token")
    assert [(metadata.namespace, json.loads(bytes(raw))) for metadata, raw in found] == [
        ("x", items[0]),
        ("y", items[1]),
    ]
    stands, found = decode_page(b'{"metadata":{"resourceVersion":"6"},"items":null}')
    assert (stands.continue_, list(found)) == (None, [])


def test_a_page_with_a_broken_item_is_unreadable() -> None:
    _, items = decode_page(b'{"metadata":{},"items":[{"metadata":{"name":1}}]}')
    with pytest.raises(Unreadable):
        list(items)


MANAGED = [{"manager": "kubectl", "fieldsV1": {"f:metadata": {"f:labels": {}}}}]
HOSTILE = st.dictionaries(
    st.sampled_from(["name", "labels", "managedFields", '"managedFields":[']),
    st.sampled_from(['"managedFields":[', {"managedFields": "x"}, {'"managedFields":[1],': "y"}, "z"]),
)


@given(before=HOSTILE, after=HOSTILE, managed=st.sampled_from([None, [], MANAGED]))
def test_managed_fields_are_cut_out_and_nothing_else(
    before: dict[str, Any], after: dict[str, Any], managed: list[Any] | None
) -> None:
    metadata = {key: value for key, value in before.items() if key != "managedFields"}
    if managed is not None:
        metadata["managedFields"] = managed
    metadata |= {f"{key}2": value for key, value in after.items()}
    body = {"kind": "X", "metadata": metadata, "data": {"managedFields": MANAGED}}
    raw = msgspec.json.encode(body)
    slim = json.loads(without_managed_fields(raw))
    wanted = {**body, "metadata": {key: value for key, value in metadata.items() if key != "managedFields"}}
    # Where a text says the very same, leaving them in is right as well.
    assert slim in (wanted, body)
    if '"managedFields":[' not in str({**before, **after}):
        assert slim == wanted
