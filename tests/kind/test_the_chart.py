"""The chart on real kubelets: operators in the cluster, a learner who finishes a lab, a leader that is killed.

It takes the operator that `up` started away, and has `up` give it back at the end.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from importlib.metadata import version
from pathlib import Path

import pytest

from browser import Browser
from builders import Json, check, lab, step
from in_ci import fail_in_ci_else_skip
from kind_cluster import NAME, Learner, RealCluster
from operator_process import eventually
from people import Person, person, role_binding, token_of
from samples import deployment, plain
from tutoriallab.cli.catalogue import find_entry
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.processes import stop_process
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Silent
from world import World

CHART = Path(__file__).resolve().parents[2] / "charts" / "tutoriallab"
SYSTEM = "tutoriallab-system"
IN_SYSTEM = ("-n", SYSTEM)


@dataclass(frozen=True)
class Helm:
    """The program, on the cluster of these tests."""

    program: Path
    kubeconfig: Path

    def __call__(self, *arguments: str) -> str:
        """Run it; what it says when it fails ends the test."""
        command = [str(self.program), "--kubeconfig", str(self.kubeconfig), "--namespace", SYSTEM, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout


@pytest.fixture(scope="module")
def helm(real_world: World, real: RealCluster, learner: Learner) -> Iterator[Helm]:
    """The chart is installed, in place of the operator beside the cluster."""
    places = Places.from_environment(os.environ)
    archive = places.cache / f"operator-{version('tutoriallab')}.tar"
    if not archive.exists():
        fail_in_ci_else_skip(f"{archive} is not there: `make operator-image` builds it")
    programs = obtain(("helm", "kind"), places, Silent())
    load = [str(programs["kind"]), "load", "image-archive", str(archive), "--name", NAME]
    subprocess.run(load, check=True, capture_output=True, timeout=300)
    stop_process(real_world.operator.folder, "operator")
    real.kubectl("label", "namespace", SYSTEM, "pod-security.kubernetes.io/enforce=restricted")
    made = Helm(programs["helm"], real.kubeconfig)
    # `up` has installed the same rights without Helm.
    made("install", "tutoriallab", str(CHART), "--take-ownership", "--wait", "--timeout", "4m")
    try:
        yield made
    finally:
        made("uninstall", "tutoriallab", "--wait")
        learner.up()


def pods(real: RealCluster) -> dict[str, Json]:
    found = real.get("pods", *IN_SYSTEM, "-l", "app.kubernetes.io/component=operator")["items"]
    return {one["metadata"]["name"]: one for one in found if "deletionTimestamp" not in one["metadata"]}


def leader(real: RealCluster) -> str:
    return str(real.get("lease", *IN_SYSTEM, "tutoriallab-operator")["spec"]["holderIdentity"])


def test_two_operators_are_ready_and_one_works(helm: Helm, real: RealCluster) -> None:
    assert len(pods(real)) == 2
    # Who worked before may have died without a word: then its Lease has to run out.
    eventually(lambda: leader(real) in pods(real), "one of them works", lambda: leader(real))
    assert "Succeeded" in helm("test", "tutoriallab")


def test_when_the_leader_dies_the_other_grades(helm: Helm, real_world: World, real: RealCluster) -> None:
    scaled = check("scaled", expect=["web.spec.replicas == 2"])
    real_world.apply(plain(lab("handed", step("first", scaled), provision=[deployment("web")])))
    real_world.until_phase("handed", "Active", timeout=60)
    died = leader(real)
    began = time.monotonic()
    real.kubectl("delete", "pod", died, *IN_SYSTEM, "--grace-period=0", "--force")
    # The kubelet takes a moment to kill it, in which it may still grade.
    eventually(
        lambda: leader(real) != died, "another one works", lambda: real.kubectl("get", "pods", *IN_SYSTEM)
    )
    real.kubectl("-n", "handed", "scale", "deployment", "web", "--replicas=2")
    real_world.until_phase("handed", "Completed", timeout=60)
    # Ten seconds on a machine that has nothing else to do.
    assert time.monotonic() - began < 20
    real_world.delete_lab("handed")


def test_a_learner_with_the_learners_role_alone_finishes_readiness(
    helm: Helm, real_world: World, real: RealCluster, tmp_path: Path
) -> None:
    anna = person(real, tmp_path, "academy", "anna")
    real_world.apply(role_binding("learn", "tutoriallab-learner", "academy", anna.subject))
    entry = find_entry("readiness")
    metadata = {**entry.body()["metadata"], "namespace": "academy"}
    real_world.apply({**entry.body(), "metadata": metadata})
    real_world.until_phase("readiness", "Active", namespace="academy", timeout=90)
    eventually(lambda: anna.may("create", "pods", "academy-readiness"), "anna is let in")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "kubectl").symlink_to(real.kubectl_path)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "KUBECONFIG": str(anna.kubeconfig),
        "WORKSPACE": "academy-readiness",
        "LAB": "readiness",
        "LAB_NAMESPACE": "academy",
    }
    script = ["/bin/sh", str(entry.solutions[0])]
    done = subprocess.run(script, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    real_world.until_phase("readiness", "Completed", namespace="academy", timeout=30)
    real.kubectl("delete", "lab", "readiness", "-n", "academy", "--timeout=90s")


def test_a_class_opens_the_page_in_the_cluster_by_a_forwarded_port_each_with_a_token(
    helm: Helm, real_world: World, real: RealCluster, learner: Learner, tmp_path: Path
) -> None:
    wish = ("--reuse-values", "--set", "page.enabled=true", "--wait", "--timeout", "4m")
    helm("upgrade", "tutoriallab", str(CHART), *wish)
    rooms = {}
    for name in ("berta", "carl"):
        rooms[name] = person(real, tmp_path, f"room-{name}", name)
        binding = role_binding("learn", "tutoriallab-learner", f"room-{name}", rooms[name].subject)
        real_world.apply(binding)
        real_world.apply(plain(lab("exam", step("first", check()), namespace=f"room-{name}")))
    with forwarding(learner, tmp_path) as (port, said):
        for name, who in rooms.items():
            eventually(partial(sees, port, who), f"{name} sees their lab", said, timeout=60)
        of_the_page = ("-l", "app.kubernetes.io/component=page")
        real.kubectl("delete", "pod", *IN_SYSTEM, *of_the_page, "--wait=false")
        # Whoever had come in comes in anew, at the same address. kubectl learns of the pod's end when somebody asks.
        berta = rooms["berta"]
        again = "the port is forwarded again"
        eventually(
            lambda: sees(port, berta) and again in said(), "berta sees her lab again", said, timeout=90
        )
    assert "kubectl create token" in said()
    for name in rooms:
        real.kubectl("delete", "lab", "exam", "-n", f"room-{name}", "--timeout=90s")


@contextmanager
def forwarding(learner: Learner, folder: Path) -> Iterator[tuple[int, Callable[[], str]]]:
    """`kubectl lab page` at work: its port, and what it says on stderr; Ctrl-C ends it."""
    out, err = folder / "page.out", folder / "page.err"
    command = [sys.executable, "-u", "-m", "tutoriallab", "page", "--no-browser"]
    with out.open("w") as stdout, err.open("w") as stderr:
        process = subprocess.Popen(
            command, env=learner.environment, stdout=stdout, stderr=stderr, preexec_fn=_hears_ctrl_c
        )
    try:
        eventually(lambda: out.read_text().endswith("/\n"), "its address is told", err.read_text)
        yield int(out.read_text().strip().rstrip("/").rpartition(":")[2]), err.read_text
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130


def _hears_ctrl_c() -> None:
    """Also where the tests run in the background, where it is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def sees(port: int, who: Person) -> bool:
    """Whether they come in, and see their own lab and no other."""
    try:
        rows = Browser(port).sign_in({"token": token_of(who)}).get("/api/labs")[1]
    except (OSError, HTTPException):
        return False
    assert {row["namespace"] for row in rows} <= {who.namespace}
    return bool(rows)


def test_a_noexecute_taint_on_their_nodes_leaves_the_operators_where_they_are(
    helm: Helm, real: RealCluster
) -> None:
    before = {name: one["metadata"]["uid"] for name, one in pods(real).items()}
    nodes = {one["spec"]["nodeName"] for one in pods(real).values()}
    try:
        for node in nodes:
            real.kubectl("taint", "node", node, "gone=yes:NoExecute")
        time.sleep(5)
        assert {name: one["metadata"]["uid"] for name, one in pods(real).items()} == before
    finally:
        for node in nodes:
            real.kubectl("taint", "node", node, "gone-")


def test_an_upgrade_keeps_labs_and_brings_the_crd_up_to_date(
    helm: Helm, real_world: World, real: RealCluster
) -> None:
    real_world.apply(plain(lab("kept", step("first", check()), provision=[deployment("web")])))
    real_world.until_phase("kept", "Active", timeout=60)
    real.kubectl("patch", "crd", "tutoriallabs.tutoriallab.dev", "--type=json", "-p",
                 '[{"op":"replace","path":"/spec/names/categories","value":[]}]')  # fmt: skip
    helm(
        "upgrade",
        "tutoriallab",
        str(CHART),
        "--set",
        "logLevel=DEBUG",
        "--force",
        "--wait",
        "--timeout",
        "4m",
    )
    names = real.get("crd", "tutoriallabs.tutoriallab.dev")["spec"]["names"]
    assert names["categories"] == ["tutoriallab"]
    assert real_world.status("kept")["phase"] == "Active"
    real.kubectl("-n", "kept", "scale", "deployment", "web", "--replicas=3")
    real_world.until_phase("kept", "Completed", timeout=30)
    real_world.delete_lab("kept")
