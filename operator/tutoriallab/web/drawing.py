"""All objects of a lab as the page draws them: made once, then brought up to date by what has changed. Pure.

Owned by `recorder.py`, which tells it each change as it comes and asks now and then what is different. Of hundreds of
objects one has changed, as a rule; all are looked at anew only when the open step, or who owns whom, is another.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence, Set
from dataclasses import dataclass, replace

from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Kind, Selection
from tutoriallab.observe.shelf import Change
from tutoriallab.status.seen import Seen
from tutoriallab.web.item import Item, item
from tutoriallab.web.marks import Named, named, open_step, selected

Select = Callable[[Selection], Sequence[Observed]]
#: Kinds in the workspace that are drawn. ConfigMaps and Secrets are not: nobody needs to see them move.
DRAWN: tuple[Kind, ...] = (
    ("v1", "Pod"),
    ("apps/v1", "Deployment"),
    ("apps/v1", "ReplicaSet"),
    ("apps/v1", "StatefulSet"),
    ("apps/v1", "DaemonSet"),
    ("batch/v1", "Job"),
    ("batch/v1", "CronJob"),
    ("v1", "Service"),
    ("v1", "PersistentVolumeClaim"),
)
NODES = Selection("v1", "Node", terminating=True)
SLICE: Kind = ("discovery.k8s.io/v1", "EndpointSlice")
#: The label by which an EndpointSlice says whose it is.
SERVICE_NAME = "kubernetes.io/service-name"


def watched(workspace: str) -> tuple[Selection, ...]:
    """What a drawing is made of: all that is drawn, and EndpointSlices."""
    return (*_drawn(workspace), Selection(*SLICE, workspace, terminating=True))


def _drawn(workspace: str) -> tuple[Selection, ...]:
    return (*(Selection(*kind, workspace, terminating=True) for kind in DRAWN), NODES)


@dataclass(frozen=True, slots=True)
class Picture:
    """An object without its marks, and the revisions of what it was made of."""

    of: tuple[str, ...]
    item: Item


class Drawing:
    """The objects of one lab, with their marks, by UID."""

    def __init__(self, select: Select, nodes: MutableMapping[str, Picture]) -> None:
        """`nodes` are the pictures of nodes, which stand in every lab's drawing and are made once."""
        self._select = select
        self._nodes = nodes
        self._pictures: dict[str, Picture] = {}
        self._items: dict[str, Item] = {}
        # What has changed since it was asked: objects by UID (None: gone), and Services whose EndpointSlices have.
        self._touched: dict[str, Observed | None] = {}
        self._behind: set[str] = set()
        self._all = True
        # What the marks are made of: the open step, what its checks select, and what their messages name.
        self._step: object = None
        self._selected: list[tuple[str, Selection]] = []
        self._named: Named = {}

    def note(self, change: Change) -> None:
        """An object that is drawn, or a Service's EndpointSlice, is another by now."""
        before, after = change
        one = after or before
        if one is None:
            return
        if (one.api_version, one.kind) == SLICE:
            self._behind |= {each.labels.get(SERVICE_NAME, "") for each in (before, after) if each}
            return
        if before is not None and (after is None or after.uid != before.uid):
            self._touched[before.uid] = None
        if after is not None:
            self._touched[after.uid] = after
        self._all = self._all or (_owned_anew(change) and any(_may_own(one, by) for _, by in self._selected))

    def take(self, lab: Seen) -> tuple[list[Item], list[str]]:
        """What is new or different since it was taken last, and the UIDs of what is gone."""
        renamed = self._read(lab)
        if self._all:
            there = self._there(lab)
            gone = [uid for uid in self._items if uid not in there]
            put = self._marked(there, self._selectors())
        else:
            there = self._changed(lab, renamed)
            gone = [uid for uid, one in self._touched.items() if one is None and uid in self._items]
            put = self._marked(there, None)
        for uid in gone:
            del self._items[uid]
            self._pictures.pop(uid, None)
            self._nodes.pop(uid, None)
        self._items.update((one["uid"], one) for one in put)
        self._touched, self._behind, self._all = {}, set(), False
        return put, gone

    # What is drawn -----------------------------------------------------------------------------------------------

    def _there(self, lab: Seen) -> dict[str, Item]:
        """All that there is, without marks."""
        slices = self._slices(lab.workspace)
        there = (one for each in _drawn(lab.workspace) for one in self._select(each))
        return {one.uid: self._picture(one, slices) for one in there}

    def _changed(self, lab: Seen, renamed: Set[tuple[str, str]]) -> dict[str, Item]:
        """What has changed, and what messages name now or named before; without marks."""
        there = {
            uid: self._known(uid).item
            for uid, one in (self._items.items() if renamed else ())
            if (one["kind"], one["name"]) in renamed and uid not in self._touched
        }
        touched = [one for one in self._touched.values() if one is not None]
        for name in self._behind:
            touched += self._select(Selection("v1", "Service", lab.workspace, name, terminating=True))
        slices = self._slices(lab.workspace) if any(one.kind == "Service" for one in touched) else {}
        return there | {one.uid: self._picture(one, slices) for one in touched}

    def _slices(self, workspace: str) -> dict[str, list[Observed]]:
        """EndpointSlices by the name of their Service."""
        found: dict[str, list[Observed]] = {}
        for one in self._select(Selection(*SLICE, workspace)):
            found.setdefault(one.labels.get(SERVICE_NAME, ""), []).append(one)
        return found

    def _picture(self, one: Observed, slices: Mapping[str, list[Observed]]) -> Item:
        made = self._nodes if one.kind == NODES.kind else self._pictures
        behind = slices.get(one.name, []) if one.kind == "Service" else []
        of = tuple(each.metadata.resource_version for each in (one, *behind))
        known = made.get(one.uid)
        if known is None or known.of != of:
            known = made[one.uid] = Picture(of, item(one.body, [each.body for each in behind]))
        return known.item

    def _known(self, uid: str) -> Picture:
        return self._pictures.get(uid) or self._nodes[uid]

    # How it is marked --------------------------------------------------------------------------------------------

    def _read(self, lab: Seen) -> set[tuple[str, str]]:
        """Take up the open step; kinds and names that messages name now and did not, or did and do not."""
        step, progress = open_step(lab)
        if (of := (step, lab.workspace, lab.names)) != self._step:
            self._step, self._all = of, True
            self._selected = selected(lab, step) if step else []
        before, self._named = self._named, named(progress) if progress else {}
        both = before.keys() | self._named.keys()
        return {one for one in both if before.get(one) != self._named.get(one)}

    def _selectors(self) -> dict[str, list[str]]:
        """By UID, the checks that select an object."""
        found: dict[str, list[str]] = {}
        for check, selection in self._selected:
            for uid in dict.fromkeys(one.uid for one in self._select(selection)):
                checks = found.setdefault(uid, [])
                if check not in checks:
                    checks.append(check)
        return found

    def _marked(self, there: Mapping[str, Item], by: Mapping[str, list[str]] | None) -> list[Item]:
        """Those of them that are other than before, with their marks."""
        put = []
        for uid, one in there.items():
            checks = self._selectors_of(one) if by is None else by.get(uid, [])
            now = {**one, "selectedBy": checks, "namedBy": self._named.get((one["kind"], one["name"]), [])}
            if self._items.get(uid) != now:
                put.append(now)
        return put

    def _selectors_of(self, one: Item) -> list[str]:
        """The checks that select this object."""
        found = dict.fromkeys(
            check
            for check, selection in self._selected
            if selection.kind == one["kind"]
            and (selection.namespace or "") == one["namespace"]
            and selection.name in {None, one["name"]}
            and any(each.uid == one["uid"] for each in self._select(replace(selection, name=one["name"])))
        )
        return list(found)


def _owned_anew(change: Change) -> bool:
    """Whether it may own others than before: it is new, gone, or owned by somebody else itself."""
    before, after = change
    if before is None or after is None or before.uid != after.uid:
        return True
    return before.owner_references != after.owner_references


def _may_own(one: Observed, selection: Selection) -> bool:
    return any(kind == one.kind for _, kind in selection.kinds()[1:])
