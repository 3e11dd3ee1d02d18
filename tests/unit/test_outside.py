"""Which lab has which name; that names are free is seen on a real cluster, in tests/integration/test_outside.py."""

from typing import Any, cast

import pytest

from builders import Json, lab
from tutoriallab.kube.session import Session
from tutoriallab.lab.key import LabKey
from tutoriallab.lab.state import OutsideObject, Status
from tutoriallab.observe.observer import Observer
from tutoriallab.outside import Outside, to_be_seen_again, wanted
from tutoriallab.run import LabRun

DEV: Json = {"apiVersion": "v1", "kind": "Namespace", "name": "dev"}
SEEN = OutsideObject(api_version="v1", kind="Namespace", name="dev", absent_since="2026-01-01T00:00:00Z")


class Adopting:
    """Where the observer would stand."""

    def __init__(self) -> None:
        self.kept: set[str] = set()

    def adopt(self, namespace: str) -> None:
        self.kept.add(namespace)

    def release(self, namespace: str) -> None:
        self.kept.discard(namespace)


class Small:
    """An engine's worth of labs, without a cluster: whatever would ask one fails."""

    def __init__(self) -> None:
        self.runs: dict[str, LabRun] = {}
        self.kicked: list[str] = []
        self.observer = Adopting()
        self.outside = Outside(
            cast("Session", None),
            cast("Observer", self.observer),
            self.runs,
            lambda run: self.kicked.append(run.id),
        )

    def add(self, name: str, *claimed: OutsideObject, **changes: Any) -> LabRun:
        status = Status(workspace=name, outside=list(claimed))
        run = LabRun(LabKey("default", name, f"uid-of-{name}"), lab(name, **changes), status)
        run.read()
        self.runs[run.id] = run
        self.outside.recall(run.id, claimed)
        return run

    def drop(self, run: LabRun) -> None:
        del self.runs[run.id]
        self.outside.gone(run)


@pytest.fixture
def small() -> Small:
    return Small()


async def test_names_that_were_seen_absent_are_read_without_asking_again(small: Small) -> None:
    run = small.add("one", SEEN, outside=[DEV])
    assert await small.outside.claim(run) is None
    assert small.observer.kept == {"dev"}
    assert run.status.outside == [SEEN]


async def test_the_second_lab_waits_until_the_first_is_gone(small: Small) -> None:
    first = small.add("one", SEEN, outside=[DEV])
    second = small.add("two", outside=[DEV])
    refused = await small.outside.claim(second)
    assert refused
    assert (refused.reason, str(refused.message)) == (
        "OutsideClaimed",
        "Namespace dev belongs to lab default/one while that lives: delete that lab first",
    )
    assert second.status.outside == []
    small.drop(first)
    assert small.kicked == ["default/two"]


async def test_a_lab_may_not_become_the_workspace_of_what_another_has_made(small: Small) -> None:
    small.add("one", SEEN, outside=[DEV])
    refused = await small.outside.claim(small.add("dev"))
    assert refused is not None
    assert refused.reason == "OutsideClaimed"


async def test_a_workspace_is_nobodys_to_make(small: Small) -> None:
    small.add("dev")
    refused = await small.outside.claim(small.add("one", outside=[DEV]))
    assert refused is not None
    assert "Namespace dev is the workspace of a lab" in str(refused.message)


async def test_nothing_is_removed_that_was_not_seen_absent(small: Small) -> None:
    run = small.add("one", *to_be_seen_again([SEEN]), outside=[DEV])
    assert await small.outside.remove(run) is None


def test_workspace_is_replaced_in_names(small: Small) -> None:
    run = small.add("one", outside=[{**DEV, "name": "${workspace}-dev"}])
    assert [one.name for one in wanted(run.spec.outside, run.workspace)] == ["one-dev"]


def test_over_a_reset_the_names_stay_and_have_to_be_seen_free_again() -> None:
    assert to_be_seen_again([SEEN]) == [OutsideObject(api_version="v1", kind="Namespace", name="dev")]


async def test_a_name_that_was_never_free_is_given_up_with_the_wish_for_it(small: Small) -> None:
    run = small.add("one", *to_be_seen_again([SEEN]))
    assert await small.outside.claim(run) is None
    assert run.status.outside == []
    assert await small.outside.claim(small.add("two", SEEN, outside=[DEV])) is None


async def test_a_name_under_which_something_may_stand_is_kept_until_the_end(small: Small) -> None:
    run = small.add("one", SEEN)
    assert await small.outside.claim(run) is None
    assert run.status.outside == [SEEN]
