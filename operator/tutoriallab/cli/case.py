"""One proof: one script (a solution or a mutant) on a fresh lab, graded as it must be. Called by `prove`.

A lab gets a namespace of its own, `prove-…`, so that proofs can run side by side and beside learners' labs.
"""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Literal

from tutoriallab.cli.catalogue import Entry
from tutoriallab.cli.error import CliError
from tutoriallab.cli.follower import Follower
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.node import of_cluster
from tutoriallab.cli.scripts import Script, desk, end
from tutoriallab.cli.start import begin, is_decided
from tutoriallab.grade.reasons import ASKING
from tutoriallab.lab.state import CheckState
from tutoriallab.provision.reasons import NODES_NOT_READY, NODES_TAKEN, OUTSIDE_CLAIMED
from tutoriallab.status.seen import Seen

#: Seconds for the first step to open, for a script to end (that of a stopped node waits a minute for NotReady), and
#: for the verdict after it (ten new pods take their time on a busy cluster).
OPENS_WITHIN = 90.0
RUNS_WITHIN = 180.0
#: Seconds for a lab that changes what all share to get its turn.
TURN_WITHIN = 900.0
JUDGED_WITHIN = 60.0
#: Seconds that what a mutant must show has to stay: after the script's end, and while it still runs.
STAYS = 1.0
STAYS_WHILE_RUNNING = 5.0
#: Seconds that nothing may pass by itself at the start.
STARTS = 0.3
TAIL = 8

Kind = Literal["solution", "mutant"]


@dataclass(frozen=True)
class Case:
    """What is to be proved: this script on this lab."""

    entry: Entry
    script: Script
    kind: Kind

    @property
    def title(self) -> str:
        """Lab and script, for people."""
        folder = "mutants/" if self.kind == "mutant" else ""
        return f"{self.entry.name} {folder}{self.script.file.name}"


@dataclass(frozen=True)
class Proof:
    """How one case ended; `wanted` and `seen` are empty when all was as it must be."""

    case: Case
    starts: bool
    """At the start no check of the first step was passed."""
    holds: bool
    seconds: float
    wanted: str = ""
    seen: str = ""
    output: str = ""
    skipped: str = ""
    """Why this cluster cannot prove it (a capability that it lacks); empty when it could."""


class Unproved(Exception):
    """Something was not as it must be."""

    def __init__(self, wanted: str, seen: str, *, starts: bool = True, skipped: bool = False) -> None:
        super().__init__(wanted)
        self.wanted, self.seen, self.starts, self.skipped = wanted, seen, starts, skipped


def prove_case(case: Case, kubectl: Kubectl, namespace: str, stop: threading.Event) -> Proof:
    """Prove one case in a namespace that is made for it and deleted behind it; raises Stopped."""
    begun = time.monotonic()
    output: list[str] = []
    try:
        with _namespace(kubectl, namespace):
            lab = begin(kubectl, case.entry.body(), namespace)
            try:
                with Follower(kubectl, lab, stop) as follower:
                    try:
                        _prove(case, kubectl, follower, output)
                    finally:
                        _give_power_back(kubectl, follower.lab)
            finally:
                kubectl.delete("tutoriallabs.tutoriallab.dev", lab.name, namespace)
    except Unproved as failed:
        spent = time.monotonic() - begun
        skipped = failed.seen if failed.skipped else ""
        tail = "\n".join("".join(output).splitlines()[-TAIL:])
        return Proof(case, failed.starts, False, spent, failed.wanted, failed.seen, tail, skipped)
    except CliError as error:
        return Proof(case, True, False, time.monotonic() - begun, "the lab can be proved", str(error))
    return Proof(case, True, True, time.monotonic() - begun)


@contextmanager
def _namespace(kubectl: Kubectl, name: str) -> Iterator[None]:
    try:
        kubectl.run("create", "namespace", name)
        yield
    finally:
        kubectl.delete("namespace", name)


def _prove(case: Case, kubectl: Kubectl, follower: Follower, output: list[str]) -> None:
    """Start, script, verdict; raises Unproved for what is not as it must be."""
    _opens(follower)
    _nothing_passes(follower)
    with ExitStack() as stack:
        process = stack.enter_context(desk(kubectl, follower.lab, case.script)).start(case.script)
        stack.callback(end, process)
        reader = threading.Thread(target=_collect, args=(process, output), daemon=True)
        reader.start()
        if case.kind == "solution":
            _completes(process, follower)
        else:
            _fails(case.script, process, follower)


def _give_power_back(kubectl: Kubectl, lab: Seen) -> None:
    """Start what the script has left stopped: the next lab needs the nodes."""
    if lab.spec and "NodePower" in lab.spec.requires.capabilities and lab.status.nodes:
        power = of_cluster(kubectl)
        for node in lab.status.nodes.values():
            power.start(node)


def _opens(follower: Follower) -> None:
    decided = follower.wait(lambda lab: _is_decided(lab) or _waits_for_its_turn(lab), OPENS_WITHIN)
    if decided and _waits_for_its_turn(follower.lab):
        # Other proofs have the nodes, or the names; each gives them back when it is done. Or one has stopped a node.
        decided = follower.wait(_is_decided, TURN_WITHIN)
    lab = follower.lab
    if lab.status.phase == "Active":
        decided = follower.wait(_is_judged, OPENS_WITHIN)
    if not decided:
        raise Unproved(f"the first step opens within {OPENS_WITHIN:.0f} s", _state(follower.lab))
    if lab.status.phase in {"Blocked", "Failed"}:
        raise Unproved("the lab starts", _state(lab), skipped=lab.lacks)


def _nothing_passes(follower: Follower) -> None:
    """At the start no check of the first step is passed, also not a moment later."""
    if not follower.stays(lambda lab: not _passed(lab), STARTS):
        names = ", ".join(_passed(follower.lab)) or "the step"
        raise Unproved(
            "nothing is passed before anything is done", f"{names} passed at the start", starts=False
        )


def _completes(process: subprocess.Popen[str], follower: Follower) -> None:
    ended = follower.wait(lambda _: process.poll() is not None, RUNS_WITHIN)
    code = process.poll()
    if not ended:
        raise Unproved(f"the script ends within {RUNS_WITHIN:.0f} s", _state(follower.lab))
    if code != 0:
        raise Unproved("the script ends with exit code 0", f"exit code {code}; {_state(follower.lab)}")
    if not follower.wait(lambda lab: lab.status.phase == "Completed", JUDGED_WITHIN):
        raise Unproved(f"the lab is Completed within {JUDGED_WITHIN:.0f} s", _state(follower.lab))


def _fails(script: Script, process: subprocess.Popen[str], follower: Follower) -> None:
    """The named check of the named step says what the mutant's head declares, and goes on saying it."""

    def shows(lab: Seen) -> bool:
        return _shows(script, lab)

    wanted = f"step {script.step}, check {script.check} is Failing with {script.message!r}"
    deadline = time.monotonic() + RUNS_WITHIN
    # A script that waits for what its mistake prevents never ends: then what it shows has to last longer.
    while process.poll() is None and time.monotonic() < deadline:
        follower.wait(
            lambda lab: process.poll() is not None or shows(lab), max(0.0, deadline - time.monotonic())
        )
        if process.poll() is None and follower.stays(
            lambda lab: shows(lab) and process.poll() is None, STAYS_WHILE_RUNNING
        ):
            return
    if process.poll() is None:
        raise Unproved(wanted, f"the script still ran after {RUNS_WITHIN:.0f} s; {_state(follower.lab)}")
    if process.returncode != 0:
        raise Unproved(
            "the script ends with exit code 0", f"exit code {process.returncode}; {_state(follower.lab)}"
        )
    deadline = time.monotonic() + JUDGED_WITHIN
    while time.monotonic() < deadline:
        follower.wait(lambda lab: shows(lab) or _is_past(script, lab), max(0.0, deadline - time.monotonic()))
        if _is_past(script, follower.lab):
            # Told once the next step is open, or the lab is Completed: a moment later.
            follower.wait(_has_gone_on, JUDGED_WITHIN)
            break
        if follower.stays(shows, STAYS):
            return
    raise Unproved(wanted, _state(follower.lab))


#: Reasons of labs that wait for another one to end, or for a node to come back.
_PASSING = frozenset({NODES_TAKEN, NODES_NOT_READY, OUTSIDE_CLAIMED})


def _is_decided(lab: Seen) -> bool:
    return is_decided(lab) and not _waits_for_its_turn(lab)


def _waits_for_its_turn(lab: Seen) -> bool:
    """Blocked, and goes on by itself when it is its turn."""
    return lab.status.phase == "Blocked" and any(one.reason in _PASSING for one in lab.status.conditions)


def _is_judged(lab: Seen) -> bool:
    """The first step is open and every check of it has been looked at; what it asks for has been answered."""
    current = lab.current()
    if current is None:
        return True
    _, step, progress = current
    return (
        progress.state == "Open"
        and len(progress.checks) == len(step.checks)
        and all(check.reason != ASKING for check in progress.checks)
    )


def _passed(lab: Seen) -> list[str]:
    """What is passed: checks of the open step, or steps."""
    steps = [step.name for step in lab.status.steps if step.state == "Passed"]
    return steps + [check.name for check in _open_checks(lab) if check.verdict == "Passed"]


def _open_checks(lab: Seen) -> list[CheckState]:
    current = lab.current()
    return list(current[2].checks) if current else []


def _shows(script: Script, lab: Seen) -> bool:
    if lab.status.step != script.step:
        return False
    return any(
        check.name == script.check and check.verdict == "Failing" and script.message in check.message
        for check in _open_checks(lab)
    )


def _is_past(script: Script, lab: Seen) -> bool:
    """The step that the mutant must not pass is passed: nothing can fail there any more."""
    return any(step.name == script.step and step.state == "Passed" for step in lab.status.steps)


def _has_gone_on(lab: Seen) -> bool:
    """Behind a passed step, the next one is open or the lab is done."""
    return bool(lab.status.step) or lab.status.phase != "Active"


def _state(lab: Seen) -> str:
    """Where the lab is and what its checks say, for an author."""
    if lab.status.phase != "Active":
        told = [one.message for one in lab.status.conditions if one.status == "False" and one.message]
        return f"the lab is {lab.status.phase}: {'; '.join([*told, lab.status.next])}"
    checks = [
        f"{one.name} is {one.verdict}" + (f" ({one.message})" if one.message else "")
        for one in _open_checks(lab)
    ]
    return f"step {lab.status.step} is open: {', '.join(checks) or 'nothing is judged'}"


def _collect(process: subprocess.Popen[str], output: list[str]) -> None:
    """Read what a script says, so that it never waits for a full pipe."""
    try:
        output.extend(iter(process.stdout or ()))
    except ValueError:
        # Closed by `end` while a child of the script still held it.
        return
