"""What the commands that build images have in common: progress, where the image is, and a sentence when it failed."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tutoriallab.cli.progress import progress
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.progress import Progress


def run(build: Callable[[Progress], str], target: Path) -> int:
    """Run a build that writes `target` and returns the image's name; the exit code."""
    begun = time.monotonic()
    try:
        with progress() as reports:
            name = build(reports)
    except (ClusterError, OSError) as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    size = target.stat().st_size / 1e6
    sys.stdout.write(f"{name} is in {target} ({size:.0f} MB, {time.monotonic() - begun:.0f} s).\n")
    return 0
