"""Keeps a shelf in step with the API server: watch events, whole lists, and late lists of single namespaces.

Pure; called by the reflectors. A late list and the watch run side by side, so either may be ahead of the other
for an object: the higher resourceVersion wins, and what was deleted in between does not come back.
"""

from collections.abc import Iterable

from tutoriallab.observe.observed import Observed
from tutoriallab.observe.shelf import Change, Shelf


class Mirror:
    """What one reflector writes to the shelf of its kind; `namespace` when it watches that one alone."""

    def __init__(self, shelf: Shelf, namespace: str | None = None) -> None:
        self._shelf = shelf
        self._namespace = namespace
        self._floors: dict[str, int] = {}
        self._deleted: dict[str, set[str]] = {}

    def take(self, one: Observed, *, deleted: bool) -> Change | None:
        """A watch event; None when it is older than what is known."""
        if self._floors and one.revision <= self._floors.get(one.namespace, -1):
            return None
        if deleted:
            if one.namespace in self._deleted:
                self._deleted[one.namespace].add(one.uid)
            return self._shelf.take(one.namespace, one.name)
        before = self._shelf.get(one.namespace, one.name)
        if before is not None and before.uid == one.uid and before.revision >= one.revision > 0:
            return None
        return self._shelf.put(one)

    def replace(self, objects: Iterable[Observed]) -> list[Change]:
        """A whole list, while no watch runs: what differs from before."""
        now = {(one.namespace, one.name): one for one in objects}
        gone = [one for one in self._mine() if (one.namespace, one.name) not in now]
        changes = [self._shelf.take(one.namespace, one.name) for one in gone]
        changes += [self._put_if_new(one) for one in now.values()]
        self._floors.clear()
        return [change for change in changes if change is not None]

    def expect(self, namespace: str) -> None:
        """A namespace is about to be listed late: from now on remember what is deleted there."""
        self._deleted.setdefault(namespace, set())

    def merge(self, namespace: str, objects: Iterable[Observed], revision: int) -> list[Change]:
        """A late list of an expected namespace, as it was at `revision`: what differs from before."""
        deleted = self._deleted.pop(namespace, set())
        now = {one.name: one for one in objects}
        there = list(self._shelf.in_namespace(namespace))
        gone = [one for one in there if one.name not in now and one.revision <= revision]
        changes = [self._shelf.take(namespace, one.name) for one in gone]
        for one in now.values():
            before = self._shelf.get(namespace, one.name)
            if one.uid not in deleted and (before is None or before.revision < one.revision):
                changes.append(self._shelf.put(one))
        self._floors[namespace] = revision
        return [change for change in changes if change is not None]

    def forget(self, namespace: str) -> None:
        """The namespace is of no interest any more."""
        self._floors.pop(namespace, None)
        self._deleted.pop(namespace, None)

    def clear(self) -> None:
        """The reflector has stopped: its objects are not to be seen any more."""
        for one in list(self._mine()):
            self._shelf.take(one.namespace, one.name)

    def _mine(self) -> Iterable[Observed]:
        return self._shelf if self._namespace is None else self._shelf.in_namespace(self._namespace)

    def _put_if_new(self, one: Observed) -> Change | None:
        before = self._shelf.get(one.namespace, one.name)
        same = before is not None and before.uid == one.uid and before.revision == one.revision
        return None if same else self._shelf.put(one)
