"""kill -9 between every two writes of a lab with objects outside: what it made goes, what was there stays."""

from functools import partial

import pytest

from builders import Json, check, lab, step
from crashing import Crashing
from samples import plain
from world import World

pytestmark = [pytest.mark.integration, pytest.mark.slow]
#: More writes than any of these lives has.
ENOUGH = 40


def abroad(name: str) -> Json:
    """A lab with two names outside: both free."""
    things = [
        {"apiVersion": "v1", "kind": "Namespace", "name": "${workspace}-dev"},
        {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "name": name},
    ]
    made = check(
        "made",
        given={"dev": {"apiVersion": "v1", "kind": "Namespace", "name": "${workspace}-dev"}},
        expect=["dev.metadata.labels.done == 'yes'"],
    )
    return plain(lab(name, step("first", made), outside=things))


def of_beginning(method: str, path: str) -> bool:
    """Writes of the lab itself and of namespaces: what a beginning consists of."""
    return "/tutoriallabs/" in path or path.endswith("/api/v1/namespaces")


class OfTheEnd:
    """Marks, deletions and the finalizer; of the many statuses that tell of waiting none but the first."""

    def __init__(self) -> None:
        self._statuses = 0

    def __call__(self, method: str, path: str) -> bool:
        if path.endswith("/status"):
            self._statuses += 1
            return self._statuses == 1
        return method == "DELETE" or "/tutoriallabs/" in path or "/storageclasses/" in path or "-dev" in path


def is_active(world: World, name: str) -> bool:
    return bool(world.status(name).get("phase") == "Active")


def is_deleted(world: World, name: str) -> bool:
    return name not in world.names("tutoriallab.tutoriallab.dev")


def learner_makes(world: World, name: str) -> None:
    world.kubectl("create", "namespace", f"{name}-dev")
    world.apply(
        {
            "apiVersion": "storage.k8s.io/v1",
            "kind": "StorageClass",
            "metadata": {"name": name},
            "provisioner": "example.com/none",
        }
    )


def nothing_is_left(world: World, name: str) -> bool:
    classes = world.kubectl("get", "storageclass", "-o", "name").split()
    return (
        world.gone("namespace", [name, f"{name}-dev"])
        and f"storageclass.storage.k8s.io/{name}" not in classes
    )


def test_killed_after_every_write_from_apply_to_the_first_step(crashing: Crashing) -> None:
    world = crashing.world
    for n in range(1, ENOUGH):
        name = f"abroad-{n}"
        crashing.arm(n, of_beginning)
        world.apply(abroad(name))
        cut = crashing.crash(partial(is_active, world, name))
        crashing.disarm()
        status = world.until_phase(name, "Active")
        assert all(one["absentSince"] for one in status["outside"])
        learner_makes(world, name)
        world.delete_lab(name)
        assert nothing_is_left(world, name)
        if not cut:
            assert n > 3, crashing.written
            return
    pytest.fail("it never came through")


@pytest.mark.parametrize("way", ["delete", "reset"])
def test_killed_after_every_write_of_the_end(crashing: Crashing, way: str) -> None:
    world = crashing.world
    for n in range(1, ENOUGH):
        name = f"{way}-abroad-{n}"
        crashing.disarm()
        world.apply(abroad(name))
        world.until_phase(name, "Active")
        learner_makes(world, name)
        crashing.arm(n, OfTheEnd())
        if way == "reset":
            world.kubectl("annotate", "lab", name, "tutoriallab.dev/reset=1")
        else:
            world.kubectl("delete", "lab", name, "--wait=false")

        def over(name: str = name) -> bool:
            if way == "delete":
                return is_deleted(world, name)
            return bool(world.status(name)["handled"].get("reset") == "1" and is_active(world, name))

        cut = crashing.crash(over)
        crashing.disarm()
        crashing.until(over, f"{way} is through")
        if way == "reset":
            assert world.checks(name)["first/made"] == ("Failing", f"Namespace {name}-dev does not exist")
            world.delete_lab(name)
        assert nothing_is_left(world, name)
        if not cut:
            assert n > 3, crashing.written
            return
    pytest.fail("it never came through")


def test_killed_after_every_write_while_something_stands_in_the_way(
    crashing: Crashing,
) -> None:
    world = crashing.world
    for n in range(1, ENOUGH):
        name = f"careful-{n}"
        world.kubectl("create", "namespace", f"{name}-dev")
        before = world.get("namespace", f"{name}-dev")
        crashing.arm(n, of_beginning)
        world.apply(abroad(name))
        cut = crashing.crash(partial(is_blocked, world, name))
        crashing.disarm()
        world.until_phase(name, "Blocked")
        world.delete_lab(name)
        assert world.get("namespace", f"{name}-dev")["metadata"] == before["metadata"]
        world.kubectl("delete", "namespace", f"{name}-dev", "--wait=false")
        if not cut:
            assert n > 1, crashing.written
            return
    pytest.fail("it never came through")


def is_blocked(world: World, name: str) -> bool:
    return bool(world.status(name).get("phase") == "Blocked")
