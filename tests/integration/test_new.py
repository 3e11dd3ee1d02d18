"""What `new` makes can be proven as it is, and so can what docs/writing-labs.md makes of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from proving import typed_on
from running_cluster import RunningCluster
from world import World
from writing_labs import make_lost_service

pytestmark = pytest.mark.integration


def types(cluster: RunningCluster, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutoriallab", *arguments],
        cwd=folder,
        env={**os.environ, **typed_on(cluster)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_a_new_lab_is_proven_as_it_is(world: World, cluster: RunningCluster, tmp_path: Path) -> None:
    made = types(cluster, tmp_path, "new", "my-first-lab", "--title", "Mine")
    assert made.returncode == 0, made.stderr

    proven = types(cluster, tmp_path, "prove", "labs/mine/my-first-lab")
    assert proven.returncode == 0, proven.stdout + proven.stderr + world.operator.log[-3_000:]
    assert "✓ 1 of 1" in proven.stdout
    assert "✓ 2 of 2" in proven.stdout


def test_the_lab_of_the_page_for_authors_is_proven(
    world: World, cluster: RunningCluster, tmp_path: Path
) -> None:
    make_lost_service(tmp_path)

    proven = types(cluster, tmp_path, "prove", "mine/lost-service")
    assert proven.returncode == 0, proven.stdout + proven.stderr + world.operator.log[-3_000:]
    assert proven.stdout.count("✓ 2 of 2") == 2
