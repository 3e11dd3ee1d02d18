"""Keeps the record of every lab that has a workspace, while the page is served; made and fed by `__main__.py`.

It has an observer of its own, so that nothing of it stands between a change and its verdict. What has changed is
noted, and looked at a moment later and once: of a burst the page needs the outcome.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.observer import Observer, Options
from tutoriallab.observe.selection import Selection
from tutoriallab.observe.shelf import Change
from tutoriallab.status.seen import Seen, read
from tutoriallab.web.drawing import Drawing, Picture, watched
from tutoriallab.web.lab_view import LabView, lab_view
from tutoriallab.web.record import Bounds, Record

log = logging.getLogger(__name__)
#: Seconds for which what has changed is gathered before it is looked at: by then its verdict is made.
GATHER = 0.01
#: Of the event loop's time, which grading needs, it takes one part in so many at most.
SHARE = 10
#: What those wait for who ask for a lab that is gone: they need not.
_NOTHING = asyncio.Event()
_NOTHING.set()


@dataclass(slots=True)
class _Followed:
    """One lab: as it was last seen, and its record once its objects are known."""

    key: LabKey
    lab: Seen
    view: LabView
    drawing: Drawing
    watches: bool = False
    record: Record | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Recorder:
    """The records of all labs, by namespace and name."""

    def __init__(
        self,
        session: Session,
        resources: Resources,
        bounds: Bounds | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._bounds, self._clock = bounds, clock
        self._observer = Observer(session, resources, self, Options(applied=self._applied))
        self._labs: dict[str, _Followed] = {}
        self._by_workspace: dict[str, _Followed] = {}
        # Labs to be looked at, in this order, one at a time.
        self._due: dict[str, _Followed] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._free_at = 0.0
        self._nodes: dict[str, Picture] = {}

    # What comes in: labs from Kopf's watch, objects from the observer -----------------------------------------------

    def lab_changed(self, body: Mapping[str, Any]) -> None:
        """A TutorialLab was made or changed, its status, too."""
        metadata = body["metadata"]
        key = LabKey(metadata["namespace"], metadata["name"], metadata["uid"])
        known = self._labs.get(str(key))
        if known and known.key != key:
            self._forget(known)
            known = None
        lab = _read(body, known.lab if known else None)
        if known is None:
            known = self._labs[str(key)] = _Followed(
                key, lab, lab_view(lab), Drawing(self._observer.select, self._nodes)
            )
        elif lab != known.lab:
            known.lab, known.view = lab, lab_view(lab)
        self._watch(known)
        self._touch(known)

    def lab_gone(self, namespace: str, name: str, uid: str) -> None:
        """A TutorialLab is no more."""
        key = LabKey(namespace, name, uid)
        known = self._labs.get(str(key))
        if known and known.key == key:
            self._forget(known)

    def _applied(self, changes: Sequence[Change]) -> None:
        """These objects have changed, of whichever lab (from the observer, before it tells the labs)."""
        for change in changes:
            for known in self._concerned(change.namespace):
                if known.record is not None:
                    known.drawing.note(change)

    def _concerned(self, namespace: str) -> Collection[_Followed]:
        """The lab that works in this namespace; all of them by what stands in none."""
        if not namespace:
            return self._labs.values()
        known = self._by_workspace.get(namespace)
        return (known,) if known else ()

    def changed(self, lab: str, selections: Sequence[Selection]) -> None:  # noqa: ARG002
        """Objects of a lab have changed."""
        if lab in self._labs:
            self._touch(self._labs[lab])

    def synced(self, lab: str) -> None:
        """All objects of a lab are known."""
        if lab in self._labs:
            self._touch(self._labs[lab])

    async def close(self) -> None:
        """Forget everything."""
        if self._timer:
            self._timer.cancel()
        for known in list(self._labs.values()):
            self._forget(known)
        await self._observer.close()

    # What is asked for ----------------------------------------------------------------------------------------------

    def labs(self) -> Iterator[Seen]:
        """All labs as they were last seen, by name."""
        return (self._labs[name].lab for name in sorted(self._labs))

    def find(self, namespace: str, name: str) -> Seen | None:
        """One lab as it was last seen."""
        known = self._labs.get(f"{namespace}/{name}")
        return known.lab if known else None

    def record(self, namespace: str, name: str) -> Record | None:
        """A lab's record; None while its objects are not known, or when there is no such lab."""
        known = self._labs.get(f"{namespace}/{name}")
        return known.record if known else None

    def object(self, namespace: str, name: str, uid: str) -> Observed | None:
        """One of the objects that are drawn for a lab, whole."""
        known = self._labs.get(f"{namespace}/{name}")
        if known is None:
            return None
        drawn = (
            one for selection in watched(known.lab.workspace) for one in self._observer.select(selection)
        )
        return next((one for one in drawn if one.uid == uid), None)

    def news(self, namespace: str, name: str) -> asyncio.Event:
        """What is set as soon as a lab's record has more, or the lab is gone; ask for it before looking."""
        known = self._labs.get(f"{namespace}/{name}")
        return known.news if known else _NOTHING

    def wake(self) -> None:
        """Whoever waits for news looks again."""
        for known in self._labs.values():
            known.news.set()
            known.news = asyncio.Event()

    # How a record grows ----------------------------------------------------------------------------------------------

    def _watch(self, known: _Followed) -> None:
        """Its workspace is watched from when the operator has made it."""
        if known.watches or not known.lab.status.workspace_uid:
            return
        known.watches = True
        self._by_workspace[known.lab.workspace] = known
        self._observer.adopt(known.lab.workspace)
        self._observer.subscribe(str(known.key), watched(known.lab.workspace))

    def _touch(self, known: _Followed) -> None:
        self._due.setdefault(str(known.key), known)
        self._next_turn(GATHER)

    def _next_turn(self, least: float) -> None:
        if self._due and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time() + least, self._free_at), self._turn)

    def _turn(self) -> None:
        """Look at one lab, then leave the loop to others for several times as long."""
        self._timer = None
        name = next(iter(self._due), None)
        if name is None:
            return
        begun = time.perf_counter()
        try:
            self._note(self._due.pop(name))
        except Exception:  # the edge to the loop: a fault over one lab must not end the records of the others
            log.exception("the record of lab %s misses a change", name)
        took = time.perf_counter() - begun
        self._free_at = asyncio.get_running_loop().time() + (SHARE - 1) * took
        self._next_turn(0)

    def _note(self, known: _Followed) -> None:
        """One look at what of a lab has changed."""
        seen = known.watches and self._observer.synced(str(known.key))
        if known.watches and not seen and known.record is None:
            return
        now = round(self._clock() * 1000)
        put, gone = known.drawing.take(known.lab) if seen else ([], [])
        if known.record is None:
            known.record = Record(now, now, known.view, put, self._bounds)
        elif not known.record.note(now, known.view, put, gone):
            return
        known.news.set()
        known.news = asyncio.Event()

    def _forget(self, known: _Followed) -> None:
        if self._due.get(str(known.key)) is known:
            del self._due[str(known.key)]
        if known.watches:
            self._observer.unsubscribe(str(known.key))
            self._observer.release(known.lab.workspace)
            if self._by_workspace.get(known.lab.workspace) is known:
                del self._by_workspace[known.lab.workspace]
        if self._labs.get(str(known.key)) is known:
            del self._labs[str(known.key)]
        known.record = None
        known.news.set()


def _read(body: Mapping[str, Any], before: Seen | None) -> Seen:
    """The lab; of a status that was written the spec, much the larger part, is not read again."""
    if before is None or before.spec is None or before.generation != body["metadata"].get("generation"):
        return read(body)
    return replace(read({**body, "spec": None}), spec=before.spec)
