"""The ConfigMaps of leases in the operator's namespace: whose turn it is, and what each leased node was.

Called by `take.py` and `give_back.py`. Creating is what decides between two operators; deleting takes the UID.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tutoriallab.kube.errors import AlreadyExists
from tutoriallab.kube.objects import create, delete, list_objects
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.provision.kinds import CONFIG_MAP
from tutoriallab.provision.lease import marks
from tutoriallab.provision.lease.record import (
    Record,
    holder_manifest,
    read_holder,
    read_record,
    record_manifest,
)


@dataclass(frozen=True)
class Entry:
    """A record as it stands in the cluster; `metadata` is its ConfigMap's."""

    record: Record
    metadata: Mapping[str, Any]


@dataclass
class Ledger:
    """All leases of the cluster: the lab whose turn it is, and the records; `spoiled` nodes have one that lies."""

    holder: LabKey | None = None
    holder_metadata: Mapping[str, Any] | None = None
    entries: list[Entry] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)

    def of(self, lab_uid: str) -> dict[str, Entry]:
        """The entries of one lab, by alias."""
        return {one.record.alias: one for one in self.entries if one.record.lab.uid == lab_uid}

    def labs(self) -> dict[str, LabKey]:
        """Every lab that the ledger names, by UID."""
        named = [one.record.lab for one in self.entries] + ([self.holder] if self.holder else [])
        return {lab.uid: lab for lab in named}

    def nodes(self) -> set[str]:
        """The names of all nodes that have a record."""
        return {one.record.node for one in self.entries} | self.spoiled


async def read_ledger(session: Session) -> Ledger:
    """The leases as they are now; raises ApiError. A node with a record that nobody can read is left alone."""
    ledger = Ledger()
    async for one in list_objects(session, CONFIG_MAP, marks.SYSTEM, query={"labelSelector": marks.LEASE}):
        if one["metadata"]["name"] == marks.HOLDER_NAME:
            ledger.holder, ledger.holder_metadata = read_holder(one), one["metadata"]
        elif record := read_record(one):
            ledger.entries.append(Entry(record, one["metadata"]))
        else:
            ledger.spoiled.add(one["metadata"]["name"].removeprefix(marks.RECORD_PREFIX))
    return ledger


async def take_turn(session: Session, lab: LabKey) -> bool:
    """Write down that it is this lab's turn; False when another was faster. Raises ApiError."""
    return await _create(session, holder_manifest(lab)) is not None


async def end_turn(session: Session, ledger: Ledger) -> None:
    """The holder's turn is over; raises ApiError (Conflict when the holder is another by now)."""
    if ledger.holder_metadata:
        await _delete(session, ledger.holder_metadata)


async def write_record(session: Session, record: Record) -> Entry | None:
    """Write down what a node is, before it is changed; None when somebody has. Raises ApiError."""
    made = await _create(session, record_manifest(record))
    return Entry(record, made["metadata"]) if made else None


async def strike(session: Session, entry: Entry) -> None:
    """The node is what it was: its record goes. Raises ApiError."""
    await _delete(session, entry.metadata)


async def _create(session: Session, manifest: Mapping[str, Any]) -> dict[str, Any] | None:
    try:
        return await create(session, CONFIG_MAP, manifest)
    except AlreadyExists:
        return None


async def _delete(session: Session, metadata: Mapping[str, Any]) -> None:
    await delete(session, CONFIG_MAP, metadata, uid=metadata["uid"])
