"""Has a writer, in a process of its own, carry out plans on what prepare.py has made; benches D and H."""

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.ground import Ground
from bench.prepare import Field
from bench.turns import Turns
from bench.writer import Plan, Written


@dataclass
class Writing:
    """The cluster, what can be written to, and what a watch on the labs sees of it."""

    ground: Ground
    field: Field
    turns: Turns
    plans: int = 0

    async def write(self, plan: Plan) -> Written:
        """Have the writer carry out a plan."""
        self.plans += 1
        given, output = (self.ground.folder / f"{name}-{self.plans}.json" for name in ("plan", "written"))
        given.write_text(json.dumps(asdict(plan)), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
        writer = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.writer", str(given), str(output), env=environment
        )
        if await writer.wait() != 0:
            raise RuntimeError("the writer failed: see above")
        written = Written(**json.loads(output.read_text(encoding="utf-8")))
        return replace(written, flips=[(number, on, at) for number, on, at in written.flips])

    def plan(self, seconds: float, relevant: int, irrelevant: int) -> Plan:
        """A plan at these rates; all targets are off before it."""
        targets = [one.path for one in self.field.targets]
        kubeconfig = str(self.ground.kubeconfig)
        return Plan(kubeconfig, seconds, relevant, irrelevant, targets, self.field.bystanders, on=True)
