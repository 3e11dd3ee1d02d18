"""What `new` makes can be proven as it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from proving import typed_on
from running_cluster import RunningCluster
from world import World

pytestmark = pytest.mark.integration


def test_a_new_lab_is_proven_as_it_is(world: World, cluster: RunningCluster, tmp_path: Path) -> None:
    def types(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tutoriallab", *arguments],
            cwd=tmp_path,
            env={**os.environ, **typed_on(cluster)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    made = types("new", "my-first-lab", "--title", "Mine")
    assert made.returncode == 0, made.stderr

    proven = types("prove", "labs/mine/my-first-lab")
    assert proven.returncode == 0, proven.stdout + proven.stderr + world.operator.log[-3_000:]
    assert "✓ 1 of 1" in proven.stdout
    assert "✓ 2 of 2" in proven.stdout
