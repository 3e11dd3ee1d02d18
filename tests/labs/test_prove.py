"""Every lab of the catalogue on a real control plane: the start fails, solutions pass, mutants fail as they say."""

import os
import subprocess
import sys

import pytest

from world import World

pytestmark = pytest.mark.integration
#: Seconds for the whole catalogue; a lab that hangs is told by name long before.
PATIENCE = 3_600


def test_every_lab_is_proven(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutoriallab", "prove", "--all", "--jobs", "3"],
        env={**os.environ, "KUBECONFIG": str(world.cluster.kubeconfig), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    with capsys.disabled():
        sys.stdout.write(f"\n{done.stdout}")
    assert done.returncode == 0, done.stdout + done.stderr + world.operator.log[-3_000:]
