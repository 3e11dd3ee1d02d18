"""One lab while the operator runs: what is known of it, and the grading of its open step; owned by `reconcile.py`.

Everything here happens between two awaits: a change comes in from a reflector, the checks that it touches are
judged, and the new status is handed to the writer, all in one go.
"""

import asyncio
import hashlib
import logging
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from tutoriallab.grade.bind import Ask, Scope, Select
from tutoriallab.grade.compile import problems
from tutoriallab.grade.judge import Answered, Court
from tutoriallab.grade.open_step import OpenStep
from tutoriallab.lab.annotations import RESET, RESTART_STEP
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.kinds import Kind
from tutoriallab.lab.model import Spec
from tutoriallab.lab.parse import Lab, parse
from tutoriallab.lab.problem import InvalidLab
from tutoriallab.lab.state import Status, StepProgress, progress_of
from tutoriallab.observe.selection import Selection

log = logging.getLogger(__name__)

#: The fields of metadata that the stages read.
_METADATA = ("name", "namespace", "uid", "generation", "creationTimestamp", "deletionTimestamp")


@dataclass(slots=True)
class Settling:
    """A step whose starting state is applied and not there yet."""

    workloads: Mapping[str, Selection]
    stated: Mapping[str, Selection]
    deadline: float


@dataclass(slots=True)
class LabRun:
    """All that the operator holds of one lab in memory; what must survive a crash stands in `status`."""

    key: LabKey
    body: Mapping[str, Any]
    status: Status = field(default_factory=Status)
    lab: Lab | None = None
    open: OpenStep | None = None
    settling: Settling | None = None
    dirty: bool = False
    gone: bool = False
    """The object is no more: what is left of the lab is removed, and nothing is told."""
    failures: int = 0
    signature: tuple[Any, ...] = ()
    task: "asyncio.Task[None] | None" = None
    retry: asyncio.TimerHandle | None = None
    wake: asyncio.TimerHandle | None = None

    @property
    def id(self) -> str:
        """The name under which the observer knows the lab."""
        return str(self.key)

    def read(self, extra_kinds: Set[Kind] = frozenset()) -> Lab:
        """The typed lab, all of whose expressions compile; raises InvalidLab with every problem.

        The object's JSON is let go of then: it takes more memory than the lab itself.
        """
        if self.lab is None or "spec" in self.body:
            lab = parse(self.body, extra_kinds)
            faults = list(problems(lab.spec)) if self.lab is None or self.lab.spec != lab.spec else []
            if faults:
                raise InvalidLab(faults)
            self.lab, self.body = lab, {"metadata": self.body["metadata"]}
        return self.lab

    @property
    def accepted(self) -> Lab:
        """The lab, once it is accepted."""
        if self.lab is None:
            raise LookupError(f"lab {self.key} has not been accepted")
        return self.lab

    @property
    def spec(self) -> Spec:
        """The accepted spec."""
        return self.accepted.spec

    @property
    def language(self) -> str:
        """The lab's language: that of its status."""
        if self.lab:
            return self.lab.spec.language
        spec = self.body.get("spec")
        return str(spec.get("language", "en")) if isinstance(spec, dict) else "en"

    @property
    def workspace(self) -> str:
        """The lab's own namespace."""
        return self.status.workspace

    @property
    def names(self) -> dict[str, str]:
        """What ${…} stands for in the lab's texts and manifests."""
        return {"workspace": self.workspace, **self.status.nodes}

    @property
    def scope(self) -> Scope:
        """What every expression of the lab can see."""
        return Scope(self.workspace, self.status.nodes)

    def court(self, select: Select, ask: Ask, now: float) -> Court:
        """What judgements at this moment have in common."""
        return Court(select, self.scope, self.answers(), now, ask)

    def answers(self) -> dict[str, Answered]:
        """The learner's answers by check; those from before a reset are marked."""
        stale = self.status.stale_answers
        return {
            name: Answered(text.strip(), stale=stale.get(name) == digest(text))
            for name, text in self.spec.answers.items()
        }

    def forget_changed_answers(self) -> None:
        """An answer from before a reset that has been changed or taken back since counts when it is given again."""
        answers = self.spec.answers
        stale = {
            name: was
            for name, was in self.status.stale_answers.items()
            if name in answers and digest(answers[name]) == was
        }
        self.record(stale_answers=stale)

    def progress(self, name: str) -> StepProgress:
        """What is recorded of one step."""
        return progress_of(name, self.status.steps)

    def steps_with(self, changed: StepProgress) -> list[StepProgress]:
        """The recorded steps with this one in its place."""
        return [changed if one.name == changed.name else one for one in self.status.steps]

    def record(self, **changes: Any) -> None:
        """Change the status in memory; the engine publishes it."""
        self.status = replace(self.status, **changes)

    def cancel_timers(self) -> None:
        """Nothing of this lab wakes up by itself any more."""
        for timer in (self.retry, self.wake):
            if timer:
                timer.cancel()
        self.retry = self.wake = None


def kept(body: Mapping[str, Any]) -> dict[str, Any]:
    """What of a lab's object stays in memory: the rest (managedFields, status as written) is three quarters of it."""
    metadata = body.get("metadata") or {}
    slim = {name: metadata[name] for name in _METADATA if name in metadata}
    annotations = metadata.get("annotations") or {}
    slim["annotations"] = {name: annotations[name] for name in (RESET, RESTART_STEP) if name in annotations}
    return {"metadata": slim, "spec": body.get("spec")}


def digest(answer: str) -> str:
    """What is kept of an answer from before a reset: enough to tell it from another."""
    return hashlib.sha256(answer.encode()).hexdigest()[:16]


def signature(body: Mapping[str, Any]) -> tuple[Any, ...]:
    """What of a lab's object makes the operator act: all but what the operator itself writes."""
    metadata = body.get("metadata") or {}
    annotations = metadata.get("annotations") or {}
    asked = (annotations.get(RESET), annotations.get(RESTART_STEP))
    return (metadata.get("uid"), metadata.get("generation"), asked, bool(metadata.get("deletionTimestamp")))
