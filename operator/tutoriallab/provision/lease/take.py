"""Leases nodes for a lab; called by `leases.py`, again and again until it says which.

Every call begins with what stands in the ledger, so that it goes on where a former one was cut off: the turn first,
then for each node its record, then its patch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutoriallab.kube.errors import Conflict, NotFound
from tutoriallab.kube.objects import get, list_objects, patch
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.model import NodeRequest
from tutoriallab.provision.kinds import NODE
from tutoriallab.provision.lease import marks
from tutoriallab.provision.lease.change import leasing
from tutoriallab.provision.lease.choose import NotEnough, choose
from tutoriallab.provision.lease.give_back import give_back
from tutoriallab.provision.lease.ledger import Entry, Ledger, read_ledger, strike, take_turn, write_record
from tutoriallab.provision.lease.record import record_of

#: How often a node that others change at the same moment is looked at anew.
ROUNDS = 6


@dataclass(frozen=True)
class Held:
    """It is another lab's turn; None when it could not be read whose."""

    holder: LabKey | None


@dataclass(frozen=True)
class Leased:
    """The nodes are the lab's, with their labels and taints: alias → name."""

    nodes: Mapping[str, str]


async def leasable_nodes(session: Session) -> list[dict[str, Any]]:
    """All nodes that are opted in, suitable or not; raises ApiError."""
    query = {"labelSelector": f"{marks.LEASABLE}=true"}
    return [node async for node in list_objects(session, NODE, query=query)]


async def room(session: Session, requests: Sequence[NodeRequest]) -> NotEnough | None:
    """Why the lab could not get its nodes even if nobody had any; None when it could. Changes nothing."""
    found = choose(_aliases(requests), await leasable_nodes(session), frozenset(), len(requests))
    return found if isinstance(found, NotEnough) else None


async def take(
    session: Session, lab: LabKey, requests: Sequence[NodeRequest], done: Mapping[str, str]
) -> Leased | Held | NotEnough:
    """The lab's nodes; raises ApiError. Nodes under aliases that are wanted no more are given back.

    `done` are the aliases and nodes that the lab's status tells already: a learner may have changed them since.
    """
    for _ in range(ROUNDS):
        ledger = await read_ledger(session)
        if ledger.holder_metadata is None:
            if not await take_turn(session, lab):
                continue
        elif ledger.holder is None or ledger.holder.uid != lab.uid:
            return Held(ledger.holder)
        found = await _take(session, lab, requests, done, ledger)
        if found:
            return found
    raise Conflict(409, "Conflict", "The nodes change all the time: the lab tries again")


async def _take(
    session: Session,
    lab: LabKey,
    requests: Sequence[NodeRequest],
    done: Mapping[str, str],
    ledger: Ledger,
) -> Leased | NotEnough | None:
    """None when somebody else changed a node in between: to be begun anew."""
    nodes = {node["metadata"]["name"]: node for node in await leasable_nodes(session)}
    mine = ledger.of(lab.uid)
    for alias in mine.keys() - set(_aliases(requests)):
        await give_back(session, mine.pop(alias))
    for alias in [alias for alias, entry in mine.items() if not await _there(session, entry, nodes)]:
        await strike(session, mine.pop(alias))
    missing = [alias for alias in _aliases(requests) if alias not in mine]
    chosen = choose(missing, list(nodes.values()), ledger.nodes(), len(requests))
    if isinstance(chosen, NotEnough):
        return chosen
    names = {alias: entry.record.node for alias, entry in mine.items()}
    names |= {alias: node["metadata"]["name"] for alias, node in chosen.items()}
    for request in requests:
        if request.name in chosen:
            changed = await _first(session, lab, request, chosen[request.name])
        elif done.get(request.name) == names[request.name]:
            continue
        else:
            changed = await _again(session, lab, request, mine[request.name])
        if not changed:
            return None
    return Leased({alias: names[alias] for alias in _aliases(requests)})


async def _first(session: Session, lab: LabKey, request: NodeRequest, node: Mapping[str, Any]) -> bool:
    """Record, then patch. When the node has changed since it was looked at, the record would lie: it is struck."""
    entry = await write_record(session, record_of(node, lab, request.name))
    if entry is None:
        return False
    try:
        await patch(session, NODE, node["metadata"], leasing(node, request, lab))
    except (Conflict, NotFound):
        await strike(session, entry)
        return False
    return True


async def _again(session: Session, lab: LabKey, request: NodeRequest, entry: Entry) -> bool:
    """A node that has a record: whether it was patched before we were cut off is not known, so patch it."""
    try:
        node = await get(session, NODE, entry.record.node)
        await patch(session, NODE, node["metadata"], leasing(node, request, lab))
    except (Conflict, NotFound):
        return False
    return True


async def _there(session: Session, entry: Entry, nodes: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the node of a record is still the one that was recorded."""
    node = nodes.get(entry.record.node)
    if node is None:
        # It may have lost the label that we list by.
        try:
            node = await get(session, NODE, entry.record.node)
        except NotFound:
            return False
    return bool(node["metadata"]["uid"] == entry.record.node_uid)


def _aliases(requests: Sequence[NodeRequest]) -> list[str]:
    return [one.name for one in requests]
