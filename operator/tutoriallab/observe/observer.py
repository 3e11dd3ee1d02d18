"""The engine's eyes: which live objects labs select, as they are now, and whom to tell when they change.

Made once by the engine. All calls are synchronous and happen on the event loop's thread; a listener is called
from within the delivery of an event and sees the state right after it.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from tutoriallab.observe.index import Index
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.pace import Pace
from tutoriallab.observe.reflector import Reflector, Tools
from tutoriallab.observe.scope import PER_WORKSPACE, Scope
from tutoriallab.observe.selection import Kind, Selection, matches
from tutoriallab.observe.shelf import Change, Shelves
from tutoriallab.words import phases
from tutoriallab.words.sentence import Sentence

log = logging.getLogger(__name__)


class Listener(Protocol):
    """Who grades."""

    def changed(self, lab: str, selections: Sequence[Selection]) -> None:
        """An object that these selections of the lab contain, or contained, is new, different or gone.

        Called for every single event, once per lab, and only while the lab is synced.
        """

    def synced(self, lab: str) -> None:
        """All that the lab selects is known now, and was not before."""


@dataclass(frozen=True, slots=True)
class Options:
    """What an engine may set besides the defaults.

    `per_workspace` are the kinds that are read in each workspace alone, by impersonation. `gap` is called when a
    scope was listed anew after a watch had been lost for too long: between the two times (seconds since the
    epoch) events were not seen one by one. `applied` is told of each change of what is kept, of any kind and before
    the listener.
    """

    pace: Pace = field(default_factory=Pace)
    per_workspace: frozenset[Kind] = PER_WORKSPACE
    gap: Callable[[Scope, float, float], None] | None = None
    applied: Callable[[Sequence[Change]], None] | None = None
    clock: Callable[[], float] = time.time


@dataclass(slots=True)
class _Watched:
    """A lab's selections and the parts of the cluster that they need."""

    selections: tuple[Selection, ...]
    needs: frozenset[tuple[Scope, str]]
    synced: bool = False


class Observer:
    """Objects in adopted namespaces, and cluster-scoped objects, of the kinds that labs have subscribed to."""

    def __init__(
        self, session: Session, resources: Resources, listener: Listener, options: Options | None = None
    ) -> None:
        self._options = options or Options()
        self._listener = listener
        self._kept: set[str] = set()
        self._shelves = Shelves()
        self._index = Index()
        self._labs: dict[str, _Watched] = {}
        self._unsynced: set[str] = set()
        # Labs that subscribed before a namespace that they need was adopted.
        self._early: dict[str, set[str]] = {}
        self._reflectors: dict[Scope, Reflector] = {}
        self._users: dict[Scope, set[str]] = {}
        self._lingering: dict[Scope, asyncio.TimerHandle] = {}
        self._ending: set[asyncio.Task[None]] = set()
        pace, clock = self._options.pace, self._options.clock
        self._tools = Tools(session, resources, self, Bodies(), pace, clock)

    @property
    def restarts(self) -> Mapping[str, int]:
        """Watches that ended before their time, by kind."""
        return self._tools.restarts

    def adopt(self, namespace: str) -> None:
        """From now on, keep the objects in this namespace."""
        if namespace in self._kept:
            return
        self._kept.add(namespace)
        for reflector in self._reflectors.values():
            reflector.adopt(namespace)
        early = self._early.pop(namespace, None)
        if early:
            asyncio.get_running_loop().call_soon(self._recheck, early)

    def release(self, namespace: str) -> None:
        """Forget this namespace and what is in it; nobody is told."""
        self._kept.discard(namespace)
        for scope, reflector in list(self._reflectors.items()):
            reflector.release(namespace)
            if scope.namespace == namespace:
                self._stop(scope)
        self._shelves.drop(namespace)

    def subscribe(self, lab: str, selections: Sequence[Selection]) -> None:
        """Watch what a lab selects, in place of what it selected before.

        Ask `synced` afterwards: the listener is told only if it is not so yet.
        """
        before = self._labs.get(lab)
        watched = self._labs[lab] = _Watched(tuple(selections), self._needs(selections))
        for scope, _ in watched.needs:
            self._use(scope, lab)
        if before is not None:
            self._index.remove(lab, before.selections)
            self._leave(lab, {scope for scope, _ in before.needs} - {scope for scope, _ in watched.needs})
        self._index.add(lab, watched.selections)
        self._unsynced.add(lab)
        for _, namespace in watched.needs:
            if namespace and namespace not in self._kept:
                self._early.setdefault(namespace, set()).add(lab)
        self._settle(lab)

    def unsubscribe(self, lab: str) -> None:
        """Forget a lab."""
        watched = self._labs.pop(lab, None)
        if watched is not None:
            self._unsynced.discard(lab)
            self._index.remove(lab, watched.selections)
            self._leave(lab, {scope for scope, _ in watched.needs})

    def synced(self, lab: str) -> bool:
        """Whether all that the lab selects is known. It stays so while a connection is being made again."""
        watched = self._labs.get(lab)
        return watched is not None and watched.synced

    def waiting_for(self, lab: str) -> list[Sentence]:
        """Why the lab is not synced, one sentence for each kind; empty when it is."""
        watched = self._labs.get(lab)
        needs = watched.needs if watched is not None and not watched.synced else ()
        missing = {self._missing(*need) for need in needs if not self._covered(*need)}
        return sorted(missing, key=str)

    def select(self, selection: Selection) -> list[Observed]:
        """The objects that a selection contains now, sorted by name."""
        shelf = self._shelves.of((selection.api_version, selection.kind))
        namespace = selection.namespace or ""
        if selection.name is not None:
            named = shelf.get(namespace, selection.name)
            candidates = [] if named is None else [named]
        else:
            candidates = sorted(shelf.in_namespace(namespace), key=lambda one: one.name)
        return [one for one in candidates if matches(selection, one, self._shelves.find)]

    async def close(self) -> None:
        """Stop all reflectors."""
        for timer in self._lingering.values():
            timer.cancel()
        for scope in list(self._reflectors):
            self._stop(scope)
        await asyncio.gather(*self._ending, return_exceptions=True)

    # What reflectors say ---------------------------------------------------------------------------------

    def applied(self, scope: Scope, changes: Sequence[Change]) -> None:
        """Tell the labs that these changes touch."""
        if self._options.applied is not None:
            self._tell(partial(self._options.applied, changes))
        kind = (scope.api_version, scope.kind)
        for lab, selections in self._index.touched(kind, changes, self._shelves.find).items():
            if self.synced(lab):
                self._tell(partial(self._listener.changed, lab, selections))

    def readiness(self, scope: Scope) -> None:
        """Tell the labs that were waiting for this; note those that must wait again."""
        reflector = self._reflectors.get(scope)
        if reflector is not None and not reflector.covers(""):
            self._unsynced |= self._users.get(scope, set())
        self._recheck(self._users.get(scope, set()))

    def gap(self, scope: Scope, since: float, until: float) -> None:
        """Say that events were not seen one by one."""
        log.debug("%s was listed again: changes of the last %.1f s were seen at once", scope, until - since)
        if self._options.gap is not None:
            self._tell(partial(self._options.gap, scope, since, until))

    # Which reflectors run --------------------------------------------------------------------------------

    def _needs(self, selections: Sequence[Selection]) -> frozenset[tuple[Scope, str]]:
        return frozenset(
            (self._scope(kind, one.namespace), one.namespace or "")
            for one in selections
            for kind in one.kinds()
        )

    def _scope(self, kind: Kind, namespace: str | None) -> Scope:
        return Scope(*kind, namespace if kind in self._options.per_workspace else None)

    def _use(self, scope: Scope, lab: str) -> None:
        self._users.setdefault(scope, set()).add(lab)
        timer = self._lingering.pop(scope, None)
        if timer is not None:
            timer.cancel()
        if scope not in self._reflectors:
            shelf = self._shelves.of((scope.api_version, scope.kind))
            reflector = self._reflectors[scope] = Reflector(scope, shelf, self._kept, self._tools)
            reflector.start()

    def _leave(self, lab: str, scopes: set[Scope]) -> None:
        for scope in scopes:
            users = self._users.get(scope, set())
            users.discard(lab)
            if not users and scope in self._reflectors and scope not in self._lingering:
                loop = asyncio.get_running_loop()
                self._lingering[scope] = loop.call_later(self._options.pace.linger, self._stop, scope)

    def _stop(self, scope: Scope) -> None:
        timer = self._lingering.pop(scope, None)
        if timer is not None:
            timer.cancel()
        reflector = self._reflectors.pop(scope, None)
        for task in reflector.stop() if reflector is not None else ():
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    def _covered(self, scope: Scope, namespace: str) -> bool:
        reflector = self._reflectors.get(scope)
        return (
            reflector is not None
            and (not namespace or namespace in self._kept)
            and reflector.covers(namespace)
        )

    def _missing(self, scope: Scope, namespace: str) -> Sentence:
        reflector, what = self._reflectors.get(scope), scope.called
        if namespace and namespace not in self._kept:
            return phases.NOT_PREPARED(what=what, namespace=namespace)
        if reflector is None or reflector.problem is None:
            return phases.LISTING(what=what)
        return phases.TROUBLE(what=what, problem=reflector.problem)

    def _settle(self, lab: str) -> bool:
        """Note whether a lab is synced."""
        watched = self._labs[lab]
        watched.synced = all(self._covered(*need) for need in watched.needs)
        if watched.synced:
            self._unsynced.discard(lab)
        return watched.synced

    def _recheck(self, labs: set[str]) -> None:
        for lab in labs & self._unsynced:
            # Whoever is told may unsubscribe others.
            if lab in self._unsynced and self._settle(lab):
                self._tell(partial(self._listener.synced, lab))

    def _tell(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception:  # the edge to the engine: one lab's fault must not keep the others from being told
            log.exception("the engine failed over a change")
