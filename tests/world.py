"""What integration tests do with a cluster and its operator: apply labs, act as the learner, read statuses."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from operator_process import OperatorProcess, eventually

Json = dict[str, Any]


class Cluster(Protocol):
    """A cluster that the administrator's kubectl speaks to."""

    @property
    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig."""

    @property
    def kubectl_path(self) -> Path:
        """The program."""

    def kubectl(self, *arguments: str, stdin: str = "") -> str:
        """Run kubectl; a failure fails the test."""


@dataclass
class World:
    """A cluster with the operator at work."""

    cluster: Cluster
    operator: OperatorProcess

    def kubectl(self, *arguments: str, stdin: str = "") -> str:
        """What the learner types."""
        return self.cluster.kubectl(*arguments, stdin=stdin)

    def apply(self, *manifests: Json) -> None:
        """kubectl apply of these manifests in one command."""
        self.kubectl("apply", "-f", "-", stdin=yaml.safe_dump_all(manifests))

    def get(self, kind: str, name: str, namespace: str = "default") -> Json:
        """One object."""
        found: Json = json.loads(self.kubectl("get", kind, name, "-n", namespace, "-o", "json"))
        return found

    def all(self, kind: str, namespace: str = "default") -> list[Json]:
        """All objects of a kind."""
        found: list[Json] = json.loads(self.kubectl("get", kind, "-n", namespace, "-o", "json"))["items"]
        return found

    def names(self, kind: str, namespace: str = "default", *options: str) -> list[str]:
        """The names of all objects of a kind."""
        return (
            self.kubectl("get", kind, "-n", namespace, "-o", "name", *options).replace(f"{kind}/", "").split()
        )

    def status(self, lab: str, namespace: str = "default") -> Json:
        """A lab's status, empty while there is none."""
        status: Json = self.get("tutoriallab.tutoriallab.dev", lab, namespace).get("status", {})
        return status

    def checks(self, lab: str, namespace: str = "default") -> dict[str, tuple[str, str]]:
        """Verdict and message of every judged check, as step/check."""
        return {
            f"{step['name']}/{check['name']}": (check["verdict"], check.get("message", ""))
            for step in self.status(lab, namespace).get("steps", [])
            for check in step.get("checks", [])
        }

    def condition(self, lab: str, kind: str, namespace: str = "default") -> Json:
        """One condition of a lab."""
        conditions = self.status(lab, namespace).get("conditions", [])
        return next((one for one in conditions if one["type"] == kind), {})

    def until_phase(self, lab: str, *phases: str, namespace: str = "default", timeout: float = 30.0) -> Json:
        """Wait for one of these phases; the status then."""
        eventually(
            lambda: self.status(lab, namespace).get("phase") in phases,
            f"lab {lab} is {' or '.join(phases)}",
            lambda: json.dumps(self.status(lab, namespace), indent=1) + self.operator.log[-3_000:],
            timeout,
        )
        return self.status(lab, namespace)

    def until_verdict(
        self, lab: str, check: str, verdict: str, message: str = "", timeout: float = 20.0
    ) -> None:
        """Wait until a check has this verdict, and this text in its message."""

        def holds() -> bool:
            found = self.checks(lab).get(check, ("", ""))
            return found[0] == verdict and message in found[1]

        eventually(holds, f"{check} is {verdict} {message!r}", lambda: self.checks(lab), timeout)

    def delete_lab(self, *names: str, timeout: str = "60s") -> None:
        """Delete labs and wait until nothing of them is left."""
        self.kubectl("delete", "lab", *names, f"--timeout={timeout}", "--ignore-not-found")

    def discard(self, *names: str) -> None:
        """Delete labs that a test needs no more, without waiting for it."""
        self.kubectl("delete", "lab", *names, "--wait=false", "--ignore-not-found")

    def gone(self, kind: str, names: Sequence[str]) -> bool:
        """Whether none of these cluster-scoped objects is there."""
        return not set(names) & set(self.names(kind))
