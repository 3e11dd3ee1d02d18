"""A lab as who looks at it sees it: the object from the API server, typed, read leniently.

Called by every command that shows or changes a lab, and by the page. A lab that the operator refused is still
shown: its spec is then None where it cannot be read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from tutoriallab.lab.annotations import HINTS
from tutoriallab.lab.files import contents
from tutoriallab.lab.model import Check, Spec, Step
from tutoriallab.lab.parse import parse_status
from tutoriallab.lab.state import Status, StepProgress, progress_of
from tutoriallab.lab.workspace import workspace_name
from tutoriallab.provision.reasons import NOT_ENOUGH_NODES

#: Reasons of conditions that say what this cluster or its operator lacks, rather than what the lab lacks.
LACKING = frozenset({"CapabilityMissing", "PrivilegedNotAllowed", "OutsideNotAllowed", NOT_ENOUGH_NODES})


@dataclass(frozen=True)
class Seen:
    """One lab at one moment."""

    name: str
    namespace: str
    generation: int
    annotations: Mapping[str, str]
    spec: Spec | None
    status: Status
    deleting: bool

    @property
    def names(self) -> dict[str, str]:
        """What ${…} stands for in the lab's texts."""
        return {"workspace": self.workspace, **self.status.nodes}

    @property
    def files(self) -> Mapping[str, str]:
        """What stands in each of the lab's files, by its path."""
        return contents(self.spec.files, self.names) if self.spec else {}

    @property
    def workspace(self) -> str:
        """The lab's own namespace; the name that it will have, before the operator has said it."""
        return self.status.workspace or workspace_name(self.namespace, self.name)

    @property
    def phase(self) -> str:
        """Its phase as people are told it: one that is going is Deleting, whatever its status says."""
        return "Deleting" if self.deleting else self.status.phase

    @property
    def progress(self) -> str:
        """Steps passed of all, such as 1/3; as the spec has them before the operator has said so."""
        return self.status.progress or f"0/{len(self.spec.steps) if self.spec else 0}"

    @property
    def max_score(self) -> int:
        """Points in all; as the spec has them before the operator has said so."""
        return self.status.max_score or sum(step.points for step in (self.spec.steps if self.spec else ()))

    @property
    def is_fresh(self) -> bool:
        """Whether the status speaks of the newest spec."""
        return self.status.observed_generation >= self.generation

    @property
    def lacks(self) -> bool:
        """Whether it is Blocked by what this cluster does not offer."""
        return self.status.phase == "Blocked" and any(
            one.reason in LACKING and one.status == "False" for one in self.status.conditions
        )

    @property
    def problem(self) -> str:
        """Why the lab cannot go on: the condition that says so; empty when nothing stops it."""
        if self.status.phase not in {"Blocked", "Failed", "Preparing"}:
            return ""
        for condition in self.status.conditions:
            if condition.type in {"Accepted", "Provisioned"} and condition.status == "False":
                return condition.message
        return self.status.next if self.status.phase != "Preparing" else ""

    def speaks(self, wanted: str = "") -> str:
        """The language in which to tell of it: its own unless another is wanted."""
        return wanted or (self.spec.language if self.spec else "en")

    def current(self) -> tuple[int, Step, StepProgress] | None:
        """Number (from 1), step and progress of the first step that is not passed; None when all are."""
        if self.spec is None:
            return None
        for number, step in enumerate(self.spec.steps, start=1):
            progress = progress_of(step.name, self.status.steps)
            if progress.state != "Passed":
                return number, step, progress
        return None

    @property
    def questions(self) -> dict[str, Check]:
        """The checks that ask something, by name."""
        return {
            one.name: one
            for step in (self.spec.steps if self.spec else ())
            for one in step.checks
            if one.answer
        }

    def hints_given(self, step: str) -> int:
        """How many hints of this step were asked for."""
        name, _, count = self.annotations.get(HINTS, "").partition("=")
        return int(count) if name == step and count.isdigit() else 0


def read(body: Mapping[str, Any]) -> Seen:
    """The lab in an object from the API server; never raises for what an author wrote."""
    metadata = body["metadata"]
    try:
        spec = msgspec.convert(body.get("spec"), Spec)
    except msgspec.ValidationError:
        spec = None
    return Seen(
        name=metadata["name"],
        namespace=metadata.get("namespace") or "default",
        generation=int(metadata.get("generation") or 0),
        annotations=metadata.get("annotations") or {},
        spec=spec,
        status=parse_status(body.get("status")),
        deleting=bool(metadata.get("deletionTimestamp")),
    )
