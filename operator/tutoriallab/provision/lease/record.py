"""What a node was before a lab changed it, and who has it: as values, and as the ConfigMaps that outlive a crash. Pure.

A record is written before its node is touched and deleted only when the node is back; it never changes in between.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from tutoriallab.lab.key import LabKey
from tutoriallab.lab.model import Manifest
from tutoriallab.provision.lease import marks

Json = dict[str, Any]
T = TypeVar("T")


class Was(Struct, frozen=True):
    """The part of a node that a lease may change and that is given back."""

    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    taints: list[Json] = []
    unschedulable: bool = False


class Record(Struct, frozen=True):
    """One leased node: its name and UID, the lab that has it and under which alias, and what it was."""

    node: str
    node_uid: str
    lab: LabKey
    alias: str
    was: Was


def what_is(node: Mapping[str, Any]) -> Was:
    """The part of a live node that a lease is about; our own mark is none of it."""
    metadata, spec = node["metadata"], node.get("spec") or {}
    annotations = dict(metadata.get("annotations") or {})
    annotations.pop(marks.LEASED_BY, None)
    return Was(
        labels=dict(metadata.get("labels") or {}),
        annotations=annotations,
        taints=list(spec.get("taints") or ()),
        unschedulable=bool(spec.get("unschedulable")),
    )


def record_of(node: Mapping[str, Any], lab: LabKey, alias: str) -> Record:
    """The record of a node that is about to be leased."""
    metadata = node["metadata"]
    return Record(metadata["name"], metadata["uid"], lab, alias, what_is(node))


def record_manifest(record: Record) -> Manifest:
    """The ConfigMap of a record. Immutable: nothing that happens later can change what the node was."""
    data = {
        "lab": str(record.lab),
        "node": record.node,
        "record": msgspec.json.encode(record).decode(),
    }
    return _config_map(marks.record_name(record.node), marks.NODE, data)


def holder_manifest(lab: LabKey) -> Manifest:
    """The ConfigMap that names the lab whose turn it is."""
    data = {"lab": str(lab), "key": msgspec.json.encode(lab).decode()}
    return _config_map(marks.HOLDER_NAME, marks.HOLDER, data)


def read_record(config_map: Mapping[str, Any]) -> Record | None:
    """The record in a ConfigMap; None when it cannot be read (somebody made it by hand)."""
    return _read(config_map, "record", Record)


def read_holder(config_map: Mapping[str, Any]) -> LabKey | None:
    """The lab that the holder's ConfigMap names; None when it cannot be read."""
    return _read(config_map, "key", LabKey)


def _read(config_map: Mapping[str, Any], field: str, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode((config_map.get("data") or {}).get(field, ""), type=kind)
    except msgspec.MsgspecError:
        return None


def _config_map(name: str, kind: str, data: Mapping[str, str]) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": name,
            "namespace": marks.SYSTEM,
            "labels": {marks.LEASE: kind, "app.kubernetes.io/part-of": "tutoriallab"},
        },
        "immutable": True,
        "data": dict(data),
    }
