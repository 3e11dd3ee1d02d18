"""Stops and resumes the heartbeats of a simulated node, for node_power.py and for `up`, which starts what is stopped.

kwok leaves a node alone while somebody else holds the node's Lease, and takes it over once nobody does. Its renewTime
stays as it is: that is what the control plane looks at, and by which it finds out for itself that the node is gone.
"""

import json
from typing import Any, cast

from tutoriallab.cluster.client import Client
from tutoriallab.cluster.error import ClusterError

#: Who holds the Lease of a node that is stopped.
STOPPED = "tutoriallab-stopped"
#: Set on the node before it is stopped. kwok writes a Ready node's status every ten to twenty minutes; a change of the
#: node begins that time anew, so that no such write is due soon after.
TOUCHED = "tutoriallab.dev/power"
_FOR_EVER = 2**31 - 1
_SECONDS = 40
#: Somebody waits for this, and wants it done also on a busy machine; the last such flag holds.
_PATIENCE = "--request-timeout=15s"
_LEASES = ("leases.coordination.k8s.io", "--namespace", "kube-node-lease")


def stopped(client: Client) -> set[str]:
    """The nodes whose heartbeats are stopped; raises ClusterError when the API server does not answer."""
    leases = cast("list[dict[str, Any]]", json.loads(_said(client, "get", *_LEASES, "-o", "json"))["items"])
    return {one["metadata"]["name"] for one in leases if one.get("spec", {}).get("holderIdentity") == STOPPED}


def stop(client: Client, node: str) -> None:
    """No heartbeat comes from the node any more; raises ClusterError."""
    _said(client, "annotate", "node", node, f"{TOUCHED}=off", "--overwrite")
    _hold(client, node, STOPPED, _FOR_EVER)


def resume(client: Client, node: str) -> None:
    """Within ten seconds heartbeats come again; raises ClusterError."""
    _said(client, "annotate", "node", node, f"{TOUCHED}-")
    _hold(client, node, None, _SECONDS)


def _hold(client: Client, node: str, holder: str | None, seconds: int) -> None:
    change = {"spec": {"holderIdentity": holder, "leaseDurationSeconds": seconds}}
    _said(client, "patch", *_LEASES, node, "--type=merge", "-p", json.dumps(change))


def _said(client: Client, *arguments: str) -> str:
    done = client.run(_PATIENCE, *arguments)
    if done.returncode != 0:
        raise ClusterError(
            f"The embedded cluster refuses ({done.stderr.strip()[-300:]}): bring it up again with `tutoriallab up`."
        )
    return done.stdout
