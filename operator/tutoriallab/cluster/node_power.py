"""Stops and starts nodes of the clusters that `up` made, as their power switch would; called by the command line.

On kind the node's container is stopped, on an embedded cluster what simulates the node leaves it alone. Nothing is
written about the node's health: the control plane finds out, and says NotReady in its own time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tutoriallab.cluster import embedded, heartbeats, kind
from tutoriallab.cluster.client import Client
from tutoriallab.cluster.engine import Engine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.provider import existing

#: Seconds that a node's processes get before they are killed: a power cut gives none.
GRACE = "1"
#: Seconds after which the control plane calls a node without heartbeats NotReady, at most (node-monitor-grace-period is
#: 50 s on kind, 40 s on embedded clusters, and it looks every 5 s).
NOTICED_AFTER = 55


@dataclass(frozen=True)
class Switches:
    """The power switches of one cluster's nodes."""

    cluster: str
    engine: Engine | None
    """The engine that runs the nodes of a kind cluster; None where nodes are simulated."""
    client: Client
    """The cluster's administrator."""

    def stopped(self) -> set[str]:
        """The nodes that are stopped; raises ClusterError."""
        if self.engine:
            return {node for node, runs in self.engine.nodes(self.cluster).items() if not runs}
        return heartbeats.stopped(self.client)

    def stop(self, node: str) -> bool:
        """Whether the node was running, and is stopped now; raises ClusterError."""
        if node in self.stopped():
            return False
        if self.engine:
            self.engine.stop([node], GRACE)
        else:
            heartbeats.stop(self.client, node)
        return True

    def start(self, node: str) -> bool:
        """Whether the node was stopped, and is started now; raises ClusterError."""
        if node not in self.stopped():
            return False
        if self.engine:
            self.engine.start([node])
        else:
            heartbeats.resume(self.client, node)
        return True


def switches(authority: str, kubectl: Path, places: Places) -> Switches:
    """The switches of the cluster with this certificate authority (base64).

    Raises ClusterError if `up` did not make it.
    """
    for name in sorted({*kind.names(places), *embedded.names(places)}):
        kubeconfig = places.cluster_folder(name) / "kubeconfig"
        if authority and authority == certificate_authority(_read(kubeconfig)):
            engine = kind.engine_of(name, places) if existing(name, places) == "kind" else None
            return Switches(name, engine, Client(kubectl, kubeconfig))
    raise ClusterError(
        "Only nodes of clusters that `tutoriallab up` made here can be stopped and started, and this is none of them: "
        "choose one with --context."
    )


def certificate_authority(kubeconfig: Mapping[str, Any]) -> str:
    """What tells a kubeconfig's (first) cluster from all others; empty when it is not in it."""
    clusters = kubeconfig.get("clusters") or [{}]
    return str((clusters[0].get("cluster") or {}).get("certificate-authority-data") or "")


def _read(kubeconfig: Path) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(kubeconfig.read_text())
    except (OSError, yaml.YAMLError):
        return {}
    return found if isinstance(found, dict) else {}
