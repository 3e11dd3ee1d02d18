"""Namespaces that became workspaces while a watch was already running: what is in them is listed late.

Part of a reflector, kept apart because a list here runs beside the watch; `mirror.py` merges the two.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from tutoriallab.kube.errors import ApiError
from tutoriallab.observe.backoff import Backoff
from tutoriallab.observe.decode import Unreadable
from tutoriallab.observe.listing import Lister, Listing
from tutoriallab.observe.mirror import Mirror
from tutoriallab.observe.observed import Observed, revision
from tutoriallab.observe.pace import Pace
from tutoriallab.observe.shelf import Change

log = logging.getLogger(__name__)


class Adoption:
    """Lists late namespaces; `expected` are those that are not listed yet, `lists` is held while listing."""

    def __init__(
        self, mirror: Mirror, kept: set[str], pace: Pace, tell: Callable[[Sequence[Change]], None]
    ) -> None:
        self.expected: dict[str, object] = {}
        self.lists = asyncio.Lock()
        self._mirror = mirror
        self._kept = kept
        self._pace = pace
        self._tell = tell
        self._lister: Lister | None = None
        self._task: asyncio.Task[None] | None = None

    def expect(self, namespace: str) -> None:
        """A namespace is to be listed: at once if a watch runs, else with the first list."""
        # A new token each time: a list that began before a release and a new adoption does not count.
        self.expected[namespace] = object()
        self._mirror.expect(namespace)
        if self._lister is not None:
            self.begin(self._lister)

    def done(self, namespaces: Iterable[str]) -> None:
        """These were listed with everything else."""
        for namespace in namespaces:
            self.forget(namespace)

    def forget(self, namespace: str) -> None:
        """A namespace needs no list any more."""
        self.expected.pop(namespace, None)
        self._mirror.forget(namespace)

    def begin(self, lister: Lister) -> None:
        """A watch is about to run: from now on, late namespaces are listed beside it."""
        self._lister = lister
        if self.expected and self._task is None:
            self._task = asyncio.create_task(
                self._run(lister), name=f"late lists of {lister.resource.plural}"
            )

    def stop(self) -> asyncio.Task[None] | None:
        """List no more; the task that ends, if any."""
        if self._task is not None:
            self._task.cancel()
        return self._task

    async def _run(self, lister: Lister) -> None:
        backoff = Backoff(self._pace.retry_first, self._pace.retry_most)
        try:
            while self.expected:
                try:
                    async with self.lists:
                        changes = await self._catch_up(lister)
                except (ApiError, Unreadable) as problem:
                    log.debug("late list of %s: %s", lister.resource.plural, problem)
                    await asyncio.sleep(backoff.next())
                else:
                    backoff.reset()
                    self._tell(changes)
        except Exception:  # the edge of a task: whoever was told has a fault; the lists themselves are done
            log.exception("late lists of %s failed", lister.resource.plural)
        finally:
            self._task = None

    async def _catch_up(self, lister: Lister) -> list[Change]:
        late = dict(self.expected)
        if len(late) > self._pace.few_workspaces:
            return self._merge(late, await lister.list(None, late.keys()))
        lists = await asyncio.gather(*(lister.list(namespace, {namespace}) for namespace in late))
        merged = zip(late, lists, strict=True)
        return [
            change
            for namespace, listing in merged
            for change in self._merge({namespace: late[namespace]}, listing)
        ]

    def _merge(self, late: dict[str, object], listing: Listing) -> list[Change]:
        by_namespace: dict[str, list[Observed]] = {}
        for one in listing.objects:
            by_namespace.setdefault(one.namespace, []).append(one)
        changes: list[Change] = []
        for namespace, token in late.items():
            # It may have been released in the meantime.
            if namespace in self._kept and self.expected.get(namespace) is token:
                del self.expected[namespace]
                found = by_namespace.get(namespace, [])
                changes += self._mirror.merge(namespace, found, revision(listing.revision))
        return changes
