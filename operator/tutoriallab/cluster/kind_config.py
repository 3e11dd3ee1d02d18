"""The configuration of a kind cluster, as kind reads it; pure, called by kind.py."""

from typing import Any

import yaml

#: Bytes that a worker offers to pods, as the simulated ones do: labs count on it.
ALLOCATABLE = 8 * 1024**3
#: Bytes of memory below which a cluster of four nodes does not get far.
LEAST_MEMORY = 3 * 1024**3
WORKERS = 3
LEASABLE = "tutoriallab.dev/leasable"
#: A namespace takes the controller manager some hundred requests to delete, and by default it sends 20 a second: a
#: class, or a run of proofs, deletes faster than that. The form of kubeadm's v1beta3, which kind uses up to 1.35.
CONTROLLERS = {
    "kind": "ClusterConfiguration",
    "controllerManager": {
        "extraArgs": {
            "kube-api-qps": "500",
            "kube-api-burst": "1000",
            "concurrent-namespace-syncs": "20",
        }
    },
}


def configuration(name: str, memory: int) -> str:
    """YAML for `kind create cluster --config`; `memory` is the engine's, which kind reports for every node."""
    worker = {"role": "worker", "labels": {LEASABLE: "true"}}
    config: dict[str, Any] = {
        "kind": "Cluster",
        "apiVersion": "kind.x-k8s.io/v1alpha4",
        "name": name,
        "networking": {"apiServerAddress": "127.0.0.1"},
        "nodes": [{"role": "control-plane"}, *([worker] * WORKERS)],
    }
    patches = [CONTROLLERS]
    if memory > ALLOCATABLE:
        kubelet = {
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            # What is reserved is what is left over: kubelet takes it from what the machine has.
            "systemReserved": {"memory": str(memory - ALLOCATABLE)},
        }
        patches.append(kubelet)
    config["kubeadmConfigPatches"] = [yaml.safe_dump(one, sort_keys=False) for one in patches]
    return yaml.dump(config, Dumper=_WithoutAliases, sort_keys=False)


def nodes(name: str) -> list[str]:
    """The names that kind gives to the nodes, the control plane first."""
    return [
        f"{name}-control-plane",
        f"{name}-worker",
        *(f"{name}-worker{at}" for at in range(2, WORKERS + 1)),
    ]


class _WithoutAliases(yaml.SafeDumper):
    """kind reads YAML without anchors as people do: each worker is written out."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the base class's own
        """Write every value where it stands."""
        return True
