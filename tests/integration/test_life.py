"""The whole life of a lab on a real control plane, with the operator as a process of its own."""

import json
import time

import pytest
import yaml

from builders import Json, check, lab, step
from operator_process import eventually
from samples import deployment, plain, two_steps
from world import World
from wrong_labs import WRONG

pytestmark = pytest.mark.integration


def test_a_lab_is_prepared_watched_graded_and_removed(world: World) -> None:
    world.apply(two_steps("life"))
    status = world.until_phase("life", "Active")
    assert status["workspace"] == "life"
    assert status["step"] == "first"
    assert (status["progress"], status["score"], status["maxScore"]) == ("0/2", 0, 17)
    assert world.checks("life") == {
        "first/scaled": ("Failing", "Deployment web: spec.replicas is 1, wanted 3")
    }
    assert world.get("deployment", "web", "life")["metadata"]["labels"]["tutoriallab.dev/lab"] == "life"

    world.kubectl("-n", "life", "scale", "deployment", "web", "--replicas=3")
    eventually(lambda: world.status("life").get("step") == "second", "the second step is open")
    world.until_verdict("life", "second/made", "Failing", "ConfigMap mine does not exist in namespace life")
    assert "extra" in world.names("service", "life")

    world.kubectl("-n", "life", "create", "configmap", "mine", "--from-literal=key=other")
    world.until_verdict(
        "life", "second/made", "Failing", 'ConfigMap mine: data["key"] is other, wanted value'
    )
    world.kubectl(
        "-n", "life", "patch", "configmap", "mine", "--type=merge", "-p", '{"data":{"key":"value"}}'
    )
    world.kubectl("wait", "--for=condition=Completed", "lab/life", "--timeout=10s")
    status = world.status("life")
    assert (status["phase"], status["progress"], status["score"]) == ("Completed", "2/2", 17)

    reasons = {
        event["reason"]
        for event in json.loads(world.kubectl("get", "events", "-o", "json"))["items"]
        if event["involvedObject"]["name"] == "life"
    }
    assert {"StepOpened", "CheckPassed", "StepPassed", "Completed"} <= reasons
    world.delete_lab("life")
    assert world.gone("namespace", ["life"])


def test_a_lab_changed_while_it_runs_keeps_what_was_passed(world: World) -> None:
    body = two_steps("edited")
    world.apply(body)
    world.until_phase("edited", "Active")
    world.kubectl("-n", "edited", "scale", "deployment", "web", "--replicas=3")
    eventually(lambda: world.status("edited")["progress"] == "1/2", "the first step passed")
    body["spec"]["steps"][1]["checks"][0]["expect"] = ["mine.data.key == 'changed'"]
    world.apply(body)
    world.kubectl("-n", "edited", "create", "configmap", "mine", "--from-literal=key=changed")
    assert world.until_phase("edited", "Completed")["progress"] == "2/2"
    world.discard("edited")


def test_what_the_learner_deleted_is_never_provisioned_again(world: World) -> None:
    world.apply(two_steps("deleted"))
    world.until_phase("deleted", "Active")
    world.kubectl("-n", "deleted", "delete", "deployment", "web")
    world.until_verdict(
        "deleted", "first/scaled", "Failing", "Deployment web does not exist in namespace deleted"
    )
    world.operator.kill()
    world.operator.start()
    world.kubectl("annotate", "lab", "deleted", "note=1")
    world.kubectl("-n", "deleted", "create", "deployment", "web", "--image=nginx:1.7.9", "--replicas=2")
    world.until_verdict("deleted", "first/scaled", "Failing", "Deployment web: spec.replicas is 2, wanted 3")
    assert "tutoriallab.dev/lab" not in world.get("deployment", "web", "deleted")["metadata"].get(
        "labels", {}
    )
    world.discard("deleted")


def test_a_reset_empties_the_workspace_and_prepares_it_again(world: World) -> None:
    world.apply(two_steps("again"))
    world.until_phase("again", "Active")
    world.kubectl("-n", "again", "scale", "deployment", "web", "--replicas=3")
    eventually(lambda: world.status("again")["progress"] == "1/2", "the first step passed")
    world.kubectl("annotate", "lab", "again", "tutoriallab.dev/reset=1")
    eventually(
        lambda: world.status("again")["progress"] == "0/2" and world.status("again")["phase"] == "Active",
        "reset",
    )
    assert world.get("deployment", "web", "again")["spec"]["replicas"] == 1
    world.discard("again")


def test_an_answer_is_graded_against_the_live_object_and_the_right_one_is_never_told(world: World) -> None:
    given = {"web": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
    asked = check("uid", given=given, answer={}, expect=["answer == web.metadata.uid"])
    world.apply(plain(lab("asked", step("first", asked), provision=[deployment("web")])))
    world.until_phase("asked", "Active")
    world.until_verdict("asked", "first/uid", "Failing", "Not answered yet")
    world.kubectl("patch", "lab", "asked", "--type=merge", "-p", '{"spec":{"answers":{"uid":"wrong"}}}')
    world.until_verdict("asked", "first/uid", "Failing", "'wrong' is not the answer")
    uid = world.get("deployment", "web", "asked")["metadata"]["uid"]
    assert uid not in world.kubectl("get", "lab", "asked", "-o", "yaml")
    world.kubectl(
        "patch",
        "lab",
        "asked",
        "--type=merge",
        "-p",
        json.dumps({"spec": {"answers": {"uid": f"  {uid}\n"}}}),
    )
    world.until_phase("asked", "Completed")
    world.discard("asked")


def test_a_state_that_must_hold_is_waiting_until_it_has(world: World) -> None:
    held = check("held", expect=["web.spec.replicas == 2"], holdsFor="2s")
    world.apply(plain(lab("held", step("first", held), provision=[deployment("web")])))
    world.until_phase("held", "Active")
    world.kubectl("-n", "held", "scale", "deployment", "web", "--replicas=2")
    world.until_verdict("held", "first/held", "Waiting", "must stay so for 2s")
    world.until_phase("held", "Completed", timeout=10)
    world.discard("held")


def test_two_labs_at_once_do_not_see_each_other(world: World) -> None:
    world.apply(two_steps("left"), two_steps("right"))
    world.until_phase("left", "Active")
    world.until_phase("right", "Active")
    world.kubectl("-n", "left", "scale", "deployment", "web", "--replicas=3")
    eventually(lambda: world.status("left")["progress"] == "1/2", "left goes on")
    assert world.checks("right")["first/scaled"][0] == "Failing"
    world.discard("left", "right")


def test_a_workspace_that_is_taken_blocks_the_lab_and_is_left_alone(world: World) -> None:
    world.kubectl("create", "namespace", "taken")
    world.apply(two_steps("taken"))
    assert "Namespace taken exists and is not this lab's" in world.until_phase("taken", "Blocked")["next"]
    assert world.condition("taken", "Provisioned")["reason"] == "WorkspaceTaken"
    world.delete_lab("taken")
    assert not world.gone("namespace", ["taken"])
    world.kubectl("delete", "namespace", "taken", "--wait=false")


def test_a_lab_whose_start_is_refused_stays_blocked_while_it_is_tried_again(world: World) -> None:
    bad = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}, "spec": {"ports": [{"port": 0}]}}
    world.apply(plain(lab("refused", step("first", check()), provision=[bad])))
    told = world.until_phase("refused", "Blocked")["next"]
    until, seen = time.monotonic() + 4, []
    while time.monotonic() < until:
        status = world.status("refused")
        seen.append((status["phase"], status["next"]))
    assert set(seen) == {("Blocked", told)}
    bad["spec"] = {"ports": [{"port": 80}]}
    world.apply(plain(lab("refused", step("first", check()), provision=[bad])))
    world.until_phase("refused", "Active")
    world.discard("refused")


def test_an_expression_that_does_not_compile_is_refused_with_its_path(world: World) -> None:
    world.apply(plain(lab("broken", step("first", check(expect=["web.foo =="])))))
    world.until_phase("broken", "Failed")
    accepted = world.condition("broken", "Accepted")
    assert accepted["status"] == "False"
    assert accepted["message"].startswith("spec.steps[0].checks[0].expect[0]: ")
    world.apply(plain(lab("broken", step("first"))))
    world.until_phase("broken", "Active")
    world.discard("broken")


def test_a_manifest_that_cannot_be_applied_is_named_with_the_apis_reason(world: World) -> None:
    privileged = {"containers": [{"name": "c", "image": "busybox", "securityContext": {"privileged": True}}]}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "mighty"}, "spec": privileged}
    world.apply(plain(lab("mighty", provision=[pod])))
    status = world.until_phase("mighty", "Blocked")
    assert "Pod mighty" in status["next"]
    assert "privileged" in world.condition("mighty", "Provisioned")["message"]
    world.delete_lab("mighty")
    assert world.gone("namespace", ["mighty"])


def test_a_lab_that_this_cluster_cannot_run_is_blocked_with_the_way_out(world: World) -> None:
    world.apply(plain(lab("contained", requires={"capabilities": ["Containers"]})))
    assert "kind" in world.until_phase("contained", "Blocked")["next"]
    world.discard("contained")


def test_a_lab_that_was_blocked_in_the_middle_says_so_no_more_once_it_goes_on(world: World) -> None:
    first = step("first", check())
    world.apply(plain(lab("halted", first)))
    world.until_phase("halted", "Active")
    world.apply(plain(lab("halted", first, requires={"capabilities": ["Containers"]})))
    world.until_phase("halted", "Blocked")
    assert world.condition("halted", "Provisioned")["reason"] == "CapabilityMissing"
    world.apply(plain(lab("halted", first)))
    world.until_phase("halted", "Active")
    provisioned = world.condition("halted", "Provisioned")
    assert (provisioned["status"], provisioned["reason"]) == ("True", "Applied")
    world.discard("halted")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (lab("r", step("a", check(says={"zh": "x"}))), "spec.steps[0].checks[0].says.en: Required value"),
        (lab("r", step("a", check(holdsFor="soon"))), "spec.steps[0].checks[0].holdsFor"),
        (lab("r", step("a", check(when="Throughout"))), "all checks are Throughout"),
        (lab("r", step("a", colour="red")), 'unknown field "spec.steps[0].colour"'),
        (lab("r", files=[{"path": f"f{i}", "content": "x" * 99_000} for i in range(35)]), "too large"),
    ],
)
def test_what_the_schema_can_say_is_refused_at_apply(world: World, body: Json, told: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="kubectl") as refused:
        world.kubectl("create", "-f", "-", stdin=yaml.safe_dump(plain(body)))
    assert told in str(refused.value)


@pytest.mark.parametrize("name", WRONG)
def test_what_the_policy_of_labs_can_say_is_refused_at_apply(world: World, name: str) -> None:
    wrong, told = WRONG[name]
    body = {**plain(lab("r")), "spec": wrong}
    with pytest.raises(pytest.fail.Exception, match="kubectl") as refused:
        world.kubectl("create", "-f", "-", stdin=yaml.safe_dump(body))
    assert told in str(refused.value)
