"""The operator, or the API server, goes away at a bad moment: the outcome is the same."""

import os
import signal
import time

import pytest

from builders import Json, check, lab, step
from operator_process import eventually
from running_cluster import RunningCluster
from samples import deployment, plain, two_steps
from tutoriallab.cluster import embedded
from tutoriallab.cluster.progress import Silent
from world import World

pytestmark = pytest.mark.integration


def wide(name: str, objects: int = 40) -> Json:
    """A lab whose starting state takes a moment."""
    configs = [
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"c{i}"}} for i in range(objects)
    ]
    return plain(lab(name, provision=[*configs, deployment("web")]))


@pytest.mark.parametrize("after", [0.05, 0.2, 0.4, 0.8])
def test_killed_while_preparing(world: World, after: float) -> None:
    name = f"prep-{int(after * 100)}"
    world.apply(wide(name))
    time.sleep(after)
    world.operator.kill()
    world.operator.start()
    world.until_phase(name, "Active")
    assert len(world.names("configmap", name)) >= 40
    world.kubectl("-n", name, "scale", "deployment", "web", "--replicas=3")
    world.until_phase(name, "Completed")
    world.discard(name)


def test_killed_while_grading(world: World) -> None:
    ever = check("ever", expect=["web.spec.replicas == 2"], when="Ever")
    now = check("now", expect=["web.spec.replicas == 3"])
    world.apply(plain(lab("graded", step("first", ever, now), provision=[deployment("web")])))
    world.until_phase("graded", "Active")
    world.kubectl("-n", "graded", "scale", "deployment", "web", "--replicas=2")
    world.until_verdict("graded", "first/ever", "Passed")
    world.operator.kill()
    world.kubectl("-n", "graded", "scale", "deployment", "web", "--replicas=3")
    world.operator.start()
    world.until_phase("graded", "Completed")
    world.discard("graded")


@pytest.mark.parametrize("after", [0.0, 0.5])
def test_killed_while_deleting(world: World, after: float) -> None:
    name = f"dying-{int(after * 10)}"
    world.apply(two_steps(name))
    world.until_phase(name, "Active")
    world.kubectl("delete", "lab", name, "--wait=false")
    time.sleep(after)
    world.operator.kill()
    world.operator.start()
    eventually(lambda: name not in world.names("tutoriallab.tutoriallab.dev"), "the lab is gone")
    assert world.gone("namespace", [name])


def test_deleted_while_the_operator_is_down(world: World) -> None:
    world.apply(two_steps("orphan"))
    world.until_phase("orphan", "Active")
    world.operator.kill()
    world.kubectl("delete", "lab", "orphan", "--wait=false")
    time.sleep(0.5)
    assert not world.gone("namespace", ["orphan"])
    world.operator.start()
    eventually(lambda: world.gone("namespace", ["orphan"]), "the workspace is gone")
    eventually(lambda: "orphan" not in world.names("tutoriallab.tutoriallab.dev"), "the lab is gone")


@pytest.mark.parametrize("after", [0.0, 0.2, 0.5])
def test_deleted_while_it_is_being_prepared(world: World, after: float) -> None:
    name = f"brief-{int(after * 10)}"
    world.apply(wide(name))
    time.sleep(after)
    world.delete_lab(name)
    assert world.gone("namespace", [name])


def test_a_finalizer_of_the_learner_is_named_while_it_holds_the_workspace(world: World) -> None:
    world.apply(two_steps("stuck"))
    world.until_phase("stuck", "Active")
    world.kubectl("-n", "stuck", "create", "configmap", "mine")
    patch = '{"metadata":{"finalizers":["example.com/mine"]}}'
    world.kubectl("-n", "stuck", "patch", "configmap", "mine", "--type=merge", "-p", patch)
    world.kubectl("delete", "lab", "stuck", "--wait=false")
    eventually(
        lambda: "example.com/mine" in world.status("stuck").get("next", ""),
        "named",
        lambda: world.status("stuck"),
    )
    world.kubectl(
        "-n", "stuck", "patch", "configmap", "mine", "--type=merge", "-p", '{"metadata":{"finalizers":null}}'
    )
    eventually(lambda: world.gone("namespace", ["stuck"]), "the workspace is gone")
    world.discard("stuck")


def test_the_api_server_stops_for_20_seconds(world: World, cluster: RunningCluster) -> None:
    given = {"mine": {"apiVersion": "v1", "kind": "Service", "name": "mine"}}
    made = check("made", given=given, expect=["mine.spec.ports[0].port == 80"])
    promised = step("first", check("all", when="Throughout", expect=["web.spec.replicas >= 1"]), check("end"))
    watched = plain(lab("watched", promised, provision=[deployment("web")]))
    world.apply(plain(lab("outage", step("first", made))), two_steps("scaled"), watched)
    world.until_phase("outage", "Active")
    world.until_verdict("watched", "first/all", "Waiting", "True since ")
    world.until_phase("scaled", "Active")
    world.kubectl("-n", "scaled", "scale", "deployment", "web", "--replicas=2")
    world.until_verdict("scaled", "first/scaled", "Failing", "spec.replicas is 2, wanted 3")
    os.kill(embedded.status(cluster.name, cluster.places).processes["kube-apiserver"], signal.SIGKILL)
    time.sleep(20)
    embedded.start(cluster.name, cluster.places, Silent())
    assert world.checks("scaled")["first/scaled"] == (
        "Failing",
        "Deployment web: spec.replicas is 2, wanted 3",
    )
    world.kubectl("-n", "outage", "create", "service", "clusterip", "mine", "--tcp=80")
    world.until_phase("outage", "Completed", timeout=40)
    world.until_verdict("watched", "first/all", "Failing", "(the connection to the API server was lost)", 40)
    world.kubectl("-n", "scaled", "scale", "deployment", "web", "--replicas=3")
    # The cluster's own controllers come back with pauses of up to a minute.
    eventually(
        lambda: world.status("scaled")["progress"] == "1/2",
        "graded again",
        lambda: (world.checks("scaled"), world.operator.log[-3_000:]),
        150,
    )
    assert world.operator.log.count("Traceback") == 0
    world.discard("outage", "scaled", "watched")


def test_a_hundred_labs_applied_in_one_command(world: World) -> None:
    names = [f"many-{i}" for i in range(100)]
    given = {"mine": {"apiVersion": "v1", "kind": "Service", "name": "mine"}}
    made = check("made", given=given, expect=["mine.spec.ports[0].port == 80"])
    world.apply(*(plain(lab(name, step("first", made))) for name in names))
    began = time.monotonic()
    eventually(
        lambda: (
            world.kubectl("get", "labs", "-o", "jsonpath={.items[*].status.phase}").count("Active") >= 100
        ),
        "all are Active",
        lambda: world.operator.log[-3_000:],
        timeout=120,
    )
    print(f"100 labs Active after {time.monotonic() - began:.1f} s")
    world.kubectl("-n", "many-42", "create", "service", "clusterip", "mine", "--tcp=80")
    world.until_phase("many-42", "Completed")
    assert world.status("many-41")["phase"] == "Active"
    world.discard(*names)
