"""What diagnosis can see besides the object that it looks at: the workspace's objects of the kinds that are watched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutoriallab.grade.bind import Select
from tutoriallab.grade.diagnosis.finding import Body
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Kind, LabelSelector, Selection

POD: Kind = ("v1", "Pod")
REPLICA_SET: Kind = ("apps/v1", "ReplicaSet")
CLAIM: Kind = ("v1", "PersistentVolumeClaim")
SERVICE: Kind = ("v1", "Service")

#: What has to be watched besides an object of a kind, to find why it is not as it should be.
BEHIND: dict[str, tuple[Kind, ...]] = {
    "Deployment": (REPLICA_SET, POD),
    "ReplicaSet": (POD,),
    "StatefulSet": (POD,),
    "DaemonSet": (POD,),
    "Job": (POD,),
    "Service": (POD,),
    "EndpointSlice": (SERVICE, POD),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A read-only view of one workspace. What is not watched (`known`) is not seen, and nothing follows from that."""

    workspace: str
    known: frozenset[Kind]
    select: Select

    def knows(self, kind: Kind) -> bool:
        """Whether all objects of this kind in the workspace are seen."""
        return kind in self.known

    def all(self, kind: Kind) -> list[Body]:
        """The workspace's objects of a kind that are not being deleted, by name."""
        return [one.body for one in self._select(kind)]

    def labelled(self, kind: Kind, labels: Mapping[str, str]) -> list[Body]:
        """Those that have all of these labels."""
        selector = LabelSelector(match_labels=tuple(labels.items()))
        return [one.body for one in self._select(kind) if selector.holds(one.labels)]

    def owned(self, owner: Body, kind: Kind) -> list[Body]:
        """The objects of a kind that have this object as an owner, the youngest first."""
        uid = owner["metadata"]["uid"]
        found = [one for one in self._select(kind) if any(each.uid == uid for each in one.owner_references)]
        return [one.body for one in sorted(found, key=lambda one: one.creation_timestamp, reverse=True)]

    def _select(self, kind: Kind) -> Sequence[Observed]:
        return self.select(Selection(*kind, self.workspace)) if kind in self.known else ()


def also(selections: Sequence[Selection], workspace: str) -> list[Selection]:
    """What has to be watched besides these selections, so that a check that fails on them can be explained."""
    kinds = {kind for one in selections if one.namespace == workspace for kind in BEHIND.get(one.kind, ())}
    return [Selection(*kind, workspace) for kind in sorted(kinds)]
