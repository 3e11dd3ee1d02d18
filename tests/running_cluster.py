"""What the fixture `cluster` of the integration tests gives."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tutoriallab.cluster.places import Places


@dataclass(frozen=True)
class RunningCluster:
    """A cluster that a test may use: administrator's kubeconfig, kubectl, and where it lives."""

    name: str
    kubeconfig: Path
    kubectl_path: Path
    places: Places

    def kubectl(self, *arguments: str, stdin: str = "") -> str:
        """Run kubectl on the cluster and return what it says; a failure fails the test with its words."""
        command = [str(self.kubectl_path), "--kubeconfig", str(self.kubeconfig), *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=240)
        if done.returncode != 0:
            pytest.fail(f"kubectl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout
