"""The output of `sh -v` is told apart into what is typed and what is answered."""

import subprocess
from pathlib import Path

from tutoriallab.cli.solve import Line, lines

SCRIPT = """#!/bin/sh
# First of all.
set -eu

# step: one
echo "$WORKSPACE" "${LAB}x"
cat <<'YAML'
kind: Pod
YAML
echo again >&2
"""


def test_a_real_shell_says_its_lines_before_their_output(tmp_path: Path) -> None:
    file = tmp_path / "solution.sh"
    file.write_text(SCRIPT)
    values = {"WORKSPACE": "demo", "LAB": "lab"}
    ran = subprocess.run(
        ["/bin/sh", "-v", str(file)],
        env=values,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )

    told = list(lines(iter(ran.stdout.splitlines(keepends=True)), SCRIPT, values))

    assert told == [
        Line("comment", "# First of all."),
        Line("comment", "# step: one"),
        Line("command", 'echo demo "labx"'),
        Line("output", "demo labx"),
        Line("command", "cat <<'YAML'"),
        Line("command", "kind: Pod"),
        Line("command", "YAML"),
        Line("output", "kind: Pod"),
        Line("command", "echo again >&2"),
        Line("output", "again"),
    ]
