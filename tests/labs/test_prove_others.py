"""Every lab without nodes, proven on a real control plane; in a file of its own, to run beside those with nodes."""

import pytest

from proving import Record, labs, prove
from running_cluster import RunningCluster
from world import World

pytestmark = pytest.mark.integration


def test_labs_without_nodes_are_proven(
    world: World, cluster: RunningCluster, record_property: Record
) -> None:
    prove(world, cluster, labs(with_nodes=False), record_property)
