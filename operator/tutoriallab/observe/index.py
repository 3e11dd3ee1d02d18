"""From a changed object to the labs that must be told: by kind and namespace, then by selection.

Called by the observer for every change in a workspace; irrelevant events never come this far.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Find, Kind, Selection, matches, names, owned
from tutoriallab.observe.shelf import Change


@dataclass(frozen=True, slots=True)
class _Interest:
    """That a lab's selection depends on objects of some kind: as what it selects, or as an owner of that."""

    lab: str
    selection: Selection
    as_owner: bool

    def touched(self, change: Change, find: Find) -> bool:
        if self.as_owner:
            return self._ownership_changed(change, find)
        before, after = change
        return (before is not None and matches(self.selection, before, find)) or (
            after is not None and matches(self.selection, after, find)
        )

    def _ownership_changed(self, change: Change, find: Find) -> bool:
        before, after = change
        if before is not None and after is not None and before.uid == after.uid:
            # Its status may change as often as it likes: that changes nothing about who owns whom.
            if before.owner_references != after.owner_references:
                return self._owns(before, find) or self._owns(after, find)
            return False
        return any(one is not None and self._owns(one, find) for one in change)

    def _owns(self, one: Observed, find: Find) -> bool:
        owner = self.selection.owned_by
        return owner is not None and (names(owner, one) or owned(one, owner, find))


class Index:
    """Who is interested in which kind in which namespace."""

    def __init__(self) -> None:
        self._interests: dict[Kind, dict[str, dict[str, tuple[_Interest, ...]]]] = {}

    def add(self, lab: str, selections: Iterable[Selection]) -> None:
        """Set what a lab selects; call remove first if it has selected before."""
        found: dict[tuple[Kind, str], list[_Interest]] = {}
        for selection in dict.fromkeys(selections):
            own, *owners = selection.kinds()
            found.setdefault((own, selection.namespace or ""), []).append(_Interest(lab, selection, False))
            for kind in owners:
                # An owner stands in the same namespace, or is cluster-scoped.
                for namespace in {selection.namespace or "", ""}:
                    found.setdefault((kind, namespace), []).append(_Interest(lab, selection, True))
        for (kind, namespace), interests in found.items():
            self._interests.setdefault(kind, {}).setdefault(namespace, {})[lab] = tuple(interests)

    def remove(self, lab: str, selections: Iterable[Selection]) -> None:
        """Forget a lab that selected these."""
        for selection in selections:
            for kind in selection.kinds():
                by_namespace = self._interests.get(kind, {})
                for namespace in {selection.namespace or "", ""}:
                    by_lab = by_namespace.get(namespace, {})
                    by_lab.pop(lab, None)
                    if not by_lab:
                        by_namespace.pop(namespace, None)

    def touched(self, kind: Kind, changes: Iterable[Change], find: Find) -> dict[str, list[Selection]]:
        """By lab, the selections that these changes touch: what they select is new, gone or different.

        The shelves must already hold the state after all of the changes.
        """
        by_namespace = self._interests.get(kind)
        found: dict[str, dict[Selection, None]] = {}
        for change in changes if by_namespace else ():
            for lab, interests in (by_namespace or {}).get(change.namespace, {}).items():
                for interest in interests:
                    if interest.touched(change, find):
                        found.setdefault(lab, {})[interest.selection] = None
        return {lab: list(selections) for lab, selections in found.items()}
