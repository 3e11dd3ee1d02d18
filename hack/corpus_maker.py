"""Makes the situations of the corpus on the current cluster and records them (`make corpus [CONTEXT=…]`).

Each in namespaces of its own, several at once; those of the other kind of cluster are left out, and that is said.
At the end it tells what diagnosis says of what was recorded.
"""

import argparse
import json
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import yaml

from corpus import snapshot
from corpus.replay import confusion, replay
from corpus.situation import Situation, WrongSituation, situations
from corpus_recording import cluster_of, ended, keep, settled, text_of
from tutoriallab.cli.proof_record import kind_of_cluster
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.select import selections
from tutoriallab.grade.settle import condition_missing
from tutoriallab.lab.texts import fill, fill_all
from tutoriallab.provision.lease.marks import CONTROL_PLANE
from tutoriallab.words.sentence import Sentence

Json = dict[str, Any]

KINDS = (
    *("pods", "services", "endpointslices", "persistentvolumeclaims", "configmaps", "secrets", "events"),
    *("serviceaccounts", "resourcequotas", "limitranges", "replicationcontrollers", "deployments.apps"),
    *("replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch"),
    *("ingresses.networking.k8s.io", "networkpolicies.networking.k8s.io", "poddisruptionbudgets.policy"),
    "horizontalpodautoscalers.autoscaling",
)
OF_CLUSTER = ("nodes", "persistentvolumes", "storageclasses.storage.k8s.io", "namespaces")
#: Kinds of manifests that do not lie in the namespace; they are labelled, and taken away by their label.
MADE_OF_CLUSTER = {
    "Node": "nodes",
    "PersistentVolume": "persistentvolumes",
    "StorageClass": "storageclasses",
    "PriorityClass": "priorityclasses",
}
LABEL = "tutoriallab.dev/corpus"
#: Lines of a container's log that are kept.
LINES = 20
PACE = 2.0


class CannotMake(Exception):
    """A situation that could not be made; says why."""


@dataclass(frozen=True)
class Kubectl:
    """kubectl on one context; raises CannotMake with its words."""

    context: str

    def __call__(self, *arguments: str, stdin: str = "") -> str:
        """Run it; what it prints."""
        command = ["kubectl", *(["--context", self.context] if self.context else []), *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=180)
        if done.returncode != 0:
            raise CannotMake(f"kubectl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout

    def objects(self, kinds: Sequence[str], *where: str) -> list[Json]:
        """All objects of these kinds."""
        found: list[Json] = json.loads(self("get", ",".join(kinds), "-o", "json", *where))["items"]
        return found


class Making:
    """One situation on its way from nothing to its snapshot."""

    def __init__(self, situation: Situation, kubectl: Kubectl, timeout: float) -> None:
        self.situation = situation
        self.written = situation.written
        self.workspace = f"corpus-{situation.name}"
        self.lab = f"{self.workspace}-lab"
        self.names = {"workspace": self.workspace, "lab": self.lab}
        self._kubectl = kubectl
        self._timeout = timeout

    def say(self, text: str) -> None:
        """One line of progress."""
        sys.stdout.write(f"{datetime.now():%H:%M:%S} {self.situation.name}: {text}\n")
        sys.stdout.flush()

    def make(self) -> str | None:
        """Make, wait, record, take away; None, or why it could not be made."""
        try:
            self._begin()
            self._wait()
            self._record()
        except CannotMake as problem:
            self.say(f"NOT MADE: {problem}")
            return str(problem)
        finally:
            self._take_away()
        return None

    def _begin(self) -> None:
        self.say("making")
        if "${node1}" in json.dumps(self.situation.manifests):
            self.names["node1"] = self._worker()
        for namespace in (self.workspace, self.lab) if self._uses_lab else (self.workspace,):
            self._kubectl("create", "namespace", namespace)
            self._kubectl("wait", "-n", namespace, "--for=create", "serviceaccount/default", "--timeout=60s")
        self._apply(self.written.manifests)
        for command in self.written.after:
            self._kubectl("-n", self.workspace, *shlex.split(fill(command, self.names))[1:])
        self._apply(self.written.again)

    def _worker(self) -> str:
        """The first node that is no control plane."""
        nodes = (one["metadata"] for one in self._kubectl.objects(["nodes"]))
        return min(one["name"] for one in nodes if CONTROL_PLANE.isdisjoint(one["labels"]))

    def _apply(self, manifests: list[Json]) -> None:
        for manifest in fill_all(manifests, self.names):
            if manifest["kind"] in MADE_OF_CLUSTER:
                manifest["metadata"].setdefault("labels", {})[LABEL] = self.workspace
            self._kubectl("apply", "-n", self._namespace(manifest), "-f", "-", stdin=yaml.safe_dump(manifest))

    def _namespace(self, manifest: Json) -> str:
        return str(manifest["metadata"].get("namespace", self.workspace))

    @property
    def _uses_lab(self) -> bool:
        return "${lab}" in json.dumps([self.situation.manifests, self.written.after])

    def _wait(self) -> None:
        if self.written.until:
            end, told = time.monotonic() + self._timeout, ""
            while lacks := str(self._lacks() or ""):
                if time.monotonic() > end:
                    raise CannotMake(f"after {self._timeout:.0f} s still: {lacks}")
                if lacks != told:
                    self.say(f"waits: {lacks}")
                    told = lacks
                time.sleep(PACE)
        time.sleep(self.written.seconds)

    def _lacks(self) -> Sentence | None:
        """What `until` still lacks."""
        seen = snapshot.Snapshot({**self._recorded({}), "objects": self._objects()})
        settle = self.situation.compiled().settle
        assert settle  # noqa: S101 - `compiled` always makes one
        chosen = selections(settle, self.workspace, self.names)
        return condition_missing(settle, chosen, seen.select, Scope(self.workspace, {}))

    def _objects(self) -> list[Json]:
        found = self._kubectl.objects(OF_CLUSTER)
        for namespace in (self.workspace, self.lab) if self._uses_lab else (self.workspace,):
            found += self._kubectl.objects(KINDS, "-n", namespace)
        return keep(found, self.workspace, self.lab)

    def _logs(self, objects: list[Json]) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        pods = [one for one in objects if one["kind"] == "Pod"]
        namespaces = {one["metadata"]["name"]: one["metadata"]["namespace"] for one in pods}
        for pod, container, previous in ended(pods):
            which = ("--previous",) if previous else ()
            try:
                text = self._kubectl(
                    "logs", pod, "-n", namespaces[pod], "-c", container, f"--tail={LINES}", *which
                )
            except CannotMake:
                continue  # A container that was never started has no log.
            found.setdefault(pod, {})[container] = text.splitlines()
        return found

    def _recorded(self, logs: dict[str, dict[str, list[str]]]) -> Json:
        return {
            "workspace": self.workspace,
            "kubernetes": json.loads(self._kubectl("version", "-o", "json"))["serverVersion"]["gitVersion"],
            "recorded": datetime.now(UTC).isoformat(timespec="seconds"),
            "logs": logs,
            "objects": [],
        }

    def _record(self) -> None:
        objects = self._objects()
        recorded = {**self._recorded(self._logs(objects)), "objects": objects}
        nodes = [one for one in objects if one["kind"] == "Node"]
        text = settled(text_of(recorded), objects, cluster_of(nodes))
        if re.search(rf"\b{re.escape(socket.gethostname())}\b", text):
            raise CannotMake("the name of this machine stands in what was recorded: add its field to _NOISE")
        said = replay(self.situation, snapshot.Snapshot(json.loads(text)))
        if not said.asks_diagnosis:
            verdict = said.judgement
            self.say(
                f"its check does not ask diagnosis: {verdict.verdict} {verdict.reason} {verdict.message}"
            )
        (snapshot.FOLDER / f"{self.situation.name}.json").write_text(text, encoding="utf-8")
        self.say(f"recorded; {'right' if said.right else 'WRONG'}: {str(said).partition(': ')[2]}")

    def _take_away(self) -> None:
        """Everything of it, also what a finalizer holds; goes on where something is not there any more."""
        run = partial(self._try, "delete", "--ignore-not-found", "--wait=false")
        made = {
            MADE_OF_CLUSTER[one["kind"]] for one in self.situation.manifests if one["kind"] in MADE_OF_CLUSTER
        }
        for one in self._held():
            self._try(
                "patch", "-n", self.workspace, one, "--type=merge", '-p={"metadata":{"finalizers":null}}'
            )
        run("pods", "--all", "-n", self.workspace, "--force", "--grace-period=0")
        run("namespace", self.workspace, *([self.lab] if self._uses_lab else []))
        if made:
            run(",".join(sorted(made)), "-n", "kube-node-lease", "-l", f"{LABEL}={self.workspace}")

    def _held(self) -> list[str]:
        """Objects that a manifest puts a finalizer on."""
        return [
            f"{one['kind'].lower()}/{one['metadata']['name']}"
            for one in self.situation.manifests
            if one["metadata"].get("finalizers")
        ]

    def _try(self, *arguments: str) -> None:
        try:
            self._kubectl(*arguments)
        except CannotMake as problem:
            self.say(f"left behind: {problem}")


def main() -> int:
    """Make what fits the cluster; the exit code is 1 when one could not be made."""
    options = _options()
    kubectl = Kubectl(options.context)
    try:
        chosen, cluster = _chosen(options.names, kubectl)
    except (CannotMake, WrongSituation) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    makings = [Making(one, kubectl, options.timeout) for one in chosen]
    # A node that is there for one situation stands in what the scheduler says of all others.
    alone = [one for one in makings if any(m["kind"] == "Node" for m in one.situation.manifests)]
    with ThreadPoolExecutor(options.at_once) as several:
        failed = list(several.map(Making.make, [one for one in makings if one not in alone]))
    failed += [one.make() for one in alone]
    _tell(chosen)
    problems = [one for one in failed if one]
    sys.stdout.write(f"{len(chosen) - len(problems)} of {len(chosen)} situations recorded on {cluster}\n")
    return 1 if problems else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make corpus", description=__doc__)
    parser.add_argument("names", nargs="*", help="situations; all that fit the cluster when left out")
    parser.add_argument(
        "--context", default="", help="context of the kubeconfig; the current one when left out"
    )
    parser.add_argument("--at-once", type=int, default=3, help="situations at the same time")
    parser.add_argument("--timeout", type=float, default=240, help="seconds until a situation must be there")
    return parser.parse_args()


def _chosen(names: Sequence[str], kubectl: Kubectl) -> tuple[list[Situation], str]:
    """The situations that are asked for and fit the cluster, and what cluster it is."""
    known = {one.name: one for one in situations()}
    if unknown := sorted(set(names) - set(known)):
        raise CannotMake(f"there is no situation {', '.join(unknown)}: see tests/corpus/situations")
    cluster = kind_of_cluster(kubectl.objects(["nodes"]))
    asked = [known[name] for name in names] or list(known.values())
    chosen = [one for one in asked if one.written.cluster == cluster]
    for one in chosen:
        one.compiled()  # A mistake in a situation is told before anything is made.
    if left := len(asked) - len(chosen):
        sys.stdout.write(f"This cluster is {cluster}: {left} situations of another kind are left out.\n")
    return chosen, cluster


def _tell(chosen: Sequence[Situation]) -> None:
    """What diagnosis says of all that is recorded."""
    recorded = [one for one in chosen if (snapshot.FOLDER / f"{one.name}.json").exists()]
    said = [replay(one, snapshot.load(one.name)) for one in recorded]
    for one in said:
        if not one.right:
            sys.stdout.write(f"WRONG {one}\n")
    for wanted, count, right, told in confusion(said):
        sys.stdout.write(f"{wanted:24} {right} of {count} {told}\n")


if __name__ == "__main__":
    sys.exit(main())
