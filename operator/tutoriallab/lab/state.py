"""The status of a TutorialLab as frozen, typed objects: what `kubectl get lab -o yaml` shows.

Generated into the CRD by `lab/crd.py`; written by `status/`, read back by `reconcile.py` after a restart,
and shown by the command line and the web page.
"""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Phase = Literal["Pending", "Preparing", "Active", "Completed", "Blocked", "Failed", "Resetting", "Deleting"]
Verdict = Literal["Passed", "Failing", "Waiting", "Error"]
StepState = Literal["Locked", "Open", "Passed"]


class _Part(Struct, frozen=True, rename="camel", omit_defaults=True):
    """Immutable and camelCase; unknown fields of a newer operator are passed over."""


class CheckState(_Part, frozen=True, kw_only=True):
    """The verdict of one check."""

    name: Annotated[str, Meta(description="Name of the check.")]
    verdict: Annotated[
        Verdict,
        Meta(
            description="Passed, Failing, Waiting (not to be told yet) or Error (the check itself is broken)."
        ),
    ]
    reason: Annotated[str, Meta(description="One word for programs: why the verdict is what it is.")] = ""
    message: Annotated[str, Meta(description="What is wanted and what is seen, with object and field.")] = ""
    since: Annotated[str, Meta(description="Since when the verdict is what it is, RFC 3339.")] = ""
    armed_at: Annotated[
        str, Meta(description="Throughout: when it was first true; watched since then, RFC 3339.")
    ] = ""
    remembered: Annotated[
        dict[str, Any], Meta(description="What the check remembered when the step opened.")
    ] = {}


class StepProgress(_Part, frozen=True, kw_only=True):
    """How far one step is."""

    name: Annotated[str, Meta(description="Name of the step.")]
    state: Annotated[StepState, Meta(description="Locked, Open or Passed.")]
    opened_at: Annotated[str, Meta(description="When it opened, RFC 3339.")] = ""
    passed_at: Annotated[str, Meta(description="When it passed, RFC 3339.")] = ""
    provisioned: Annotated[
        bool, Meta(description="Its starting state was applied; it is never applied again but by a reset.")
    ] = False
    watched_until: Annotated[
        str, Meta(description="Until when it was watched: written when the operator stops, RFC 3339.")
    ] = ""
    checks: Annotated[list[CheckState], Meta(description="Verdicts of its checks.")] = []


def progress_of(step: str, recorded: Iterable[StepProgress]) -> StepProgress:
    """What is recorded of a step; Locked where nothing is."""
    return next((one for one in recorded if one.name == step), StepProgress(name=step, state="Locked"))


class OutsideObject(_Part, frozen=True, kw_only=True):
    """A name outside the workspace that is this lab's while it lives."""

    api_version: Annotated[str, Meta(description="API version of the kind.")]
    kind: Annotated[str, Meta(description="Kind of the object.")]
    name: Annotated[str, Meta(description="Name of the object.")]
    absent_since: Annotated[
        str,
        Meta(
            description="When no such object existed, RFC 3339: what has appeared since is removed with the lab. "
            "Nothing is removed while it is empty."
        ),
    ] = ""


class Condition(_Part, frozen=True, kw_only=True):
    """A standard metav1.Condition."""

    type: Annotated[str, Meta(description="Accepted, Provisioned or Completed.")]
    status: Annotated[Literal["True", "False", "Unknown"], Meta(description="True, False or Unknown.")]
    reason: Annotated[str, Meta(description="One word for programs.")]
    message: Annotated[str, Meta(description="A sentence for people.")] = ""
    last_transition_time: Annotated[str, Meta(description="When status last changed, RFC 3339.")]
    observed_generation: Annotated[int, Meta(description="The generation that it speaks of.")] = 0


class Handled(_Part, frozen=True, kw_only=True):
    """Values of the annotations that were acted on, so that a crash neither repeats nor loses one."""

    reset: Annotated[str, Meta(description="Of tutoriallab.dev/reset.")] = ""
    restart_step: Annotated[str, Meta(description="Of tutoriallab.dev/restart-step.")] = ""


class Status(_Part, frozen=True, kw_only=True):
    """What the operator knows of a lab."""

    observed_generation: Annotated[
        int, Meta(description="The generation of the spec that this status is of.")
    ] = 0
    started_at: Annotated[str, Meta(description="When preparing began, RFC 3339.")] = ""
    answers_since: Annotated[
        str, Meta(description="Answers that stood in spec.answers before this moment (a reset) do not count.")
    ] = ""
    stale_answers: Annotated[
        dict[str, str],
        Meta(description="Digests of answers from before the reset: they count again once changed."),
    ] = {}
    phase: Annotated[Phase, Meta(description="Where the lab is in its life.")] = "Pending"
    workspace: Annotated[str, Meta(description="The lab's own namespace: work here.")] = ""
    workspace_uid: Annotated[str, Meta(description="UID of the workspace that this lab made.")] = ""
    provisioned: Annotated[
        bool, Meta(description="spec.provision was applied; it is never applied again but by a reset.")
    ] = False
    nodes: Annotated[
        dict[str, str],
        Meta(
            description="Aliases of the lab's leased nodes and the nodes' names. "
            "They stay for the debrief of a completed lab, which has given the nodes back."
        ),
    ] = {}
    outside: Annotated[
        list[OutsideObject], Meta(description="Names outside the workspace that are this lab's.")
    ] = []
    step: Annotated[str, Meta(description="The open step; empty while the next one is being prepared.")] = ""
    progress: Annotated[str, Meta(description="Steps passed of all, for example 1/3.")] = ""
    score: Annotated[int, Meta(description="Points so far.")] | None = None
    max_score: Annotated[int, Meta(description="Points in all.")] | None = None
    steps: Annotated[list[StepProgress], Meta(description="The steps and their checks.")] = []
    handled: Annotated[Handled, Meta(description="Annotations that were acted on.")] = Handled()
    next: Annotated[str, Meta(description="One line: what to do or look at now.")] = ""
    conditions: Annotated[list[Condition], Meta(description="Accepted, Provisioned and Completed.")] = []

    def condition(self, kind: str) -> Condition | None:
        """The condition of this type; None where there is none."""
        return next((one for one in self.conditions if one.type == kind), None)

    @property
    def completed_at(self) -> str:
        """When the lab was done; empty while it is not."""
        found = self.condition("Completed")
        return found.last_transition_time if found and found.status == "True" else ""

    def holds(self, kind: str) -> bool:
        """Whether the condition of this type is True."""
        found = self.condition(kind)
        return found is not None and found.status == "True"
