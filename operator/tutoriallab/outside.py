"""Which lab has which names outside its workspace, and that they were free when it began; owned by `reconcile.py`.

A name belongs to one lab at a time: what appears under it is that lab's, and goes with it. That it was seen absent
stands in the lab's status before a step opens, so that an operator which was killed knows what it may remove.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from tutoriallab.kube.errors import NotFound
from tutoriallab.kube.objects import get
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE
from tutoriallab.lab.model import OutsideRef
from tutoriallab.lab.moment import rfc3339
from tutoriallab.lab.state import OutsideObject
from tutoriallab.lab.texts import fill
from tutoriallab.observe.observer import Observer
from tutoriallab.provision import outside, reasons
from tutoriallab.provision.remove import Waiting
from tutoriallab.run import LabRun
from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence

#: Seconds between looks at an object that stands in the way.
LOOKS_AGAIN_AFTER = 3.0
Claim = tuple[str, str]
"""A kind and a name."""


@dataclass(frozen=True)
class Refused:
    """Why the lab is Blocked for now."""

    reason: str
    message: Sentence


class Outside:
    """The claims of all labs; `recall` tells of those that stand in statuses."""

    def __init__(
        self,
        session: Session,
        observer: Observer,
        runs: Mapping[str, LabRun],
        kick: Callable[[LabRun], None],
    ) -> None:
        self._session = session
        self._observer = observer
        self._runs = runs
        self._kick = kick
        self._holders: dict[Claim, str] = {}
        self._waiting: set[str] = set()

    def recall(self, lab: str, claimed: Sequence[OutsideObject]) -> None:
        """What a lab's status says that it has."""
        for one in claimed:
            self._holders.setdefault((one.kind, one.name), lab)

    async def claim(self, run: LabRun) -> Refused | None:
        """The names are this lab's, and were free; or why not. `run.status.outside` says so afterwards.

        Raises ApiError. Without I/O once all is seen.
        """
        await self._forget_the_dead(run)
        refused = self._taken(run)
        if refused is None:
            self._take(run)
            refused = await self._see(run)
        if refused:
            self._waiting.add(run.id)
            return refused
        self._waiting.discard(run.id)
        for one in run.status.outside:
            if one.kind == "Namespace":
                self._observer.adopt(one.name)
        return None

    async def remove(self, run: LabRun) -> Waiting | None:
        """Remove what has appeared under the lab's names; None when nothing is left. Raises ApiError."""
        first: Waiting | None = None
        for one in run.status.outside:
            if one.absent_since:
                first = await outside.remove(self._session, one, run.key.uid) or first
        if first is None:
            self._forget(run)
        return first

    def gone(self, run: LabRun) -> None:
        """The lab is no more: others may have its names."""
        self._forget(run)
        self._holders = {claim: lab for claim, lab in self._holders.items() if lab != run.id}
        self._waiting.discard(run.id)
        for lab in list(self._waiting):
            waiting = self._runs.get(lab)
            if waiting:
                self._kick(waiting)

    def _forget(self, run: LabRun) -> None:
        for one in run.status.outside:
            if one.kind == "Namespace" and self._holders.get((one.kind, one.name)) == run.id:
                self._observer.release(one.name)

    async def _forget_the_dead(self, run: LabRun) -> None:
        """A lab that was told of at the start, and went before it was looked at, holds no name."""
        for one in wanted(run.spec.outside, run.workspace):
            holder = self._holders.get((one.kind, one.name), run.id)
            if holder != run.id and holder not in self._runs:
                namespace, name = holder.split("/")
                try:
                    await get(self._session, RESOURCE, name, namespace)
                except NotFound:
                    self._holders = {claim: lab for claim, lab in self._holders.items() if lab != holder}

    def _taken(self, run: LabRun) -> Refused | None:
        holder = self._holders.get(("Namespace", run.workspace), run.id)
        if holder != run.id and not run.status.provisioned:
            told = words.OUTSIDE_IS_WORKSPACE(lab=holder, namespace=run.workspace)
            return Refused(reasons.OUTSIDE_CLAIMED, told)
        for one in wanted(run.spec.outside, run.workspace):
            holder = self._holders.get((one.kind, one.name), run.id)
            if holder != run.id:
                told = words.OUTSIDE_CLAIMED(object=f"{one.kind} {one.name}", lab=holder)
                return Refused(reasons.OUTSIDE_CLAIMED, told)
            if one.kind == "Namespace" and self._is_workspace(one.name):
                return Refused(reasons.OUTSIDE_CLAIMED, words.WORKSPACE_OF_ANOTHER(namespace=one.name))
        return None

    def _is_workspace(self, name: str) -> bool:
        return any(run.status.workspace == name for run in self._runs.values())

    def _take(self, run: LabRun) -> None:
        """Nothing is awaited between the question whether the names are free and this.

        A name that the lab asks for no more stays its own if something of the lab's may stand there.
        """
        asked = {(one.kind, one.name): one for one in wanted(run.spec.outside, run.workspace)}
        had = {(one.kind, one.name): one for one in run.status.outside}
        for claim in [claim for claim, one in had.items() if not one.absent_since and claim not in asked]:
            del had[claim]
            self._holders.pop(claim, None)
        claimed = [*had.values(), *(one for claim, one in asked.items() if claim not in had)]
        if claimed != run.status.outside:
            run.record(outside=claimed)
        self.recall(run.id, claimed)

    async def _see(self, run: LabRun) -> Refused | None:
        """Note which names are free."""
        for one in run.status.outside:
            if one.absent_since:
                continue
            if await outside.is_there(self._session, one):
                command = f"kubectl delete {one.kind.lower()} {one.name}"
                told = words.OUTSIDE_EXISTS(object=f"{one.kind} {one.name}", command=command)
                return Refused(reasons.OUTSIDE_EXISTS, told)
            seen = replace(one, absent_since=rfc3339(time.time()))
            run.record(outside=[seen if other is one else other for other in run.status.outside])
        return None


def wanted(refs: Sequence[OutsideRef], workspace: str) -> list[OutsideObject]:
    """The objects that a lab names, with ${workspace} replaced; not seen absent yet."""
    names = {"workspace": workspace}
    return [
        OutsideObject(api_version=one.api_version, kind=one.kind, name=fill(one.name, names)) for one in refs
    ]


def to_be_seen_again(claimed: Sequence[OutsideObject]) -> list[OutsideObject]:
    """The names stay the lab's over a reset; that they are free has to be seen again."""
    return [replace(one, absent_since="") for one in claimed]
