"""Stops and resumes a simulated node, for node_power.py and for `up`, which starts what is stopped.

kwok keeps the nodes that match a label selector (kwokctl.py): a node that matches no longer gets no heartbeat, and its
pods no kubelet. Its Lease stays as it is: that is what the control plane looks at, and by which it finds out for itself
that the node is gone. A Lease that somebody else holds would do for the node, but not always for its pods: kwok 0.7 and
0.8 heed that only if they happen to begin with the nodes (controllers.Start walks a Go map).
"""

from tutoriallab.cluster.client import Client
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.workers import OFF

#: Somebody waits for this, and wants it done also on a busy machine; the last such flag holds.
_PATIENCE = "--request-timeout=15s"


def stopped(client: Client) -> set[str]:
    """The nodes that are stopped; raises ClusterError when the API server does not answer."""
    nodes = _said(client, "get", "nodes", "--selector", OFF, "--output", "name")
    return {node.removeprefix("node/") for node in nodes.split()}


def stop(client: Client, node: str) -> None:
    """No heartbeat comes from the node any more; raises ClusterError."""
    _said(client, "label", "node", node, OFF, "--overwrite")


def resume(client: Client, node: str) -> None:
    """Heartbeats come again, at once; raises ClusterError."""
    _said(client, "label", "node", node, f"{OFF.partition('=')[0]}-")


def _said(client: Client, *arguments: str) -> str:
    done = client.run(_PATIENCE, *arguments)
    if done.returncode != 0:
        raise ClusterError(
            f"The embedded cluster refuses ({done.stderr.strip()[-300:]}): bring it up again with `tutoriallab up`."
        )
    return done.stdout
