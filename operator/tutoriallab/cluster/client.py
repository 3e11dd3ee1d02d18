"""kubectl on an embedded cluster, as its administrator; called by embedded.py to see it come up."""

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from tutoriallab.cluster import workers
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.kubectl import CACHE
from tutoriallab.kube.conditions import is_ready

READY_WITHIN = 60.0
"""Seconds that a cluster may take from its processes' start to Ready workers."""
_PAUSE = 0.1


@dataclass(frozen=True)
class Client:
    """One cluster's kubectl; every call is a process of about 0.1 s."""

    kubectl: Path
    kubeconfig: Path

    def run(self, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run kubectl; a failure is in the return code, never raised."""
        cache = self.kubeconfig.parent / CACHE
        command = [str(self.kubectl), "--kubeconfig", str(self.kubeconfig), f"--cache-dir={cache}"]
        return subprocess.run(
            [*command, "--request-timeout=3s", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    def answers(self) -> bool:
        """Whether the API server says that it is ready."""
        return self.run("get", "--raw", "/readyz").returncode == 0

    def ready_workers(self) -> set[str]:
        """Names of the nodes that are Ready and not stopped; empty if the API server does not answer."""
        listed = self.run("get", "nodes", "--selector", workers.ON, "-o", "json")
        if listed.returncode != 0:
            return set()
        nodes = cast("list[dict[str, Any]]", json.loads(listed.stdout)["items"])
        return {node["metadata"]["name"] for node in nodes if is_ready(node)}

    def make_workers(self, still_up: Callable[[], None]) -> None:
        """Create the workers that are missing; return when all are Ready and pods can be made.

        `still_up` is called while waiting and raises when that is in vain. Raises ClusterError if the API server
        refuses the workers.
        """
        self._create_missing()
        while not (set(workers.WORKERS) <= self.ready_workers() and self._has_account()):
            still_up()
            time.sleep(_PAUSE)

    def _create_missing(self) -> None:
        listed = self.run("get", "nodes", "-o", "name").stdout.split()
        missing = [name for name in workers.WORKERS if f"node/{name}" not in listed]
        if not missing:
            return
        items = {"apiVersion": "v1", "kind": "List", "items": [workers.manifest(name) for name in missing]}
        made = self.run("create", "--validate=false", "-f", "-", stdin=json.dumps(items))
        if made.returncode != 0:
            raise ClusterError(
                f"The workers cannot be made ({made.stderr.strip()}): run the same command again."
            )

    def _has_account(self) -> bool:
        # The controller manager makes it; without it no pod is admitted.
        return self.run("get", "serviceaccount", "-n", "default", "default").returncode == 0
