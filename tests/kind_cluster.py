"""What the tests on kind share: the cluster that `up` made, with pytest-kind's hands on it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_kind import KindCluster

from operator_process import eventually
from tutoriallab.cluster.places import Places

Json = dict[str, Any]
NAME = "kindtests"
SOURCE = Path(__file__).resolve().parents[1] / "operator"


@dataclass(frozen=True)
class Learner:
    """Somebody with a home and a cache of their own, who has an engine and an archive of the node image."""

    environment: dict[str, str]
    places: Places
    archive: Path

    def types(self, *arguments: str) -> str:
        """stdout and stderr of a command on the cluster of these tests that succeeds."""
        ran = self.tries(*arguments)
        assert ran.returncode == 0, ran.stderr + ran.stdout
        return ran.stdout + ran.stderr

    def tries(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The same for a command that may fail."""
        argv = [sys.executable, "-m", "tutoriallab", *arguments, "--name", NAME]
        return subprocess.run(
            argv, env=self.environment, capture_output=True, text=True, check=False, timeout=400
        )

    def up(self) -> str:
        """What a learner without a registry types."""
        return self.types(*self._up())

    def is_cut_off_while_making(self) -> None:
        """The same, killed two seconds after it has called kind."""
        argv = [sys.executable, "-m", "tutoriallab", *self._up(), "--name", NAME]
        record = self.places.cluster_folder(NAME) / "kind.json"
        with subprocess.Popen(argv, env=self.environment, stderr=subprocess.DEVNULL) as process:
            eventually(record.exists, "kind is called", timeout=120)
            time.sleep(2)
            process.kill()

    def _up(self) -> list[str]:
        return ["up", "--provider", "kind", "--offline", str(self.archive), "--lab", "none"]


@dataclass(frozen=True)
class RealCluster:
    """The cluster: pytest-kind's, whose failures here tell kubectl's own words."""

    handle: KindCluster
    kubeconfig: Path

    @property
    def kubectl_path(self) -> Path:
        """The program."""
        return Path(self.handle.kubectl_path)

    def kubectl(self, *arguments: str, stdin: str = "") -> str:
        """Run kubectl and return what it says; a failure fails the test with its words."""
        try:
            said: str = self.handle.kubectl(*arguments, input=stdin, stderr=subprocess.PIPE, timeout=240)
        except subprocess.CalledProcessError as failure:
            pytest.fail(f"kubectl {' '.join(arguments)}: {failure.stderr.strip()}")
        return said

    def apply(self, namespace: str, *manifests: Json) -> None:
        """kubectl apply in a namespace."""
        self.kubectl("apply", "-n", namespace, "-f", "-", stdin=yaml.safe_dump_all(manifests))

    def get(self, *arguments: str) -> Json:
        """What kubectl get says, as JSON."""
        found: Json = json.loads(self.kubectl("get", *arguments, "-o", "json"))
        return found

    def nodes(self) -> dict[str, Json]:
        """All nodes by name."""
        return {node["metadata"]["name"]: node for node in self.get("nodes")["items"]}

    @contextmanager
    def namespace(self, name: str) -> Iterator[str]:
        """A namespace for one test; all in it goes with it."""
        self.kubectl("create", "namespace", name)
        # Pods are admitted once their ServiceAccount is there.
        eventually(lambda: self.kubectl("get", "serviceaccounts", "-n", name, "-o", "name"), "an account")
        try:
            yield name
        finally:
            self.kubectl("delete", "namespace", name, "--timeout=120s")
