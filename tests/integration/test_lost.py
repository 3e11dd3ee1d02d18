"""Labs that go without waiting for the operator leave nothing."""

import asyncio
import random

import pytest

from builders import Json
from operator_process import eventually
from samples import deployment, plain, two_steps
from tutoriallab.kube.session import Session
from tutoriallab.lab.crd import RESOURCE
from world import World

pytestmark = pytest.mark.integration

TORN = '{"metadata":{"finalizers":null}}'


def tear(world: World, name: str) -> None:
    """The lab is deleted, and does not wait for the operator."""
    world.kubectl("patch", "lab", name, "--type=merge", "-p", TORN)
    world.kubectl("delete", "lab", name)


def left(world: World, kind: str, prefix: str) -> list[str]:
    return [name for name in world.names(kind) if name.startswith(prefix)]


async def test_labs_deleted_in_the_moment_in_which_they_are_held_leave_no_workspace(world: World) -> None:
    """The API server lets a lab go that has got its finalizer since it looked; a few of these are."""
    async with await Session.from_kubeconfig(str(world.cluster.kubeconfig)) as admin:

        async def there_and_gone(number: int) -> None:
            body: Json = two_steps(f"flash-{number}")
            await admin.request("POST", RESOURCE.path("default"), body=body)
            await asyncio.sleep(random.uniform(0.02, 0.14))  # noqa: S311
            await admin.request("DELETE", RESOURCE.path("default", f"flash-{number}"))

        for first in range(0, 60, 6):
            await asyncio.gather(*(there_and_gone(first + number) for number in range(6)))
    eventually(lambda: not left(world, "namespace", "flash-"), "no workspace is left", timeout=60)
    eventually(lambda: not left(world, "tutoriallab.tutoriallab.dev", "flash-"), "no lab is left")
    assert "WARNING tutoriallab.attempts: lab default/flash-" not in world.operator.log


def test_a_lab_whose_finalizer_is_taken_off_leaves_nothing_and_one_of_its_name_begins_anew(
    world: World,
) -> None:
    world.apply(two_steps("ripped-off"))
    before = world.until_phase("ripped-off", "Active")["workspaceUid"]
    tear(world, "ripped-off")
    world.apply(two_steps("ripped-off"))
    after = world.until_phase("ripped-off", "Active", "Blocked")
    assert after["phase"] == "Active"
    assert after["workspaceUid"] != before
    world.kubectl("-n", "ripped-off", "scale", "deployment", "web", "--replicas=3")
    eventually(lambda: world.status("ripped-off").get("step") == "second", "the second step is open")
    world.delete_lab("ripped-off")
    assert world.gone("namespace", ["ripped-off"])


def test_a_lab_that_is_torn_away_while_it_is_prepared_leaves_nothing(world: World) -> None:
    configs = [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"c{i}"}} for i in range(60)]
    body = two_steps("torn-early")
    body["spec"]["provision"] = [*configs, deployment("web")]
    world.apply(plain(body))
    eventually(lambda: not world.gone("namespace", ["torn-early"]), "it is being prepared")
    tear(world, "torn-early")
    eventually(lambda: world.gone("namespace", ["torn-early"]), "the workspace is gone", timeout=60)


def test_a_lab_that_goes_while_no_operator_runs_is_cleared_by_the_next(world: World) -> None:
    world.apply(two_steps("unseen"), two_steps("stays"))
    world.until_phase("unseen", "Active")
    uid = world.until_phase("stays", "Active")["workspaceUid"]
    world.kubectl("create", "namespace", "of-somebody")
    world.operator.kill()
    tear(world, "unseen")
    world.operator.start()
    eventually(lambda: world.gone("namespace", ["unseen"]), "the workspace is gone", timeout=60)
    assert world.status("stays")["workspaceUid"] == uid
    assert world.get("namespace", "stays")["metadata"].get("deletionTimestamp") is None
    assert world.get("namespace", "of-somebody")["status"]["phase"] == "Active"
    world.kubectl("delete", "namespace", "of-somebody", "--wait=false")
    world.discard("stays")


def test_a_lab_that_never_had_its_workspace_takes_nothing_from_the_one_that_has(world: World) -> None:
    world.kubectl("create", "namespace", "north")
    world.apply(two_steps("north-star"))
    world.until_phase("north-star", "Active")
    same = two_steps("star")
    same["metadata"]["namespace"] = "north"
    world.apply(same)
    world.until_phase("star", "Blocked", namespace="north")
    world.kubectl("-n", "north", "delete", "lab", "star")
    world.kubectl("-n", "north-star", "scale", "deployment", "web", "--replicas=3")
    world.until_verdict("north-star", "second/made", "Failing")
    world.discard("north-star")
    world.kubectl("delete", "namespace", "north", "--wait=false")
