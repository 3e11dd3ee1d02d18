"""How a cluster is reached as its administrator, and kubectl on it; a failure is told in one sentence.

Called by install.py, in_cluster.py and doctor.py; client.py has what a cluster that comes up needs.
"""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutoriallab.cluster.error import ClusterError

#: Folder of kubectl's own cache; without one of ours it would leave one in the user's home.
CACHE = "kubectl-cache"
#: Seconds that one kubectl may take.
PATIENCE = 60


class KubectlError(ClusterError):
    """kubectl could not do it; the message's last part says what to do."""


@dataclass(frozen=True)
class Access:
    """A cluster as its administrator reaches it: by a kubeconfig of its own, or by a context of the user's."""

    kubectl: Path
    kubeconfig: Path | None = None
    context: str = ""

    @property
    def command(self) -> list[str]:
        """kubectl with its options for the cluster."""
        return [str(self.kubectl), *self._options("--context")]

    @property
    def helm_options(self) -> list[str]:
        """The same options, by the names that helm has for them."""
        return self._options("--kube-context")

    def _options(self, context: str) -> list[str]:
        kubeconfig = [f"--kubeconfig={self.kubeconfig}"] if self.kubeconfig else []
        return [*kubeconfig, *([f"{context}={self.context}"] if self.context else [])]


class Kubectl:
    """Runs kubectl on one cluster."""

    def __init__(
        self, command: Sequence[str], cache: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self._command = [*command, f"--cache-dir={cache}"]
        self._environment = environment

    def __call__(self, *arguments: str, given: str = "", patience: float = PATIENCE) -> str:
        """What it says on stdout, `given` being its stdin; raises KubectlError."""
        try:
            done = subprocess.run(
                [*self._command, *arguments],
                input=given,
                env=self._environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=patience,
            )
        except OSError as error:
            text = f"{self._command[0]} cannot be run ({error.strerror}): install kubectl, or name its path."
            raise KubectlError(text) from error
        except subprocess.TimeoutExpired as error:
            text = f"The cluster did not answer kubectl {arguments[0]} within {patience:.0f} s: see whether it is up."
            raise KubectlError(text) from error
        if done.returncode != 0:
            raise KubectlError(_sentence(arguments[0], done.stderr))
        return done.stdout


#: What kubectl says, and what to do then.
_WAYS_OUT = (
    ("no matches for kind", "use a cluster with Kubernetes 1.30 or newer"),
    ("refused", "see whether the cluster is up"),
    ("no such host", "see whether the cluster's address is right"),
    ("context was not found", "name a context that kubectl config get-contexts shows"),
    ("does not exist", "name a context that kubectl config get-contexts shows"),
    ("orbidden", "use a context with the rights of a cluster administrator"),
    ("nauthorized", "log in to the cluster again"),
    ("must be logged in", "log in to the cluster again"),
)


def _sentence(verb: str, stderr: str) -> str:
    lines = [
        line for line in stderr.splitlines() if line.strip() and not line.startswith(("Warning:", "W", "I"))
    ]
    said = (lines[-1] if lines else "it gave no reason").strip().removeprefix("error: ")
    way_out = next(
        (way for sign, way in _WAYS_OUT if sign in stderr), "see what kubectl version says, and try again"
    )
    return f"kubectl {verb} failed ({said[:400]}): {way_out}."
