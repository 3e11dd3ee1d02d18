"""The command line's only way to the cluster: kubectl as a subprocess, so that contexts and sign-in are its own.

Called by every command that speaks to a cluster. What kubectl refuses becomes a CliError with the way out
(`refusal.py`).
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from tutoriallab.cli.error import CliError
from tutoriallab.cli.refusal import NotFound, refusal
from tutoriallab.cluster.pins import PROGRAMS
from tutoriallab.cluster.places import Places

#: Resource name that no other CRD can shadow.
LABS = "tutoriallabs.tutoriallab.dev"
#: Seconds that the API server may take for one answer before it counts as gone.
PATIENCE = 10

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Kubectl:
    """kubectl with the context that the user named, and the environment it runs in."""

    path: Path
    context: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    sheltered: bool = False
    """Ctrl-C does not reach kubectl: for code that has to clean up after it."""

    @classmethod
    def find(cls, context: str = "") -> "Kubectl":
        """kubectl as the user named it, else of the cache, else of PATH; raises CliError when there is none."""
        places = Places.from_environment(os.environ)
        cached = places.program_folder(PROGRAMS["kubectl"].module.version) / "kubectl"
        on_path = shutil.which("kubectl", path=places.search_path)
        named = places.programs.get("kubectl")
        path = named or (cached if cached.is_file() else None) or (Path(on_path) if on_path else None)
        if path is None:
            raise CliError("There is no kubectl on this machine: run `tutoriallab up`, or install kubectl.")
        return cls.at(path, context, places)

    @classmethod
    def at(cls, path: Path, context: str, places: Places) -> "Kubectl":
        """This kubectl; its discovery cache lies in ours, where it would leave one in the user's home."""
        folder = os.environ.get("KUBECACHEDIR") or str(places.cache / "kubectl")
        return cls(path, context, {"KUBECACHEDIR": folder})

    def argv(self, *arguments: str) -> list[str]:
        """The command to run, context included."""
        chosen = [f"--context={self.context}"] if self.context else []
        return [str(self.path), *chosen, *arguments]

    def run(self, *arguments: str, stdin: str | None = None) -> str:
        """What kubectl says on stdout; raises CliError (NotFound) with the way out when it fails."""
        bounded = [f"--request-timeout={PATIENCE}s"] if arguments[0] != "config" else []
        try:
            done = subprocess.run(
                self.argv(*arguments, *bounded),
                input=stdin,
                capture_output=True,
                text=True,
                check=False,
                env=self._env(),
                process_group=0 if self.sheltered else None,
            )
        except OSError as failure:
            raise CliError(f"{self.path} does not run ({failure.strerror}): install kubectl anew.") from None
        if done.returncode != 0:
            raise refusal(done.stderr, self.context)
        return done.stdout

    def get(self, kind: str, name: str, namespace: str = "") -> Body:
        """One object; raises NotFound or another CliError."""
        return cast("Body", json.loads(self.run("get", kind, name, *_in(namespace), "-o", "json")))

    def find_one(self, kind: str, name: str, namespace: str = "") -> Body | None:
        """One object, or None when it does not exist."""
        try:
            return self.get(kind, name, namespace)
        except NotFound:
            return None

    def list(self, kind: str, namespace: str = "") -> list[Body]:
        """All objects of a kind in a namespace; in all namespaces without one."""
        where = _in(namespace) or ["--all-namespaces"]
        return cast("list[Body]", json.loads(self.run("get", kind, *where, "-o", "json"))["items"])

    def apply(self, body: Body, namespace: str) -> Body:
        """Apply one object server-side; fields that others own are taken over."""
        said = self.run(
            "apply",
            "--server-side",
            "--force-conflicts",
            "--field-manager=tutoriallab-cli",
            *_in(namespace),
            "-o",
            "json",
            "-f",
            "-",
            stdin=json.dumps(body),
        )
        return cast("Body", json.loads(said))

    def patch(self, name: str, namespace: str, change: Body) -> Body:
        """Merge-patch a lab and return it as it is now."""
        text = json.dumps(change)
        said = self.run("patch", LABS, name, *_in(namespace), "--type=merge", "-p", text, "-o", "json")
        return cast("Body", json.loads(said))

    def annotate(self, name: str, namespace: str, annotations: Mapping[str, str | None]) -> Body:
        """Set annotations of a lab; None removes one."""
        return self.patch(name, namespace, {"metadata": {"annotations": dict(annotations)}})

    def delete(self, kind: str, name: str, namespace: str = "") -> None:
        """Delete an object without waiting for its end; one that does not exist is fine."""
        self.run("delete", kind, name, *_in(namespace), "--wait=false", "--ignore-not-found")

    def server_version(self) -> str:
        """The version of Kubernetes that the API server says, for example v1.34.4."""
        return str(json.loads(self.run("version", "-o", "json"))["serverVersion"]["gitVersion"])

    def start_watch(self, name: str, namespace: str) -> subprocess.Popen[str]:
        """kubectl watching one lab; `stream.py` reads its stdout and ends it."""
        # Not `get NAME -w`: that drops the first event of its watch, and with it a change that came between
        # its get and its watch. A list by name watches from where the list was taken.
        by_name = f"--field-selector=metadata.name={name}"
        told = ["-w", "--output-watch-events", "-o", "json"]
        return self.start("get", LABS, by_name, *_in(namespace), *told)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """kubectl at work for long; whoever starts it reads its stdout and ends it."""
        return subprocess.Popen(
            self.argv(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self._env(),
            # Ctrl-C is ours to handle; kubectl is ended by us.
            start_new_session=True,
        )

    def namespace(self) -> str:
        """The context's own namespace."""
        said = self.run("config", "view", "--minify", "-o", "jsonpath={..namespace}")
        return said.strip() or "default"

    def current_context(self) -> str:
        """The context in use; raises CliError when there is none."""
        return self.context or self.run("config", "current-context").strip()

    def kubeconfig(self) -> str:
        """A kubeconfig of this context alone, with everything inside, for scripts."""
        return self.run("config", "view", "--minify", "--flatten", "--raw")

    def _env(self) -> dict[str, str]:
        return {**os.environ, **self.environment}


def _in(namespace: str) -> Sequence[str]:
    return ["--namespace", namespace] if namespace else []
