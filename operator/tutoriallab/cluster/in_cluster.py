"""The operator in the cluster: the chart's release, installed, found again, taken away; called by up.py and down.py.

Only what `up` has installed is changed: its revisions bear a mark (`helm.MARK`). What an administrator has installed
is recognised and left alone. `beside.py` is the other place for an operator.
"""

import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from tutoriallab.cluster.beside import stop_operator
from tutoriallab.cluster.chart_values import chart_values
from tutoriallab.cluster.engine import last_line
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.helm import MARK, RELEASE, Helm, revisions
from tutoriallab.cluster.install import NAMESPACE, OPERATOR, PAGE, readings, take_away_unasked
from tutoriallab.cluster.kubectl import CACHE, Access, Kubectl, KubectlError
from tutoriallab.cluster.operator_image import OperatorImage
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Progress
from tutoriallab.cluster.rollout import Rollout, rollout
from tutoriallab.data import chart_dir
from tutoriallab.settings import Settings

#: Seconds from an applied Deployment to operators that are all ready.
READY_WITHIN = 180.0
#: Seconds for the operators to end.
GONE_WITHIN = 90
_PAUSE = 1.0
_SELECTED = "app.kubernetes.io/name=tutoriallab,app.kubernetes.io/component=operator"
_IN_SYSTEM = f"--namespace={NAMESPACE}"


@dataclass(frozen=True)
class Present:
    """The operator that a cluster has in it."""

    release: str
    """Helm's release that it belongs to; empty when somebody installed it without helm."""
    ours: bool
    """Whether `up` installed it."""
    text: str
    """How it is, for people: 2 of 2 ready."""

    @property
    def way_out(self) -> str:
        """How whoever installed it takes it away."""
        if self.release:
            return f"helm uninstall {self.release} --namespace {NAMESPACE}"
        return f"kubectl delete deployment {OPERATOR} --namespace {NAMESPACE}"


class InCluster:
    """One cluster as a place for the operator."""

    def __init__(
        self, access: Access, folder: Path, places: Places, environment: Mapping[str, str], progress: Progress
    ) -> None:
        self._access, self._folder, self._places = access, folder, places
        self._environment, self._progress = environment, progress
        # kubectl diff would start the user's own program for differences, which may wait for them.
        mine = {name: value for name, value in environment.items() if name != "KUBECTL_EXTERNAL_DIFF"}
        self._kubectl = Kubectl(access.command, folder / CACHE, mine)

    def find(self) -> Present | None:
        """The operator in the cluster, if there is one; one kubectl call, about 0.1 s. Raises KubectlError."""
        arguments = ("get", "deployment", OPERATOR, _IN_SYSTEM, "--ignore-not-found", "-o", "json")
        shown = self._kubectl(*arguments, "--request-timeout=10s", patience=20)
        if not shown.strip():
            return None
        found = json.loads(shown)
        release = (found["metadata"].get("annotations") or {}).get("meta.helm.sh/release-name", "")
        ready, wanted = found.get("status", {}).get("readyReplicas", 0), found["spec"].get("replicas", 1)
        return Present(release, release == RELEASE and self._is_ours(), f"{ready} of {wanted} ready")

    def operate(self, settings: Settings, image: OperatorImage) -> Literal["started", "found"]:
        """The operators run in the cluster with these settings, and one works; raises ClusterError.

        An operator beside is stopped before: there are never two that do not know of each other.
        """
        self._refuse_others()
        self._progress.step("Looking for the operator in the cluster", 0, 0)
        helm = self._helm()
        reads = readings(self._kubectl, settings.extra_kinds)
        values = chart_values(self._environment, reads, image)
        mark = digest(values, chart_dir())
        if helm.clear_interrupted(self._kubectl):
            self._progress.note("The operator's installation was interrupted: it goes on.")
        came: Literal["started", "found"] = "found" if self._is_as_wanted(helm, mark) else "started"
        if came == "found":
            stop_operator(self._folder)
        else:
            self._install(helm, values, mark)
            rights = {"outside": settings.allow_outside, "extra_kinds": bool(settings.extra_kinds)}
            take_away_unasked(self._kubectl, **rights)
        self.await_ready()
        return came

    def await_ready(self) -> None:
        """Wait until all operators are ready and one works; raises ClusterError that says why it will not be."""
        deadline = time.monotonic() + READY_WITHIN
        while (now := self._now()).waits_for or not now.done:
            what = f"{now.ready} of {now.wanted} ready" + (f", {now.waits_for}" if now.waits_for else "")
            if now.stuck:
                raise ClusterError(
                    f"The operator in the cluster does not start ({self._why(now)}): {now.way}."
                )
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"The operators in the cluster are not ready after {READY_WITHIN:.0f} s ({what}): see "
                    f"kubectl describe pods --namespace {NAMESPACE}, then run this again."
                )
            told = f"Waiting for the operators in the cluster: {what}"
            self._progress.step(told, now.ready, now.wanted)
            time.sleep(_PAUSE)

    def remove(self) -> None:
        """Take the operator that `up` installed out of the cluster; CRD and labs stay. Raises ClusterError."""
        self._refuse_others()
        self._progress.step("Taking the operator out of the cluster", 0, 0)
        ends = ("--wait", "--cascade=foreground", f"--timeout={GONE_WITHIN}s")
        self._helm()("uninstall", RELEASE, "--ignore-not-found", *ends)
        # What helm has no record of: it was interrupted where it makes one anew.
        kinds = "deployment,service,networkpolicy,poddisruptionbudget"
        ours = (kinds, OPERATOR, PAGE, _IN_SYSTEM)
        self._kubectl("delete", *ours, "--ignore-not-found", "--cascade=foreground")

    def _refuse_others(self) -> None:
        there = self.find()
        if there and not there.ours:
            raise ClusterError(
                "There is an operator in the cluster that `up` did not install: work with it (`up` without "
                f"--in-cluster and --beside), or take it away first ({there.way_out})."
            )
        if not there and not self._is_ours():
            raise ClusterError(
                f"There is a release {RELEASE} in the cluster that `up` did not install: take it away first "
                f"(helm uninstall {RELEASE} --namespace {NAMESPACE})."
            )

    def _is_ours(self) -> bool:
        """Whether `up` has made the release, or nobody has: then we were interrupted where we make it anew."""
        known = revisions(self._kubectl)
        return not known or any(one.mark for one in known)

    def _is_as_wanted(self, helm: Helm, mark: str) -> bool:
        """Whether the newest revision was made of the same, and all that it made is there as it made it."""
        known = revisions(self._kubectl)
        if not known or known[-1].status != "deployed" or known[-1].mark != mark:
            return False
        manifest = helm("get", "manifest", RELEASE)
        compared = ("--server-side", "--force-conflicts", "--field-manager=helm", "-f", "-")
        try:
            self._kubectl("diff", *compared, given=manifest)
        except KubectlError:
            return False
        return True

    def _install(self, helm: Helm, values: Mapping[str, Any], mark: str) -> None:
        self._progress.step("Installing the operator in the cluster", 0, 0)
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / "values.json"
        file.write_text(json.dumps(values, indent=2))
        # A value that the chart refuses is told before anything is changed.
        helm("template", RELEASE, str(chart_dir()), "--values", str(file))
        stop_operator(self._folder)
        # Not --wait: helm would say nothing meanwhile, and at the end not why. An operator beside may have left rights.
        options = ("--create-namespace", "--take-ownership", "--reset-values", "--history-max=5")
        made_of = ("--values", str(file), "--labels", f"{MARK}={mark}")
        helm("upgrade", "--install", RELEASE, str(chart_dir()), *options, *made_of)

    def _now(self) -> Rollout:
        """How far they are; done only when one of them works."""
        shown = self._kubectl(
            "get", "deployments,replicasets,pods", _IN_SYSTEM, f"-l={_SELECTED}", "-o", "json"
        )
        found: dict[str, list[dict[str, Any]]] = {"Deployment": [], "ReplicaSet": [], "Pod": []}
        for one in json.loads(shown)["items"]:
            found[one["kind"]].append(one)
        if not found["Deployment"]:
            raise ClusterError("The operator in the cluster is gone: run this again.")
        now = rollout(found["Deployment"][0], found["ReplicaSet"], found["Pod"])
        if not now.done:
            return now
        lease = ("get", "lease", OPERATOR, _IN_SYSTEM, "--ignore-not-found")
        holder = self._kubectl(*lease, "-o", "jsonpath={.spec.holderIdentity}")
        works = holder in {one["metadata"]["name"] for one in found["Pod"]}
        return now if works else replace(now, waits_for="none of them works yet")

    def _why(self, now: Rollout) -> str:
        """What is in the way, with the last words of one that crashes."""
        if not now.crashed:
            return now.stuck
        with suppress(KubectlError):
            said = self._kubectl("logs", now.crashed, _IN_SYSTEM, "--previous", "--tail=20")
            return f"{now.stuck}; its last words: {last_line(said)}"
        return now.stuck

    def _helm(self) -> Helm:
        program = obtain(["helm"], self._places, self._progress)["helm"]
        return Helm(program, self._access.helm_options, self._folder, self._environment)


def digest(values: Mapping[str, Any], chart: Path) -> str:
    """Of all that a release is made of, as a label's value."""
    found = hashlib.sha256(json.dumps(values, sort_keys=True).encode())
    for file in sorted(one for one in chart.rglob("*") if one.is_file()):
        found.update(str(file.relative_to(chart)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:40]
