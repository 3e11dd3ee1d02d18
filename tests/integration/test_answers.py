"""Questions on a real cluster: graded against live objects, and the right answer is told nowhere."""

import json

import pytest

from builders import check, lab, step
from operator_process import eventually
from samples import deployment, plain
from world import World

pytestmark = pytest.mark.integration


def answer(world: World, name: str, **answers: str) -> None:
    patch = json.dumps({"spec": {"answers": answers}})
    world.kubectl("patch", "lab", name, "--type=merge", "-p", patch)


def test_the_right_answer_is_told_nowhere_and_slips_are_forgiven(world: World) -> None:
    pods = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
    given = {"pod": {"apiVersion": "v1", "kind": "Pod", "ownedBy": pods, "pick": "Only"}}
    node = check("node", given=given, answer={}, expect=["answer == pod.spec.nodeName"])
    address = check(
        "address",
        given=given,
        answer={},
        expect=["pod.status.podIP != ''", "answer == pod.status.podIP && ready(pod)"],
        because={"en": "${answer} is not its address."},
    )
    choices = {"type": "choice", "choices": ["BestEffort", "Burstable"]}
    qos = check("qos", given=given, answer=choices, expect=["answer == pod.status.qosClass"])
    world.apply(plain(lab("quiz", step("first", node, address, qos), provision=[deployment("web")])))
    world.until_phase("quiz", "Active")
    world.until_verdict("quiz", "first/qos", "Failing", "choose one of BestEffort, Burstable")
    (pod,) = json.loads(world.kubectl("-n", "quiz", "get", "pods", "-o", "json"))["items"]
    ip, worker = pod["status"]["podIP"], pod["spec"]["nodeName"]

    answer(world, "quiz", node="wrong", address="10.9.9.9", qos="Burstable")
    world.until_verdict("quiz", "first/node", "Failing", "'wrong' is not the answer")
    world.until_verdict("quiz", "first/address", "Failing", "10.9.9.9 is not its address.")
    answer(world, "quiz", qos="best")
    world.until_verdict("quiz", "first/qos", "Failing", "'best' is no choice")
    events = [
        one
        for one in json.loads(world.kubectl("get", "events", "-o", "json"))["items"]
        if one["involvedObject"]["name"] == "quiz"
    ]
    told = json.dumps([world.get("lab", "quiz")["status"], events])
    assert ip not in told
    assert worker not in told

    answer(world, "quiz", node=f"  {worker}\n", address=ip.replace(".", "。") + "。", qos=" besteffort")
    world.until_phase("quiz", "Completed")
    world.discard("quiz")


def test_an_answer_that_was_right_is_judged_again_when_the_cluster_changes(world: World) -> None:
    other = check("other", expect=["web.spec.replicas == 9"])
    count = check("count", answer={}, expect=["int(answer) == web.spec.replicas"])
    world.apply(plain(lab("live", step("first", count, other), provision=[deployment("web")])))
    world.until_phase("live", "Active")
    answer(world, "live", count="1")
    eventually(lambda: world.checks("live")["first/count"][0] == "Passed", "right")
    world.kubectl("-n", "live", "scale", "deployment", "web", "--replicas=2")
    world.until_verdict("live", "first/count", "Failing", "'1' is not the answer")
    answer(world, "live", count="many")
    world.until_verdict("live", "first/count", "Failing", "'many' is not the answer")
    world.discard("live")
