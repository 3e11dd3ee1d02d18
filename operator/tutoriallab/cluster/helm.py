"""helm on one cluster, and the one release that is the operator; called by in_cluster.py.

helm gets nothing of the user's own settings but the way to the cluster. Whoever is killed while helm works leaves a
release under way, and helm refuses to touch it ever after: `clear_interrupted` takes such revisions away.
"""

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tutoriallab.cluster.engine import last_line
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.install import NAMESPACE
from tutoriallab.cluster.kubectl import CACHE, Kubectl
from tutoriallab.cluster.processes import ends_with_us, marked

RELEASE = "tutoriallab"
#: Label of the release's revisions that `up` made: a digest of what it was made of.
MARK = "tutoriallab.dev/up"
#: Seconds that one helm may take: it waits for no pod.
PATIENCE = 120
_UNDER_WAY = ("pending-install", "pending-upgrade", "pending-rollback", "uninstalling")
_WAYS_OUT = (
    ("another operation", "another helm works on it: wait for it, and run this again"),
    ("orbidden", "use a context with the rights of a cluster administrator"),
    ("nauthorized", "log in to the cluster again"),
    ("schema", "correct the setting, see docs/settings.md"),
    ("refused", "see whether the cluster is up"),
)


@dataclass(frozen=True)
class Revision:
    """One revision of the release, as its Secret tells it."""

    number: int
    status: str
    mark: str
    """What `up` made it of; empty when it was somebody else."""

    @property
    def under_way(self) -> bool:
        """Whether helm works on it, or was killed while it did."""
        return self.status in _UNDER_WAY


def revisions(kubectl: Kubectl) -> list[Revision]:
    """All that is known of the release, the newest last; raises KubectlError."""
    selector = f"owner=helm,name={RELEASE}"
    shown = 'jsonpath={range .items[*]}{.metadata.labels}{"\\n"}{end}'
    listed = kubectl("get", "secrets", f"--namespace={NAMESPACE}", f"--selector={selector}", "-o", shown)
    labels = [json.loads(line) for line in listed.splitlines() if line.strip()]
    found = [Revision(int(one["version"]), one.get("status", ""), one.get(MARK, "")) for one in labels]
    return sorted(found, key=lambda one: one.number)


class Helm:
    """Runs helm on one cluster."""

    def __init__(
        self, program: Path, options: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> None:
        self._command = [str(program), f"--namespace={NAMESPACE}", *options]
        home = folder / "helm"
        self._mark = f"HELM_CACHE_HOME={home / 'cache'}"
        # A driver, a namespace or a token of the user's HELM_… would lead helm elsewhere than kubectl.
        kept = {name: value for name, value in environment.items() if not name.startswith("HELM_")}
        own = {f"HELM_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA")}
        self._environment = {**kept, **own, "KUBECACHEDIR": str(folder / CACHE)}

    def __call__(self, *arguments: str) -> str:
        """What it says on stdout; raises ClusterError in one sentence. Whatever ends us ends it."""
        with subprocess.Popen(
            [*self._command, *arguments],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                with ends_with_us(process):
                    said, complained = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                raise ClusterError(
                    f"helm {arguments[0]} did not end within {PATIENCE} s: see whether the cluster is up."
                ) from None
        if process.returncode != 0:
            raise ClusterError(sentence(arguments[0], complained))
        return said

    def clear_interrupted(self, kubectl: Kubectl) -> bool:
        """Take away what a run that was killed left under way; whether there was something."""
        for stray in marked(self._mark):
            with suppress(ProcessLookupError):
                os.kill(stray, signal.SIGKILL)
        cut = [f"sh.helm.release.v1.{RELEASE}.v{one.number}" for one in revisions(kubectl) if one.under_way]
        if cut:
            # What it had made is taken over by the next revision (--take-ownership).
            kubectl("delete", "secret", *cut, f"--namespace={NAMESPACE}", "--ignore-not-found")
        return bool(cut)


def sentence(verb: str, stderr: str) -> str:
    """What helm says, in one sentence with what to do; where values are refused, which and why."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    refused = [line.removeprefix("- ") for line in lines if line.startswith("- ")]
    said = "; ".join(refused) if refused else last_line(stderr).removeprefix("Error: ")
    way = next((way for sign, way in _WAYS_OUT if sign in stderr), "see what went wrong, and run this again")
    return f"helm {verb} failed ({said[:500]}): {way}."
