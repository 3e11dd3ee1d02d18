"""A lab starts over: quickly, completely, and whatever it or the operator is at."""

import json
import time

import pytest

from builders import Json, check, lab, step
from operator_process import eventually
from samples import deployment, plain, two_steps
from world import World

pytestmark = pytest.mark.integration


def reset(world: World, name: str, value: str) -> None:
    world.kubectl("annotate", "lab", name, f"tutoriallab.dev/reset={value}", "--overwrite")


def until_reset(world: World, name: str, value: str, phase: str = "Active", timeout: float = 40) -> Json:
    def over() -> bool:
        status = world.status(name)
        handled: str = status.get("handled", {}).get("reset", "")
        return (handled, status["phase"]) == (value, phase)

    eventually(over, f"reset {value} is over", lambda: json.dumps(world.status(name), indent=1), timeout)
    return world.status(name)


def slow_to_end(name: str) -> Json:
    """A lab whose pods, job and claim would hold up the namespace."""
    slow = deployment("web", 2)
    slow["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] = 600
    template = {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "busybox"}]}}
    job = {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": "once"},
        "spec": {"template": template},
    }
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "disk"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    }
    asked = check("asked", answer={}, expect=["answer == string(web.spec.replicas)"])
    return plain(lab(name, step("first", asked), step("second"), provision=[slow, job, claim]))


def test_a_reset_takes_seconds_and_leaves_nothing_of_before(world: World) -> None:
    world.apply(slow_to_end("over"))
    world.until_phase("over", "Active")
    before = world.get("namespace", "over")["metadata"]["uid"]
    world.kubectl("patch", "lab", "over", "--type=merge", "-p", '{"spec":{"answers":{"asked":"2"}}}')
    eventually(lambda: world.status("over")["progress"] == "1/2", "the first step passed")
    world.kubectl("annotate", "lab", "over", "tutoriallab.dev/hints=second=1")
    world.kubectl("-n", "over", "create", "configmap", "mine")

    began = time.monotonic()
    reset(world, "over", "1")
    status = until_reset(world, "over", "1")
    took = time.monotonic() - began
    print(f"reset after {took:.1f} s")
    # About 6 s; without the pods, the job and the claim being ended first it would be 16.
    assert took < 14
    assert (status["progress"], status["score"], status["step"]) == ("0/2", 0, "first")
    assert world.checks("over") == {
        "first/asked": (
            "Failing",
            "Answered before the lab was reset: answer again, with `kubectl lab answer`",
        )
    }
    assert "tutoriallab.dev/hints" not in world.get("lab", "over")["metadata"]["annotations"]
    assert "mine" not in world.names("configmap", "over")
    assert world.get("namespace", "over")["metadata"]["uid"] != before
    world.discard("over")


def test_completed_turns_false_before_anything_is_taken_away(world: World) -> None:
    world.apply(two_steps("done"))
    world.until_phase("done", "Active")
    world.kubectl("-n", "done", "scale", "deployment", "web", "--replicas=3")
    world.kubectl("-n", "done", "create", "configmap", "mine", "--from-literal=key=value")
    world.until_phase("done", "Completed")
    # The finalizer keeps the reset from ending, so that its beginning can be looked at.
    held = '{"metadata":{"finalizers":["example.com/mine"]}}'
    world.kubectl("-n", "done", "patch", "configmap", "mine", "--type=merge", "-p", held)
    reset(world, "done", "1")
    eventually(
        lambda: "example.com/mine" in world.status("done").get("next", ""),
        "what hangs is named",
        lambda: world.status("done"),
    )
    status = world.status("done")
    assert (status["phase"], status["progress"], status["score"]) == ("Resetting", "0/2", 0)
    assert world.condition("done", "Completed")["status"] == "False"
    assert world.condition("done", "Provisioned")["status"] == "False"

    # A second reset while the first is under way; and the operator dies over both.
    reset(world, "done", "2")
    world.operator.kill()
    free = '{"metadata":{"finalizers":null}}'
    world.kubectl("-n", "done", "patch", "configmap", "mine", "--type=merge", "-p", free)
    world.operator.start()
    status = until_reset(world, "done", "2")
    assert (status["progress"], status["step"]) == ("0/2", "first")
    assert world.get("deployment", "web", "done")["spec"]["replicas"] == 1
    world.discard("done")


@pytest.mark.parametrize("after", [0.5, 5.5])
def test_the_operator_dies_while_it_resets(world: World, after: float) -> None:
    name = f"cut-{int(after * 10)}"
    world.apply(two_steps(name))
    world.until_phase(name, "Active")
    world.kubectl("-n", name, "scale", "deployment", "web", "--replicas=3")
    eventually(lambda: world.status(name)["progress"] == "1/2", "the first step passed")
    reset(world, name, "1")
    time.sleep(after)
    world.operator.kill()
    world.operator.start()
    assert until_reset(world, name, "1")["progress"] == "0/2"
    assert world.get("deployment", "web", name)["spec"]["replicas"] == 1
    world.kubectl("-n", name, "scale", "deployment", "web", "--replicas=3")
    eventually(lambda: world.status(name)["progress"] == "1/2", "the first step passed again")
    world.discard(name)


def test_a_reset_that_was_begun_is_finished_though_its_annotation_is_taken_off(world: World) -> None:
    world.apply(two_steps("taken-off"))
    world.until_phase("taken-off", "Active")
    before = world.get("namespace", "taken-off")["metadata"]["uid"]
    reset(world, "taken-off", "1")
    eventually(lambda: world.status("taken-off")["phase"] == "Resetting", "the reset has begun")
    world.operator.kill()
    world.kubectl("annotate", "lab", "taken-off", "tutoriallab.dev/reset-")
    world.operator.start()
    world.until_phase("taken-off", "Active")
    after = world.get("namespace", "taken-off")["metadata"]["uid"]
    assert after != before
    # To take the annotation off asks for nothing; the same value may be given again then.
    world.kubectl("annotate", "lab", "taken-off", "note=1")
    assert world.get("namespace", "taken-off")["metadata"]["uid"] == after
    reset(world, "taken-off", "1")
    until_reset(world, "taken-off", "1")
    assert world.get("namespace", "taken-off")["metadata"]["uid"] != after
    world.discard("taken-off")


@pytest.mark.parametrize("after", [0.0, 0.3])
def test_reset_while_it_is_being_prepared(world: World, after: float) -> None:
    name = f"early-{int(after * 10)}"
    world.apply(two_steps(name))
    time.sleep(after)
    reset(world, name, "1")
    assert until_reset(world, name, "1")["step"] == "first"
    world.discard(name)


def test_a_blocked_lab_can_be_reset(world: World) -> None:
    unknown = {"apiVersion": "example.com/v1", "kind": "Nothing", "metadata": {"name": "x"}}
    role = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "mighty"}}
    world.apply(
        plain(lab("needs", requires={"capabilities": ["Containers"]})),
        plain(lab("refused", provision=[deployment("web"), role])),
        plain(lab("unserved", provision=[unknown])),
    )
    for name in ("needs", "refused"):
        world.until_phase(name, "Blocked")
        reset(world, name, "1")
        until_reset(world, name, "1", phase="Blocked")
    reset(world, "unserved", "1")
    until_reset(world, "unserved", "1", phase="Preparing")
    world.discard("needs", "refused", "unserved")


def test_the_learner_deleted_the_workspace(world: World) -> None:
    world.apply(two_steps("gone"))
    world.until_phase("gone", "Active")
    world.kubectl("delete", "namespace", "gone")
    reset(world, "gone", "1")
    until_reset(world, "gone", "1")
    assert world.get("deployment", "web", "gone")["spec"]["replicas"] == 1
    world.discard("gone")
