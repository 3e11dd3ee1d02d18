"""The objects of one kind as they are now, by namespace and name; filled by reflectors."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Kind, group

_EMPTY: dict[str, Observed] = {}


class Change(NamedTuple):
    """What became of one object: `before` is None when it was not there, `after` when it is gone."""

    before: Observed | None
    after: Observed | None

    @property
    def namespace(self) -> str:
        """The namespace in which it happened; empty for a cluster-scoped object."""
        one = self.after or self.before
        return one.namespace if one else ""


class Shelf:
    """The objects of one kind. Cluster-scoped objects stand under the empty namespace."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._objects: dict[str, dict[str, Observed]] = {}

    def get(self, namespace: str, name: str) -> Observed | None:
        """The object, or None."""
        return self._objects.get(namespace, _EMPTY).get(name)

    def in_namespace(self, namespace: str) -> Iterable[Observed]:
        """All objects of a namespace, in no order."""
        return self._objects.get(namespace, _EMPTY).values()

    def namespaces(self) -> list[str]:
        """The namespaces that have objects."""
        return list(self._objects)

    def put(self, one: Observed) -> Change:
        """Set an object down in place of the one of that name."""
        there = self._objects.setdefault(one.namespace, {})
        before = there.get(one.name)
        there[one.name] = one
        return Change(before, one)

    def take(self, namespace: str, name: str) -> Change | None:
        """Take an object away; None when there was none."""
        there = self._objects.get(namespace, _EMPTY)
        before = there.pop(name, None)
        if before is None:
            return None
        if not there:
            self._objects.pop(namespace, None)
        return Change(before, None)

    def drop(self, namespace: str) -> None:
        """Forget a namespace's objects; nobody is told."""
        self._objects.pop(namespace, None)

    def __len__(self) -> int:
        return sum(map(len, self._objects.values()))

    def __iter__(self) -> Iterator[Observed]:
        for there in self._objects.values():
            yield from there.values()


class Shelves:
    """The shelves of all kinds that are watched."""

    def __init__(self) -> None:
        self._by_kind: dict[Kind, Shelf] = {}
        self._by_group: dict[Kind, list[Shelf]] = {}

    def of(self, kind: Kind) -> Shelf:
        """The shelf of a kind, made when there is none."""
        shelf = self._by_kind.get(kind)
        if shelf is None:
            shelf = self._by_kind[kind] = Shelf(kind)
            self._by_group.setdefault((group(kind[0]), kind[1]), []).append(shelf)
        return shelf

    def drop(self, namespace: str) -> None:
        """Forget a namespace's objects of all kinds."""
        for shelf in self._by_kind.values():
            shelf.drop(namespace)

    def find(self, api_version: str, kind: str, namespace: str, name: str) -> Observed | None:
        """An object by name, of any version of its group, in the namespace or cluster-scoped."""
        for shelf in self._by_group.get((group(api_version), kind), ()):
            found = shelf.get(namespace, name) or shelf.get("", name)
            if found is not None:
                return found
        return None

    def __len__(self) -> int:
        return sum(map(len, self._by_kind.values()))
