"""kill -9 between every two writes of a lease, of a reset and of giving back: in the end nothing is left behind."""

from functools import partial

import pytest

from crashing import Crashing
from node_labs import ledger, nodes_now, tainted, until_nodes_are, until_nothing_is_leased
from world import World

pytestmark = [pytest.mark.integration, pytest.mark.slow]
#: More writes than any of these lives has.
ENOUGH = 60


def of_a_lease(method: str, path: str) -> bool:
    """Writes that a lease consists of, and those of status and finalizer between which it must stand."""
    return (
        "/namespaces/tutoriallab-system/configmaps" in path
        or "/nodes/" in path
        or "/tutoriallabs/" in path
        or (method == "DELETE" and path.startswith("/api/v1/namespaces/"))
    )


class OfGivingBack:
    """The same, but of the many statuses that tell of the workspace's deletion only the last few, from the nodes on."""

    def __init__(self) -> None:
        self._nodes_touched = False

    def __call__(self, method: str, path: str) -> bool:
        self._nodes_touched |= "/nodes/" in path
        return of_a_lease(method, path) and (self._nodes_touched or not path.endswith("/status"))


def test_killed_after_every_write_from_apply_to_completion(crashing: Crashing) -> None:
    world = crashing.world
    before = nodes_now(world)
    for n in range(1, ENOUGH):
        name = f"crash-{n}"
        crashing.arm(n, of_a_lease)
        world.apply(tainted(name))
        cut = crashing.crash(partial(is_active, world, name))
        assert world.until_phase(name, "Active")["nodes"] == {"node1": "worker1", "node2": "worker2"}
        leased = world.get("node", "worker1")
        assert leased["metadata"]["labels"]["nodeenv"] == "pro"
        assert [one["key"] for one in leased["spec"]["taints"]] == ["tag"]
        world.kubectl("label", "node", "worker1", "done=yes", "kubernetes.io/os-")
        cut = cut or crashing.crash(partial(is_completed, world, name))
        world.until_phase(name, "Completed")
        until_nodes_are(world, before)
        until_nothing_is_leased(world)
        world.discard(name)
        if not cut:
            assert n > 10, crashing.written
            return
    pytest.fail("it never came through")


def is_active(world: World, name: str) -> bool:
    return bool(world.status(name).get("phase") == "Active")


def is_completed(world: World, name: str) -> bool:
    return bool(world.status(name).get("phase") == "Completed" and not ledger(world))


def is_reset(world: World, name: str) -> bool:
    return bool(world.status(name)["handled"].get("reset") == "1" and is_active(world, name))


def is_deleted(world: World, name: str) -> bool:
    return name not in world.names("tutoriallab.tutoriallab.dev")


@pytest.mark.parametrize("way", ["delete", "reset"])
def test_killed_after_every_write_of_a_deletion_or_a_reset(crashing: Crashing, way: str) -> None:
    world = crashing.world
    before = nodes_now(world)
    for n in range(1, ENOUGH):
        name = f"{way}-{n}"
        crashing.disarm()
        world.apply(tainted(name))
        world.until_phase(name, "Active")
        world.kubectl("taint", "node", "worker1", "tag-", "mine=1:NoSchedule")
        world.kubectl("cordon", "worker2")
        crashing.arm(n, OfGivingBack())
        if way == "reset":
            world.kubectl("annotate", "lab", name, "tutoriallab.dev/reset=1")
        else:
            world.kubectl("delete", "lab", name, "--wait=false")

        over = partial(is_reset if way == "reset" else is_deleted, world, name)
        cut = crashing.crash(over)
        crashing.disarm()
        crashing.until(over, f"{way} is through")
        if way == "reset":
            leased = world.get("node", "worker1")
            assert [one["key"] for one in leased["spec"]["taints"]] == ["tag"]
            assert "unschedulable" not in world.get("node", "worker2")["spec"]
            world.delete_lab(name)
        assert nodes_now(world) == before
        until_nothing_is_leased(world)
        if not cut:
            assert n > 5, crashing.written
            return
    pytest.fail("it never came through")
