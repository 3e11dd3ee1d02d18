import pytest

from tutoriallab.lab.key import LabKey
from tutoriallab.provision.lease.queue import Place, ahead, place, taken

HOLDER = LabKey("default", "taints", "u")


def at(made: str, name: str = "x", since: str = "", started: str = "") -> Place:
    return place(LabKey("default", name, f"uid-of-{name}"), made, since, started)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:01Z")),
        (at("2026-01-01T00:00:00Z", "a"), at("2026-01-01T00:00:00Z", "b")),
        (
            at("2026-01-01T00:00:00Z", "b", started="2026-01-01T00:00:05.001Z"),
            at("2026-01-01T00:00:00Z", "a", started="2026-01-01T00:00:05.002Z"),
        ),
        # Who starts over comes after those that wait.
        (at("2026-01-01T00:01:00Z", "b"), at("2026-01-01T00:00:00Z", "a", since="2026-01-01T00:02:00.123Z")),
    ],
)
def test_first_come_first_served(first: Place, second: Place) -> None:
    assert ahead(second, [first, second]) == [first]
    assert ahead(first, [first, second]) == []


@pytest.mark.parametrize(
    ("holder", "before", "told"),
    [
        (HOLDER, 0, "Nodes are leased by lab default/taints; this lab is next"),
        (HOLDER, 1, "Nodes are leased by lab default/taints; 1 lab is before this one"),
        (HOLDER, 2, "Nodes are leased by lab default/taints; 2 labs are before this one"),
        (None, 1, "Nodes go to lab default/l0 first; this lab is next"),
        (None, 3, "Nodes go to lab default/l0 first; 2 labs are before this one"),
    ],
)
def test_a_lab_is_told_who_has_the_nodes_and_its_place(holder: LabKey | None, before: int, told: str) -> None:
    others = [at("2026-01-01T00:00:00Z", f"l{i}") for i in range(before)]
    assert str(taken(holder, others)) == f"{told}. It goes on by itself when they are free"
