"""Every lab that leases nodes, proven on a real control plane; one after another, as the nodes are."""

import pytest

from proving import Record, labs, prove
from running_cluster import RunningCluster
from world import World

pytestmark = pytest.mark.integration


def test_labs_with_nodes_are_proven(world: World, cluster: RunningCluster, record_property: Record) -> None:
    prove(world, cluster, labs(with_nodes=True), record_property)
