"""Checks over time on a real control plane: rollouts that hold or break a promise, and what lasts but a moment."""

import asyncio
import json
import os
import signal
import subprocess
import sys

import pytest

from builders import Json, check, lab, step
from operator_process import eventually
from samples import deployment, plain
from tutoriallab.kube import objects
from tutoriallab.kube.resources import Resources
from tutoriallab.kube.session import Session
from world import World

pytestmark = pytest.mark.integration

ENOUGH = check("enough", when="Throughout", expect=["web.status.availableReplicas >= 4"])
NOT_MANY: Json = check(
    "not-many",
    when="Throughout",
    given={
        "pods": {
            "apiVersion": "v1",
            "kind": "Pod",
            "ownedBy": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
        }
    },
    expect=["size(pods) <= 5"],
)
UPDATED = check(
    "updated",
    expect=[
        "image(web, 'web') == 'nginx:1.9.1'",
        "web.status.updatedReplicas == 4",
        "web.status.replicas == 4",
        "web.status.availableReplicas == 4",
    ],
)


def rollout(name: str) -> Json:
    """Four pods, updated one by one; the step itself sets the Deployment up, so that it can start over."""
    web = deployment("web", 4)
    web["spec"]["strategy"] = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
    settle = {
        "given": check()["given"],
        "expect": [
            "web.status.updatedReplicas == 4",
            "web.status.replicas == 4",
            "web.status.availableReplicas == 4",
        ],
    }
    return plain(lab(name, step("update", ENOUGH, NOT_MANY, UPDATED, provision=[web], settle=settle)))


def reason(world: World, lab: str, name: str) -> str:
    """Why the check says what it says; empty while the step is not open."""
    checks = world.status(lab)["steps"][0].get("checks", [])
    return next((str(one["reason"]) for one in checks if one["name"] == name), "")


def armed(world: World, lab: str) -> None:
    world.until_phase(lab, "Active", timeout=60)
    world.until_verdict(lab, "update/enough", "Waiting", "True since ")
    world.until_verdict(lab, "update/not-many", "Waiting", "True since ")


def update(world: World, lab: str) -> None:
    world.kubectl("-n", lab, "set", "image", "deployment/web", "web=nginx:1.9.1")


def types(world: World, *arguments: str) -> str:
    """What a command of ours says."""
    ran = subprocess.run(
        [sys.executable, "-m", "tutoriallab", *arguments],
        env={**os.environ, "KUBECONFIG": str(world.cluster.kubeconfig)},
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_rollout_that_keeps_its_promise_passes(world: World) -> None:
    world.apply(rollout("roll"))
    armed(world, "roll")
    update(world, "roll")
    world.until_phase("roll", "Completed", timeout=60)
    world.discard("roll")


def test_a_violated_rollout_tells_when_and_what_and_the_step_starts_over(world: World) -> None:
    world.apply(rollout("broken"))
    armed(world, "broken")
    world.kubectl("-n", "broken", "scale", "deployment", "web", "--replicas=2")
    world.until_verdict("broken", "update/enough", "Failing", "Deployment web: status.availableReplicas is ")
    told = world.checks("broken")["update/enough"][1]
    assert told.startswith("At ")
    assert ", wanted at least 4. Start the step over: kubectl lab restart-step" in told
    world.kubectl("-n", "broken", "scale", "deployment", "web", "--replicas=4")
    update(world, "broken")
    world.until_verdict("broken", "update/updated", "Passed", timeout=60)
    assert world.checks("broken")["update/enough"] == ("Failing", told)
    assert world.checks("broken")["update/not-many"][0] == "Passed"
    assert world.status("broken")["next"].startswith("At ")
    eventually(
        lambda: "CheckViolated" in world.kubectl("get", "events", "-o", "jsonpath={..reason}"), "an Event"
    )

    page = types(world, "restart-step", "broken")
    assert "Waiting" in page
    assert "This step again" not in page
    armed(world, "broken")
    assert world.checks("broken")["update/updated"][0] == "Failing"
    update(world, "broken")
    world.until_phase("broken", "Completed", timeout=60)
    world.discard("broken")


@pytest.mark.parametrize("gently", [False, True], ids=["kill -9", "SIGTERM"])
def test_an_operator_that_was_away_while_armed_says_so(world: World, gently: bool) -> None:
    name = "away-gently" if gently else "away"
    world.apply(rollout(name))
    armed(world, name)
    if gently:
        world.operator.stop()
    else:
        world.operator.kill()
    world.operator.start()
    begins = "Not watched from " if gently else "Not watched for some time between "
    world.until_verdict(name, "update/enough", "Failing", begins)
    assert reason(world, name, "not-many") == "NotWatched"
    update(world, name)
    world.until_verdict(name, "update/updated", "Passed", timeout=60)
    assert world.status(name)["phase"] == "Active"
    world.kubectl("annotate", "lab", name, "tutoriallab.dev/restart-step=1")
    eventually(
        lambda: reason(world, name, "enough") == "HoldsSoFar", "armed again", lambda: world.checks(name), 60
    )
    world.discard(name)


def test_a_violation_outlives_the_operator(world: World) -> None:
    world.apply(rollout("kept"))
    armed(world, "kept")
    world.kubectl("-n", "kept", "scale", "deployment", "web", "--replicas=6")
    world.until_verdict("kept", "update/not-many", "Failing", "At ")
    told = world.checks("kept")["update/not-many"]
    world.operator.kill()
    world.kubectl("-n", "kept", "scale", "deployment", "web", "--replicas=4")
    world.operator.start()
    world.until_verdict("kept", "update/enough", "Failing", "Not watched")
    assert world.checks("kept")["update/not-many"] == told
    world.discard("kept")


def test_an_operator_that_only_slept_has_missed_nothing(world: World) -> None:
    """The API server keeps what happens for a watch that is not read: that is no gap."""
    world.apply(rollout("asleep"))
    armed(world, "asleep")
    assert world.operator.process is not None
    world.operator.process.send_signal(signal.SIGSTOP)
    try:
        for replicas in (2, 4):
            world.kubectl("-n", "asleep", "scale", "deployment", "web", f"--replicas={replicas}")
            available = f"jsonpath={{.status.availableReplicas}}={replicas}"
            world.kubectl("-n", "asleep", "wait", "deployment", "web", f"--for={available}", "--timeout=60s")
    finally:
        world.operator.process.send_signal(signal.SIGCONT)
    world.until_verdict("asleep", "update/enough", "Failing", "At ")
    assert reason(world, "asleep", "enough") == "Violated"
    assert reason(world, "asleep", "not-many") == "HoldsSoFar"
    world.discard("asleep")


FLICKERS = 20


@pytest.mark.parametrize("lasts", [0.2, 0.0], ids=["200 ms", "as short as can be"])
async def test_a_state_that_lasts_but_a_moment_is_seen_by_ever(world: World, lasts: float) -> None:
    """A ConfigMap's value, and a Deployment's spec that its controller has not caught up with."""
    name = f"moments-{int(lasts * 1000)}"
    given: Json = {"mine": {"apiVersion": "v1", "kind": "ConfigMap", "name": "mine"}}
    values = [
        check(f"v{i}", when="Ever", given=given, expect=[f"mine.data.v == '{i}'"])
        for i in range(FLICKERS // 2)
    ]
    scales = [check(f"s{i}", when="Ever", expect=[f"web.spec.replicas == {i}"]) for i in range(2, 10)]
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "mine"}, "data": {"v": "none"}}
    never = check("never", expect=["web.spec.replicas == 99"])
    await asyncio.to_thread(
        world.apply,
        plain(lab(name, step("a", *values, *scales, never, provision=[config, deployment("web", 0)]))),
    )
    await asyncio.to_thread(world.until_phase, name, "Active")

    async with await Session.from_kubeconfig(str(world.cluster.kubeconfig)) as admin:
        kinds = Resources(admin)

        async def change(kind: tuple[str, str], of: str, to: Json) -> None:
            target = {"metadata": {"name": of, "namespace": name}}
            await objects.patch(admin, await kinds.find(*kind), target["metadata"], to)
            await asyncio.sleep(lasts)

        for i in range(FLICKERS // 2):
            await change(("v1", "ConfigMap"), "mine", {"data": {"v": str(i)}})
            await change(("v1", "ConfigMap"), "mine", {"data": {"v": "none"}})
        for i in range(2, 10):
            await change(("apps/v1", "Deployment"), "web", {"spec": {"replicas": i}})
            await change(("apps/v1", "Deployment"), "web", {"spec": {"replicas": 0}})

    def missing() -> list[str]:
        return [
            one
            for one, (verdict, _) in world.checks(name).items()
            if verdict != "Passed" and one != "a/never"
        ]

    await asyncio.to_thread(
        eventually, lambda: not missing(), "every state was seen", lambda: json.dumps(missing())
    )
    world.discard(name)
