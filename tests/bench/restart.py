"""The operator starts again after every lab's object has changed while it was away; benches D and H."""

import time
from dataclasses import dataclass, replace

from bench.bodies import Json
from bench.idle import quiet
from bench.lab_watch import LabWatch
from bench.machine import Footprint
from bench.patience import until
from bench.prepare import Target
from bench.spread import Spread, spread
from bench.writing import Writing
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE

#: Seconds for a started operator to grade all labs.
STARTS = 120.0
#: Writes a second while the operator is away.
AWAY_RATE = 200
#: Labs that a failure tells of.
TOLD = 5
#: What is wanted: the verdict of each lab and check.
Wanted = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Restart:
    """From the start of the operator's process until every lab's verdict that had to turn was seen.

    `labs`: the same for each lab. CPU in seconds.
    """

    seconds: float
    labs: Spread
    cpu: float
    footprint: Footprint


async def restart(writing: Writing, session: Session, labs: LabWatch) -> Restart:
    """Stop it, change an object of every lab, start it; raises TimeoutError that names what was not graded."""
    ground, turns = writing.ground, writing.turns
    ground.operator.stop()
    targets = list({one.lab: one for one in writing.field.targets}.values())
    wanted = await _change_all(writing, labs, targets)
    turns.seen.clear()
    began = time.monotonic()
    ground.operator.launch()

    def missing() -> list[tuple[str, str]]:
        return [key for key, verdict in wanted.items() if labs.verdicts.get(key) != verdict]

    if not await until(lambda: not missing(), STARTS):
        raise TimeoutError(await _not_graded(session, missing(), wanted, ground.operator.log[-1_000:]))
    took, cpu = time.monotonic() - began, ground.footprint.cpu
    await quiet(ground)
    seen = [turns.first(lab, check, verdict) for (lab, check), verdict in wanted.items()]
    each = spread([at - began for at in seen if at is not None])
    return Restart(round(took, 2), each, cpu, ground.footprint)


async def _change_all(writing: Writing, labs: LabWatch, targets: list[Target]) -> Wanted:
    """Flip every target while the operator is away; the verdict that each must get."""
    wanted: Wanted = {}
    for on in (True, False):
        chosen = [one for one in targets if (labs.verdicts.get((one.lab, one.check)) != "Passed") == on]
        if chosen:
            plan = writing.plan(len(chosen) / AWAY_RATE, AWAY_RATE, 0)
            written = await writing.write(replace(plan, targets=[one.path for one in chosen], on=on))
            if written.failed or len(written.flips) != len(chosen):
                raise RuntimeError(
                    f"{len(written.flips)} of {len(chosen)} objects were changed while the operator was away; "
                    f"{written.failed} writes failed, the first: {written.failure}"
                )
        wanted |= {(one.lab, one.check): "Passed" if on else "Failing" for one in chosen}
    return wanted


async def _not_graded(session: Session, missing: list[tuple[str, str]], wanted: Wanted, log: str) -> str:
    """Which labs, as they stand in the API server now, and the last words of the operator."""
    lines = [
        f"{len(missing)} of {len(wanted)} labs were not graded {STARTS:.0f} s after the operator's start:"
    ]
    for lab, name in missing[:TOLD]:
        status = (await session.request("GET", RESOURCE.path("default", lab))).get("status") or {}
        steps: list[Json] = status.get("steps") or []
        checks: list[Json] = [check for step in steps for check in step.get("checks") or ()]
        check: Json = next((one for one in checks if one["name"] == name), {})
        lines.append(
            f"  {lab}: {status.get('phase')}; check {name} is {check.get('verdict')} since {check.get('since')}"
            f" ({check.get('message') or check.get('reason')}), wanted {wanted[lab, name]}; "
            f"next: {status.get('next')}"
        )
    return "\n".join([*lines, f"The operator's log ends: {log.strip() or '(empty)'}"])
