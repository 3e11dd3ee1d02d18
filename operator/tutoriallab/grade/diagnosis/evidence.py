"""What diagnosis can see besides the object that it looks at: the workspace's objects of the kinds that are watched.

What is not watched but asked for (Events, the last words of a container) is named while causes are looked for, and
seen once the answer is there: `Evidence.asked`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tutoriallab.grade.bind import Select
from tutoriallab.grade.diagnosis.finding import Body
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.probe.outcome import Heard, Outcome
from tutoriallab.observe.probe.question import EventsOf, LastLines, Question
from tutoriallab.observe.scope import PER_WORKSPACE
from tutoriallab.observe.selection import Kind, LabelSelector, Selection

POD: Kind = ("v1", "Pod")
NODE: Kind = ("v1", "Node")
REPLICA_SET: Kind = ("apps/v1", "ReplicaSet")
JOB: Kind = ("batch/v1", "Job")
CLAIM: Kind = ("v1", "PersistentVolumeClaim")
VOLUME: Kind = ("v1", "PersistentVolume")
STORAGE_CLASS: Kind = ("storage.k8s.io/v1", "StorageClass")
SERVICE: Kind = ("v1", "Service")
DEPLOYMENT: Kind = ("apps/v1", "Deployment")
STATEFUL_SET: Kind = ("apps/v1", "StatefulSet")
#: Kinds that are in no namespace.
CLUSTER_SCOPED = frozenset({NODE, VOLUME, STORAGE_CLASS})

#: What has to be watched besides an object of a kind, to find why it is not as it should be.
BEHIND: dict[str, tuple[Kind, ...]] = {
    "Deployment": (REPLICA_SET, POD, CLAIM, NODE, VOLUME, STORAGE_CLASS),
    "ReplicaSet": (POD, CLAIM, NODE, VOLUME, STORAGE_CLASS),
    "StatefulSet": (POD, CLAIM, NODE, VOLUME, STORAGE_CLASS),
    "DaemonSet": (POD, NODE),
    "Job": (POD, NODE),
    "CronJob": (JOB, POD, NODE),
    "Pod": (CLAIM, NODE, VOLUME, STORAGE_CLASS),
    "Service": (POD, NODE, DEPLOYMENT, STATEFUL_SET, REPLICA_SET),
    "EndpointSlice": (SERVICE, POD, NODE, DEPLOYMENT, STATEFUL_SET, REPLICA_SET),
    "PersistentVolumeClaim": (VOLUME, STORAGE_CLASS),
}
#: Questions that are open for one lab at most: as many as a step may have checks; each has one cause.
MOST_ASKED = 20
#: Kinds that are not looked for in the lab's own namespace: they are read in workspaces alone, or are too many.
NEVER_ELSEWHERE = PER_WORKSPACE | {("v1", "Event")}

Answers = Callable[[Question], Outcome | None]


@dataclass(frozen=True, slots=True)
class Happening:
    """An Event about an object; `at`: when it happened the last time (RFC 3339)."""

    reason: str
    message: str
    at: str = ""


def unanswered(_question: Question) -> None:
    """Answers nothing: where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A read-only view of one workspace. What is not watched (`known`) is not seen, and nothing follows from that.

    `home` is the namespace in which the lab itself stands.
    """

    workspace: str
    known: frozenset[Kind]
    select: Select
    home: str = ""
    answers: Answers = unanswered
    asked: dict[Question, None] = field(default_factory=dict)

    def knows(self, kind: Kind) -> bool:
        """Whether all objects of this kind in the workspace are seen."""
        return kind in self.known

    def all(self, kind: Kind) -> list[Body]:
        """The workspace's objects of a kind (or the cluster's) that are not being deleted, by name."""
        return [one.body for one in self._select(kind)]

    def one(self, kind: Kind, name: str) -> Body | None:
        """The object of a kind that has this name."""
        return next((one.body for one in self._select(kind, name)), None)

    def labelled(self, kind: Kind, labels: Mapping[str, str]) -> list[Body]:
        """Those that have all of these labels."""
        selector = LabelSelector(match_labels=tuple(labels.items()))
        return [one.body for one in self._select(kind) if selector.holds(one.labels)]

    def owned(self, owner: Body, kind: Kind) -> list[Body]:
        """The objects of a kind that have this object as an owner, the youngest first."""
        uid = owner["metadata"]["uid"]
        found = [one for one in self._select(kind) if any(each.uid == uid for each in one.owner_references)]
        return [one.body for one in sorted(found, key=lambda one: one.creation_timestamp, reverse=True)]

    def at_home(self, selection: Selection) -> list[Body]:
        """What a selection would contain in the lab's own namespace, where learners make things by mistake."""
        if not may_be_at_home(selection, self.workspace, self.home):
            return []
        return [one.body for one in self.select(replace(selection, namespace=self.home))]

    def events(self, one: Body) -> list[Happening]:
        """The Events about an object, the newest first; none as long as they are not known."""
        metadata = one["metadata"]
        if not metadata.get("namespace"):
            return []
        found = self._ask(EventsOf(metadata["namespace"], one["apiVersion"], one["kind"], metadata["name"]))
        return [
            Happening(each["reason"], each["message"], each.get("at", "")) for each in found.get("events", ())
        ]

    def last_line(self, pod: Body, container: str) -> str:
        """The last line that a container has printed; empty as long as it is not known, or there is none."""
        metadata = pod["metadata"]
        found = self._ask(LastLines(metadata["namespace"], metadata["name"], container))
        return str(next(reversed(found.get("lines", ())), ""))

    def _ask(self, question: Question) -> Mapping[str, list[dict[str, str]]]:
        if question not in self.asked and len(self.asked) >= MOST_ASKED:
            return {}
        self.asked[question] = None
        answer = self.answers(question)
        return answer.value if isinstance(answer, Heard) else {}

    def _select(self, kind: Kind, name: str | None = None) -> Sequence[Observed]:
        if kind not in self.known:
            return ()
        return self.select(Selection(*kind, None if kind in CLUSTER_SCOPED else self.workspace, name))


def also(selections: Sequence[Selection], workspace: str, home: str = "") -> list[Selection]:
    """What has to be watched besides these selections, so that a check that fails on them can be explained."""
    mine = [one for one in selections if one.namespace == workspace]
    kinds = {kind for one in mine for kind in BEHIND.get(one.kind, ())}
    return [
        *(Selection(*kind, None if kind in CLUSTER_SCOPED else workspace) for kind in sorted(kinds)),
        *(replace(one, namespace=home) for one in mine if may_be_at_home(one, workspace, home)),
    ]


def may_be_at_home(selection: Selection, workspace: str, home: str) -> bool:
    """Whether what a check selects is looked for in the lab's own namespace, too, when it is not there."""
    return (
        selection.namespace == workspace
        and home not in ("", workspace)
        and (selection.api_version, selection.kind) not in NEVER_ELSEWHERE
        and selection.owned_by is None
        and bool(selection.name or selection.selector)
    )
