"""Every lab that leases nodes, proven on a real control plane; one after another, as the nodes are."""

import pytest

from proving import Record, labs, prove
from world import World

pytestmark = pytest.mark.integration


def test_labs_with_nodes_are_proven(world: World, record_property: Record) -> None:
    prove(world, labs(with_nodes=True), record_property)
