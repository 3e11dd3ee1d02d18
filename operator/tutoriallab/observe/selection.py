"""What a check selects, as a value; and whether an object is selected, as a pure function of the two.

Made by `grade/select.py` from a check's `given`; used by the observer to find objects and whom to tell.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tutoriallab.kube.conditions import has_ended

if TYPE_CHECKING:
    from tutoriallab.observe.observed import Observed

#: Owners of owners are followed this far up; more than any controller makes, and the end of a cycle.
OWNERS_FOLLOWED = 5

Kind = tuple[str, str]
"""An apiVersion and a kind."""

#: The kinds that stand between an owner and what it owns; they are watched, too.
BETWEEN: dict[tuple[str, str], tuple[Kind, ...]] = {
    ("Deployment", "Pod"): (("apps/v1", "ReplicaSet"),),
    ("CronJob", "Pod"): (("batch/v1", "Job"),),
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of a label selector; NotIn holds, too, where the label is missing."""

    key: str
    operator: Literal["In", "NotIn", "Exists", "DoesNotExist"]
    values: tuple[str, ...] = ()

    def holds(self, labels: dict[str, str]) -> bool:
        """Whether these labels fulfil it."""
        match self.operator:
            case "In":
                return self.key in labels and labels[self.key] in self.values
            case "NotIn":
                return self.key not in labels or labels[self.key] not in self.values
            case "Exists":
                return self.key in labels
            case "DoesNotExist":
                return self.key not in labels


@dataclass(frozen=True, slots=True)
class LabelSelector:
    """A standard label selector; all requirements must hold, and none at all selects everything."""

    match_labels: tuple[tuple[str, str], ...] = ()
    match_expressions: tuple[Requirement, ...] = ()

    def holds(self, labels: dict[str, str]) -> bool:
        """Whether an object with these labels is selected."""
        for key, value in self.match_labels:
            if labels.get(key) != value:
                return False
        return all(one.holds(labels) for one in self.match_expressions)


@dataclass(frozen=True, slots=True)
class OwnerRef:
    """An owner by name, beside what it owns or cluster-scoped; any version of its group counts."""

    api_version: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Live objects of one kind.

    `namespace` is None for cluster-scoped kinds, and only for those. `owned_by` keeps those that the owner which has
    this name now owns, be it through other owners; what an earlier owner of the same name has left behind does not
    count. Unless `terminating`, what is going is left out: objects that are being deleted, and of what is owned, pods
    that their ReplicaSet has replaced.
    """

    api_version: str
    kind: str
    namespace: str | None = None
    name: str | None = None
    selector: LabelSelector | None = None
    owned_by: OwnerRef | None = None
    terminating: bool = False

    def kinds(self) -> tuple[Kind, ...]:
        """All kinds that must be watched to know what is selected; its own comes first."""
        own = (self.api_version, self.kind)
        if self.owned_by is None:
            return (own,)
        between = BETWEEN.get((self.owned_by.kind, self.kind), ())
        return tuple(dict.fromkeys((own, *between, (self.owned_by.api_version, self.owned_by.kind))))


#: Controllers that make another pod for one that has ended, and let that one be.
_REPLACING = frozenset({"ReplicaSet", "ReplicationController"})

Find = Callable[[str, str, str, str], "Observed | None"]
"""Finds an object as it is now by apiVersion (any version of its group), kind, namespace and name."""


def matches(selection: Selection, one: "Observed", find: Find) -> bool:
    """Whether an object of the selection's kind and namespace is selected; `find` looks up its owners."""
    if selection.name is not None and selection.name != one.name:
        return False
    if one.terminating and not selection.terminating:
        return False
    if selection.selector is not None and not selection.selector.holds(one.labels):
        return False
    if selection.owned_by is None:
        return True
    # Whether it is replaced stands in its body, which is read only of what is owned.
    return owned(one, selection.owned_by, find) and (selection.terminating or not replaced(one))


def replaced(one: "Observed") -> bool:
    """Whether this is a pod that ended (evicted, or refused by its node) and that its ReplicaSet counts no more.

    It stays until the garbage collector finds too many of its kind. Other controllers delete such pods, or, as Jobs do,
    count them. Source: FilterActivePods in k8s.io/kubernetes/pkg/controller.
    """
    replacing = any(above.kind in _REPLACING for above in one.owner_references)
    return one.kind == "Pod" and replacing and has_ended(one.body)


def owned(one: "Observed", owner: OwnerRef, find: Find, follow: int = OWNERS_FOLLOWED) -> bool:
    """Whether `owner`, as it is now, owns `one`, be it through others."""
    for reference in one.owner_references:
        above = find(reference.api_version, reference.kind, one.namespace, reference.name)
        if above is None or above.uid != reference.uid:
            continue
        if names(owner, above):
            return True
        if follow > 1 and owned(above, owner, find, follow - 1):
            return True
    return False


def names(owner: OwnerRef, one: "Observed") -> bool:
    """Whether the reference is to this object: its group, kind and name."""
    return (
        owner.kind == one.kind
        and owner.name == one.name
        and group(owner.api_version) == group(one.api_version)
    )


def group(api_version: str) -> str:
    """The API group of an apiVersion; empty for the core group."""
    return api_version.rpartition("/")[0]
