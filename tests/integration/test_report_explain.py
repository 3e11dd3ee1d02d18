"""`report` and `explain` on a real API server, as a teacher and as a learner with no more rights than learners have."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from builders import Json, check, lab, step
from operator_process import eventually
from people import Person, person, role_binding
from running_cluster import RunningCluster
from samples import deployment, plain
from world import World

pytestmark = pytest.mark.integration
HOME = "reports"
PASSWORD = "s3cr3t-pa55"
WORKSPACE = f"{HOME}-told"


@dataclass(frozen=True)
class Shell:
    """Somebody who types `tutoriallab`."""

    environment: dict[str, str]

    def types(self, *arguments: str, code: int = 0) -> str:
        """What is said on stdout; on stderr, where there is nothing on stdout."""
        ran = subprocess.run(
            [sys.executable, "-m", "tutoriallab", *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert ran.returncode == code, f"{arguments}: {ran.stdout}\n{ran.stderr}"
        assert "Traceback" not in ran.stderr
        return ran.stdout or ran.stderr


def shell(kubeconfig: Path, world: World, folder: Path) -> Shell:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTORIALLAB_")}
    return Shell(
        {
            **kept,
            "KUBECONFIG": str(kubeconfig),
            "TUTORIALLAB_CACHE": str(folder),
            "TUTORIALLAB_KUBECTL": str(world.cluster.kubectl_path),
        }
    )


def told() -> Json:
    secret = {"s": {"apiVersion": "v1", "kind": "Secret", "name": "login"}}
    machines = {"machines": {"apiVersion": "v1", "kind": "Node"}}
    pods = {"pod": {"apiVersion": "v1", "kind": "Pod", "ownedBy": DEPLOYMENT, "pick": "Newest"}}
    first = step(
        "first",
        check("scaled", expect=["web.spec.replicas == 2 && web.metadata.name == 'web'"]),
        check("secret", given=secret, expect=["s.data.password != ''"]),
        check("machines", given=machines, expect=["size(machines) > 0"]),
        check("node", given=pods, answer={}, expect=["answer == pod.spec.nodeName"]),
    )
    login = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "login"},
        "stringData": {"password": PASSWORD},
    }
    second = step("second", check("more", expect=["web.spec.replicas == 2"]))
    return plain(lab("told", first, second, namespace=HOME, provision=[deployment("web"), login]))


DEPLOYMENT = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}


def accounts(text: str) -> dict[str, Any]:
    return {one["check"]: one for one in json.loads(text)["checks"]}


@pytest.fixture
def anna(world: World, cluster: RunningCluster, tmp_path: Path) -> Person:
    made = person(cluster, tmp_path, HOME, "anna")
    world.apply(role_binding("learners", "tutoriallab-learner", HOME, made.subject), told())
    world.until_phase("told", "Active", namespace=HOME)
    eventually(lambda: made.may("list", "pods", WORKSPACE), "anna is let in")
    eventually(lambda: world.checks("told", HOME)["first/machines"][0] == "Passed", "judged")
    return made


def test_a_teacher_reports_and_a_learner_has_a_check_explained(
    world: World, anna: Person, tmp_path: Path
) -> None:
    teacher = shell(world.cluster.kubeconfig, world, tmp_path / "teacher")
    learner = shell(anna.kubeconfig, world, tmp_path / "learner")
    node = world.all("pods", WORKSPACE)[0]["spec"]["nodeName"]

    # Nothing is done yet.
    table = teacher.types("report", "-n", HOME, code=1)
    assert "✗ first/scaled: Deployment web: spec.replicas is 1, wanted 2" in table
    assert "0 of 1 lab completed." in table
    assert "told" in learner.types("report", code=1)
    assert "You may not do this" in learner.types("report", "-A", code=1)
    assert "did you mean told?" in teacher.types("report", "tolt", "-n", HOME, code=1)
    assert "There is no lab in namespace kube-public" in teacher.types("report", "-n", "kube-public", code=1)
    suite = fromstring(teacher.types("report", "-A", "told", "-o", "junit", code=1)).find("testsuite")  # noqa: S314
    assert suite is not None
    assert [suite.attrib[name] for name in ("tests", "failures", "errors", "skipped")] == ["5", "2", "0", "1"]

    # The learner sees what learners may.
    found = accounts(learner.types("explain", "-o", "json"))
    scaled, secret, machines, question = (found[name] for name in ("scaled", "secret", "machines", "node"))
    assert scaled["operator"]["verdict"] == scaled["here"]["verdict"] == "Failing"
    assert scaled["given"][0]["objects"] == [
        {"name": "web", "fields": {"metadata": {"name": "web"}, "spec": {"replicas": 1}}}
    ]
    assert [one["result"] for one in scaled["expressions"][0]["part"]["parts"]] == [False, True]
    assert f"<hidden, {len(PASSWORD)} bytes>" in json.dumps(secret)
    assert "you may not read Node here" in machines["given"][0]["note"]
    assert (machines["operator"]["verdict"], machines["here"]) == ("Passed", None)
    assert question["withheld"]
    chinese = learner.types("explain", "machines", "--lang", "zh")
    assert "operator：通过（Met）" in chinese
    assert "你无权读取这里的 Node：operator 看得到，以它的评判为准" in "".join(chinese.split("\n      "))
    everything = learner.types("explain") + json.dumps(found)
    assert node not in everything
    assert PASSWORD not in everything
    assert "did you mean first/scaled?" in learner.types("explain", "scald", code=1)

    # What is done is seen, and the answer that is right is told as any value.
    world.kubectl("-n", WORKSPACE, "scale", "deployment", "web", "--replicas=2")
    patch = json.dumps({"spec": {"answers": {"node": newest(world)}}})
    anna.kubectl("patch", "lab", "told", "--type=merge", "-p", patch)
    assert "1 of 1 lab completed." in teacher.types("report", "-n", HOME, "--wait", "60s")
    (done,) = json.loads(teacher.types("report", "-n", HOME, "-o", "json"))["labs"]
    assert (done["completed"], done["passedSteps"]) == (True, 2)
    assert done["seconds"] > 0
    answered = accounts(learner.types("explain", "first/node", "--lab", "told", "-o", "json"))["node"]
    assert answered["withheld"] == ""
    assert answered["expressions"][0]["result"] is True
    world.kubectl("delete", "lab", "told", "-n", HOME, "--timeout=60s")


def newest(world: World) -> str:
    """Where the youngest pod runs, once there are two."""
    eventually(
        lambda: len([one for one in world.all("pods", WORKSPACE) if one["spec"].get("nodeName")]) == 2,
        "a second pod is placed",
    )
    pods = world.all("pods", WORKSPACE)
    youngest = max(pods, key=lambda one: (one["metadata"]["creationTimestamp"], one["metadata"]["name"]))
    return str(youngest["spec"]["nodeName"])
