"""What an author can get wrong in a lab's scripts: none there, not executable, heads that name nothing.

Called by `lint` for files called lab.yaml, which have their scripts beside them.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tutoriallab.cli.catalogue import Entry
from tutoriallab.cli.scripts import Script, read_script
from tutoriallab.lab.model import Spec

FEWEST_MUTANTS = 2


@dataclass(frozen=True)
class Finding:
    """One fault: file, line (from 1) and what to do."""

    file: Path
    line: int
    problem: str

    def __str__(self) -> str:
        """As compilers say it."""
        return f"{self.file}:{self.line}: {self.problem}"


def script_problems(entry: Entry, spec: Spec | None) -> Iterator[Finding]:
    """Everything that is wrong with a lab's scripts; without a spec, names are not compared."""
    if not (entry.folder / "solution.sh").is_file():
        yield Finding(
            entry.file, 1, "there is no solution.sh beside it: write what a good learner would type"
        )
    if len(entry.mutants) < FEWEST_MUTANTS:
        yield Finding(
            entry.file,
            1,
            f"there are {len(entry.mutants)} scripts in mutants/, at least {FEWEST_MUTANTS} are wanted: "
            "write mistakes that people make",
        )
    for file in [*entry.solutions, *entry.mutants]:
        try:
            script = read_script(file)
        except (OSError, UnicodeDecodeError) as failure:
            yield Finding(file, 1, f"cannot be read ({failure}): write it as UTF-8")
            continue
        yield from _runs(script)
        yield from _names(script, spec)
        if file in entry.mutants:
            yield from _head(script, spec)


def solutions(entry: Entry) -> list[str]:
    """What a lab's solutions type; one that cannot be read is told by script_problems."""
    found = []
    for file in entry.solutions:
        with suppress(OSError, UnicodeDecodeError):
            found.append(read_script(file).text)
    return found


def _runs(script: Script) -> Iterator[Finding]:
    if not os.access(script.file, os.X_OK):
        yield Finding(script.file, 1, f"is not executable: chmod +x {script.file}")
    if not script.text.startswith("#!/bin/sh\n"):
        yield Finding(script.file, 1, "does not begin with #!/bin/sh: it must run with any shell")
    said = subprocess.run(["/bin/sh", "-n", str(script.file)], capture_output=True, text=True, check=False)
    if said.returncode != 0:
        yield Finding(script.file, 1, f"{said.stderr.strip().rpartition(': ')[2]}: sh cannot read it")


def _names(script: Script, spec: Spec | None) -> Iterator[Finding]:
    steps = [step.name for step in spec.steps] if spec else []
    for line, name in script.steps:
        if steps and name not in steps:
            yield Finding(script.file, line, f"there is no step {name}: the lab has {', '.join(steps)}")


def _head(script: Script, spec: Spec | None) -> Iterator[Finding]:
    for name in ("step", "check", "message"):
        if not getattr(script, name):
            yield Finding(script.file, 1, f"its head has no `# {name}:`: say where the mistake must be seen")
    step = next((one for one in spec.steps if one.name == script.step), None) if spec else None
    checks = [check.name for check in step.checks] if step else []
    if script.check and checks and script.check not in checks:
        line = _line(script, "# check:")
        yield Finding(
            script.file, line, f"step {script.step} has no check {script.check}: it has {', '.join(checks)}"
        )


def _line(script: Script, start: str) -> int:
    for number, text in enumerate(script.text.splitlines(), start=1):
        if text.startswith(start):
            return number
    return 1
