"""All labs in random order while the operator is killed at random: nodes are byte for byte what they were."""

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from node_labs import nodes_now, until_nodes_are, until_nothing_is_leased
from proving import SHOWN, Record, needs
from tutoriallab.cli.catalogue import entries
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.prove import cases, prove
from world import World

pytestmark = [pytest.mark.integration, pytest.mark.slow]
KILLS = 10
#: Seconds between two kills: long enough for a start, short enough for ten in the time that the labs take.
PAUSE = (3.0, 9.0)
#: What a check says that had to be watched without a gap while nobody watched: honest, and not passed.
NOT_WATCHED = "grading was interrupted"


@contextmanager
def killed(world: World, chance: random.Random, kills: list[float]) -> Iterator[None]:
    """Meanwhile the operator is killed (-9) and started again, `KILLS` times in all, even if it takes longer."""
    over = threading.Event()

    def kill() -> None:
        while len(kills) < KILLS:
            over.wait(pause := chance.uniform(*PAUSE))
            world.operator.kill()
            world.operator.start()
            kills.append(pause)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_nodes_are_what_they_were_whenever_the_operator_dies(
    world: World, monkeypatch: pytest.MonkeyPatch, record_property: Record
) -> None:
    monkeypatch.setenv("KUBECONFIG", str(world.cluster.kubeconfig))
    # CI has the same order each time; new ones are found at desks.
    by_default = 1 if os.environ.get("CI") else random.SystemRandom().randrange(1_000_000)
    seed = int(os.environ.get("SEED") or by_default)
    chance = random.Random(seed)  # noqa: S311
    todo = [next(cases(entry)) for entry in entries() if not needs(entry)]
    chance.shuffle(todo)
    before, kills = nodes_now(world), list[float]()
    with killed(world, chance, kills):
        proofs = prove(todo, Kubectl.find(""), 3)
    until_nodes_are(world, before)
    until_nothing_is_leased(world)
    wrong = [f"{one.case.title}: {one.seen}" for one in proofs if not (one.holds or NOT_WATCHED in one.seen)]
    record_property(SHOWN, f"SEED={seed}: {len(proofs)} labs, {len(kills)} kills, nodes as before.\n")
    assert not wrong, (f"SEED={seed}", wrong, world.operator.log[-3_000:])
    assert len(kills) == KILLS
