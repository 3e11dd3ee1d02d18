"""Two statuses of a lab → the Events that tell the difference. Pure: called by `status/writer.py`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tutoriallab.grade.reasons import ENDED, SETTLING
from tutoriallab.lab.state import CheckState, Status
from tutoriallab.words import phases
from tutoriallab.words.sentence import joined

#: A check turned to Passed.
CHECK_PASSED = "CheckPassed"
#: A check turned to Failing after it had passed, or fails for the first time.
CHECK_FAILING = "CheckFailing"
#: A check that must hold throughout its step was false once, or was not watched: the step has to start over.
CHECK_VIOLATED = "CheckViolated"
#: A check cannot be judged.
CHECK_ERROR = "CheckError"
#: A step opened.
STEP_OPENED = "StepOpened"
#: All checks of a step passed at one moment.
STEP_PASSED = "StepPassed"
#: The lab has its nodes.
NODES_LEASED = "NodesLeased"
#: The last step passed.
COMPLETED = "Completed"
#: The lab cannot go on; the message tells why.
BLOCKED = "Blocked"
#: The lab was refused; the message tells the path.
REFUSED = "Refused"


@dataclass(frozen=True)
class Happening:
    """One Event on the lab: reason, sentence, and Normal or Warning."""

    reason: str
    message: str
    type: Literal["Normal", "Warning"] = "Normal"


def happenings(before: Status, after: Status, language: str) -> Iterator[Happening]:
    """What happened to the lab between two statuses, in order, told in this language."""
    if after.nodes and after.nodes != before.nodes:
        nodes = [phases.IS_NODE(alias=alias, node=node) for alias, node in after.nodes.items()]
        told = phases.HAS_NODES(nodes=joined(nodes, phases.COMMA()))
        yield Happening(NODES_LEASED, told.told(language))
    steps = {step.name: step for step in before.steps}
    for step in after.steps:
        earlier = steps.get(step.name)
        if step.state == "Open" and (earlier is None or earlier.state != "Open"):
            yield Happening(STEP_OPENED, phases.STEP_OPENED(step=step.name).told(language))
        checks = {check.name: check for check in earlier.checks} if earlier else {}
        for check in step.checks:
            yield from _turned(step.name, checks.get(check.name), check, language)
        if step.state == "Passed" and (earlier is None or earlier.state != "Passed"):
            passed = phases.STEP_PASSED(step=step.name, score=after.score or 0, most=after.max_score or 0)
            yield Happening(STEP_PASSED, passed.told(language))
    if after.phase != before.phase:
        yield from _phase(after, language)


def _turned(step: str, before: CheckState | None, after: CheckState, language: str) -> Iterator[Happening]:
    """Judging a step for the first time is no turn: that nothing is done yet is no news."""
    says = phases.CHECK_SAYS(check=f"{step}/{after.name}", message=after.message)
    if after.reason in ENDED:
        if before is None or before.reason not in ENDED:
            yield Happening(CHECK_VIOLATED, says.told(language), "Warning")
        return
    first = before is None or before.reason == SETTLING
    if (before and before.verdict == after.verdict) or (first and after.verdict == "Failing"):
        return
    if after.verdict == "Passed":
        yield Happening(CHECK_PASSED, phases.CHECK_PASSED(check=f"{step}/{after.name}").told(language))
    elif after.verdict == "Failing":
        yield Happening(CHECK_FAILING, says.told(language))
    elif after.verdict == "Error":
        yield Happening(CHECK_ERROR, says.told(language), "Warning")


def _phase(after: Status, language: str) -> Iterator[Happening]:
    if after.phase == "Completed":
        told = phases.COMPLETED(score=after.score or 0, most=after.max_score or 0)
        yield Happening(COMPLETED, told.told(language))
    elif after.phase == "Blocked":
        yield Happening(BLOCKED, after.next, "Warning")
    elif after.phase == "Failed":
        yield Happening(REFUSED, after.next, "Warning")
