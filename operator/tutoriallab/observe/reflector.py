"""Keeps one kind's shelf as the API server has it: list, watch, and begin again whatever happens.

Started and stopped by the observer as labs come and go. Events are delivered synchronously while the socket is
not read, so that nothing queues up, coalesces or is lost.
"""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from tutoriallab.kube.errors import (
    ApiError,
    Forbidden,
    Gone,
    NotFound,
    TooManyRequests,
    Unauthorized,
    error_from_status,
)
from tutoriallab.kube.resources import Resource, Resources
from tutoriallab.kube.session import Session
from tutoriallab.observe.adoption import Adoption
from tutoriallab.observe.backoff import Backoff
from tutoriallab.observe.decode import Unreadable, decode_event, object_of, without_managed_fields
from tutoriallab.observe.lines import LineSplitter
from tutoriallab.observe.listing import Lister
from tutoriallab.observe.mirror import Mirror
from tutoriallab.observe.observed import Bodies, Observed
from tutoriallab.observe.pace import Pace
from tutoriallab.observe.scope import Scope
from tutoriallab.observe.shelf import Change, Shelf

#: The types of watch events that carry no object.
_NO_OBJECT = frozenset({"BOOKMARK", "ERROR"})
#: Failures in a row after which the log says so: a fresh workspace's rights take some milliseconds.
_TELL_AFTER = 4
log = logging.getLogger(__name__)


class Sink(Protocol):
    """Who is told what reflectors see; called synchronously."""

    def applied(self, scope: Scope, changes: Sequence[Change]) -> None:
        """Objects have changed; the shelf already holds the state after all of the changes."""

    def readiness(self, scope: Scope) -> None:
        """What the reflector covers has changed."""

    def gap(self, scope: Scope, since: float, until: float) -> None:
        """Between these times (seconds since the epoch) events were not seen one by one."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What all reflectors of an observer share."""

    session: Session
    resources: Resources
    sink: Sink
    bodies: Bodies
    pace: Pace
    clock: Callable[[], float] = time.time
    restarts: Counter[str] = field(default_factory=Counter)
    """Watches that ended before their time, by kind."""


class Reflector:
    """Follows one scope. `kept` are the namespaces whose objects are kept, and may grow and shrink."""

    def __init__(self, scope: Scope, shelf: Shelf, kept: set[str], tools: Tools) -> None:
        self.scope = scope
        self.problem: str | None = None
        self._kind = shelf.kind
        self._tools = tools
        self._pace = tools.pace
        self._kept = {scope.namespace} if scope.namespace is not None else kept
        self._mirror = Mirror(shelf, scope.namespace)
        self._adoption = Adoption(self._mirror, self._kept, tools.pace, self._tell)
        self._lister: Lister | None = None
        self._stopped = False
        self._listed = False
        self._revision: str | None = None
        self._heard = 0.0
        self._backoff = Backoff(tools.pace.retry_first, tools.pace.retry_most)
        self._refused = Backoff(tools.pace.retry_first, tools.pace.refused_most)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Follow the API server from now on."""
        self._task = asyncio.create_task(self._run(), name=f"reflector of {self.scope}")

    def stop(self) -> list[asyncio.Task[None]]:
        """Stop following at once, and forget what was seen; the tasks that are still ending."""
        self._stopped = True
        self._mirror.clear()
        if self._task is not None:
            self._task.cancel()
        return [task for task in (self._task, self._adoption.stop()) if task is not None]

    def covers(self, namespace: str) -> bool:
        """Whether all objects of a kept namespace are known; empty for cluster-scoped objects."""
        if not self._listed:
            return False
        return not self._namespaced or namespace not in self._adoption.expected

    def adopt(self, namespace: str) -> None:
        """A namespace has come into `kept`: its objects that are already there are listed as well."""
        if self.scope.namespace is None and (self._lister is None or self._namespaced):
            self._adoption.expect(namespace)

    def release(self, namespace: str) -> None:
        """A namespace has gone from `kept`."""
        self._adoption.forget(namespace)

    @property
    def _namespaced(self) -> bool:
        return self._lister is None or self._lister.resource.namespaced

    async def _run(self) -> None:
        while True:
            began = time.monotonic()
            try:
                await self._follow()
                pause = self._pause_after(began, None)
            except ApiError as problem:
                pause = self._pause_after(began, problem)
            except Unreadable as problem:
                self._revision = None
                pause = self._troubled(problem)
            except Exception:  # the edge of the reflector's task: whoever was told has a fault; begin again
                log.exception("following %s failed; it starts over", self.scope)
                self._revision = None
                pause = self._backoff.next()
            await asyncio.sleep(pause)

    async def _follow(self) -> None:
        lister = await self._prepared()
        if self._revision is None:
            await self._list(lister)
        await self._watch(lister.resource)

    async def _prepared(self) -> Lister:
        if self._lister is None:
            tools = self._tools
            resource = await tools.resources.find(self.scope.api_version, self.scope.kind)
            self._lister = Lister(tools.session, resource, self.scope.reader, tools.bodies, tools.pace)
            if not resource.namespaced:
                self._kept = {""}
        return self._lister

    async def _list(self, lister: Lister) -> None:
        async with self._adoption.lists:
            covered = set(self._adoption.expected)
            listing = await lister.list(self.scope.namespace, self._kept)
            changes = self._mirror.replace(listing.objects)
            self._revision = listing.revision
            self._adoption.done(covered)
        now = self._tools.clock()
        if self._heard:
            self._tools.sink.gap(self.scope, self._heard, now)
        self._listed, self._heard = True, now
        self._well()
        self._tell(changes)
        self._adoption.begin(lister)

    async def _watch(self, resource: Resource) -> None:
        pace, lines = self._pace, LineSplitter()
        query = {
            "watch": True,
            "allowWatchBookmarks": True,
            "resourceVersion": self._revision,
            # Not all at once: a thousand watches that end in one second are a storm.
            "timeoutSeconds": random.randint(pace.watch_least, pace.watch_most),  # noqa: S311
        }
        async with self._tools.session.stream(
            resource.path(self.scope.namespace), query, impersonate=self.scope.reader, silence=pace.silence
        ) as chunks:
            self._well()
            async for chunk in chunks:
                await self._deliver(lines.feed(chunk))
                self._heard = self._tools.clock()

    async def _deliver(self, lines: list[bytes]) -> None:
        """Every event of some lines, one after the other; the position moves on after each."""
        kept, turn = self._kept, time.perf_counter() + self._pace.turn
        for line in lines:
            event = decode_event(line)
            metadata = event.object.metadata
            if event.type in _NO_OBJECT:
                self._no_object(event.type, line)
            elif metadata.namespace in kept:
                if self._stopped:
                    # Whoever was told of an event before this one has stopped us.
                    return
                raw = without_managed_fields(object_of(line))
                one = Observed(self._kind, metadata, raw, self._tools.bodies)
                change = self._mirror.take(one, deleted=event.type == "DELETED")
                if change is not None:
                    self._tools.sink.applied(self.scope, (change,))
                if time.perf_counter() > turn:
                    self._revision = metadata.resource_version
                    await asyncio.sleep(0)
                    turn = time.perf_counter() + self._pace.turn
            self._revision = metadata.resource_version

    def _no_object(self, kind: str, line: bytes) -> None:
        if kind == "ERROR":
            raise error_from_status(500, msgspec.json.decode(object_of(line)))

    def _tell(self, changes: Sequence[Change]) -> None:
        if changes:
            self._tools.sink.applied(self.scope, changes)
        self._tools.sink.readiness(self.scope)

    def _pause_after(self, began: float, problem: ApiError | None) -> float:
        """Seconds until the next try after a watch ended by itself (None) or by a problem."""
        if problem is not None:
            self._tools.restarts[self.scope.kind] += 1
        if isinstance(problem, Gone):
            self._revision = None
        if isinstance(problem, Forbidden | NotFound | Unauthorized):
            return self._denied(problem)
        if isinstance(problem, TooManyRequests):
            return max(problem.retry_after, self._backoff.next())
        if time.monotonic() - began >= self._pace.good_watch:
            self._backoff.reset()
            return 0.0
        return self._backoff.next() if problem is None else self._troubled(problem)

    def _denied(self, problem: ApiError) -> float:
        """The API server refuses: what was seen may not be true any more, so it does not count."""
        was_ready, self._listed, self._revision = self._listed, False, None
        if isinstance(problem, NotFound):
            self._lister = None
        pause = self._refused.next()
        self._say(problem, self._refused.failures)
        if was_ready:
            self._tools.sink.readiness(self.scope)
        return pause

    def _troubled(self, problem: ApiError | Unreadable) -> float:
        pause = self._backoff.next()
        self._say(problem, self._backoff.failures)
        return pause

    def _say(self, problem: ApiError | Unreadable, failures: int) -> None:
        self.problem = str(problem)
        if failures == _TELL_AFTER:
            log.log(self._level, "%s cannot be watched, trying on: %s", self.scope, problem)

    @property
    def _level(self) -> int:
        # A hundred workspaces need not tell the log what the kinds of the whole cluster tell it already.
        return logging.WARNING if self.scope.namespace is None else logging.DEBUG

    def _well(self) -> None:
        if self.problem is not None and max(self._backoff.failures, self._refused.failures) >= _TELL_AFTER:
            log.log(self._level, "%s can be watched again", self.scope)
        self.problem = None
        self._refused.reset()
