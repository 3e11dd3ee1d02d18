"""The simulated workers of an embedded cluster, as manifests; pure, applied by embedded.py."""

from typing import Any

WORKERS = ("worker1", "worker2", "worker3")
#: The label of a worker that is stopped, and the selector of all nodes without it.
OFF, ON = "tutoriallab.dev/power=off", "tutoriallab.dev/power!=off"
_RESOURCES = {"cpu": "4", "memory": "8Gi", "pods": "110", "ephemeral-storage": "64Gi"}


def manifest(name: str) -> dict[str, Any]:
    """The Node object of one worker: 4 CPU, 8 GiB, 110 pods, open to leases by labs."""
    number = WORKERS.index(name) + 1
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            "annotations": {"kwok.x-k8s.io/node": "fake"},
            "labels": {
                "kubernetes.io/hostname": name,
                "kubernetes.io/os": "linux",
                "kubernetes.io/arch": "amd64",
                "node-role.kubernetes.io/worker": "",
                "tutoriallab.dev/leasable": "true",
            },
        },
        # Without a range of its own, kwok gives the pods of all nodes the same 254 addresses.
        "spec": {"podCIDR": f"10.244.{number}.0/24", "podCIDRs": [f"10.244.{number}.0/24"]},
        "status": {
            "allocatable": _RESOURCES,
            "capacity": _RESOURCES,
            # The API server asks a node by its Hostname first: kwok listens on this machine, so that
            # `kubectl logs` is answered at once. Nothing is at the InternalIP (documentation range), and
            # loopback will not do, as EndpointSlices of host-network pods refuse it.
            "addresses": [
                {"type": "Hostname", "address": "localhost"},
                {"type": "InternalIP", "address": f"192.0.2.{10 + number}"},
            ],
        },
    }
