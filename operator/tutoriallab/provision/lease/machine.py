"""What of a node belongs to the control plane, the kubelet or an agent on the node, and not to people. Pure.

They keep writing it while a lab runs, so that giving back an old value would do harm. A learner's forgery of one of
these taints does not last: the control plane takes it off by itself.
"""

from collections.abc import Mapping
from typing import Any

#: Taints that the node lifecycle controller derives from a node's conditions and from its cordon, with their effects.
#: `node.kubernetes.io/out-of-service` is not among them: people set it, and nothing takes it off.
_TAINTS = frozenset(
    (f"node.kubernetes.io/{what}", effect)
    for what, effects in {
        "not-ready": ("NoSchedule", "NoExecute"),
        "unreachable": ("NoSchedule", "NoExecute"),
        "unschedulable": ("NoSchedule",),
        "network-unavailable": ("NoSchedule",),
        "memory-pressure": ("NoSchedule",),
        "disk-pressure": ("NoSchedule",),
        "pid-pressure": ("NoSchedule",),
    }.items()
    for effect in effects
)
#: Labels and annotations with writers that never stop. The kubelet's own labels (kubernetes.io/hostname, os, arch,
#: topology) are not among them: it writes them when it starts and never again, so that they are people's to lose.
_KEYS = frozenset(
    {
        "alpha.kubernetes.io/provided-node-ip",  # kubelet, with every status
        "csi.volume.kubernetes.io/nodeid",  # kubelet, when a CSI driver comes or goes
        "node.alpha.kubernetes.io/ttl",  # controller manager, when the cluster grows
    }
)
_PREFIXES = (
    "feature.node.kubernetes.io/",  # node feature discovery
    "cluster.x-k8s.io/",  # Cluster API
    "flannel.alpha.coreos.com/",  # the network's agents: an old address here cuts the node off
    "k3s.io/",
    "k8s.ovn.org/",
    "network.cilium.io/",
    "projectcalico.org/",
)


def is_machines_taint(taint: Mapping[str, Any]) -> bool:
    """Whether the control plane puts this taint on nodes and takes it off."""
    return (taint.get("key"), taint.get("effect")) in _TAINTS


def is_machines_key(key: str) -> bool:
    """Whether the value of this label or annotation is kept up to date by a program."""
    return key in _KEYS or key.startswith(_PREFIXES)
