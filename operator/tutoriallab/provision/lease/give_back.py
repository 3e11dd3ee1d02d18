"""Makes leased nodes again what they were, then forgets that they were leased; called by `leases.py` and `take.py`."""

from tutoriallab.kube.errors import Conflict, NotFound
from tutoriallab.kube.objects import get, patch
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE
from tutoriallab.lab.key import LabKey
from tutoriallab.provision.kinds import NODE
from tutoriallab.provision.lease.change import giving_back
from tutoriallab.provision.lease.ledger import Entry, end_turn, read_ledger, strike
from tutoriallab.provision.lease.record import Record

#: How often a node that others change at the same moment is looked at anew.
ROUNDS = 6


async def end_lease(session: Session, lab_uid: str, *, keep_turn: bool = False) -> None:
    """Give back all nodes of a lab, then end its turn unless it is kept; raises ApiError.

    Doing it again, or for a lab that has nothing, changes nothing.
    """
    ledger = await read_ledger(session)
    for entry in ledger.of(lab_uid).values():
        await give_back(session, entry)
    if not keep_turn and ledger.holder and ledger.holder.uid == lab_uid:
        await end_turn(session, ledger)


async def reclaim(session: Session) -> dict[str, LabKey]:
    """End the leases of labs that are no more; the labs that have a lease, by UID. Raises ApiError."""
    ledger = await read_ledger(session)
    if ledger.holder_metadata and ledger.holder is None:
        # Not a word that we wrote; nobody can ever end this turn.
        await end_turn(session, ledger)
    living = {}
    for uid, lab in ledger.labs().items():
        if await _exists(session, lab):
            living[uid] = lab
        else:
            await end_lease(session, uid)
    return living


async def give_back(session: Session, entry: Entry) -> None:
    """The node becomes what it was, and its record goes. A node that is gone, or another by now, is left alone."""
    await _restore(session, entry.record)
    await strike(session, entry)


async def _restore(session: Session, record: Record) -> None:
    conflict: Conflict | None = None
    for _ in range(ROUNDS):
        try:
            node = await get(session, NODE, record.node)
            change = giving_back(node, record.was) if node["metadata"]["uid"] == record.node_uid else None
            if change:
                await patch(session, NODE, node["metadata"], change)
        except NotFound:
            return
        except Conflict as faster:
            conflict = faster
            continue
        return
    if conflict:
        raise conflict


async def _exists(session: Session, lab: LabKey) -> bool:
    try:
        found = await get(session, RESOURCE, lab.name, lab.namespace)
    except NotFound:
        return False
    return bool(found["metadata"]["uid"] == lab.uid)
