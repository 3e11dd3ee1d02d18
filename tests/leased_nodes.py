"""Nodes for the tests of leases, and what the API server makes of a merge patch."""

import copy
from typing import Any

Json = dict[str, Any]


def node(name: str = "worker1", **changes: Any) -> Json:
    """A Ready worker that is opted in; `labels`, `annotations`, `taints`, `unschedulable`, `ready` change it."""
    labels = {"kubernetes.io/hostname": name, "tutoriallab.dev/leasable": "true", **changes.get("labels", {})}
    spec: Json = {"podCIDR": "10.244.1.0/24"}
    if changes.get("taints"):
        spec["taints"] = changes["taints"]
    if changes.get("unschedulable"):
        spec["unschedulable"] = True
    return {
        "metadata": {
            "name": name,
            "uid": f"uid-of-{name}",
            "resourceVersion": "7",
            "labels": labels,
            "annotations": {"kwok.x-k8s.io/node": "fake", **changes.get("annotations", {})},
            **({"deletionTimestamp": "2026-01-01T00:00:00Z"} if changes.get("deleting") else {}),
        },
        "spec": spec,
        "status": {
            "conditions": [{"type": "Ready", "status": "True" if changes.get("ready", True) else "Unknown"}]
        },
    }


def taint(key: str, effect: str = "NoSchedule", value: str = "") -> Json:
    return {"key": key, "effect": effect} | ({"value": value} if value else {})


def patched(target: Any, patch: Any) -> Any:
    """RFC 7386, and what the API server leaves out: empty maps, lists and false."""
    return _without_empty(_merge(copy.deepcopy(target), patch))


def _merge(target: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    found = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = _merge(found.get(key), value)
    return found


def _without_empty(found: Json) -> Json:
    for part in (found["metadata"], found["spec"]):
        for key in [key for key, value in part.items() if value in ({}, [], False)]:
            del part[key]
    return found
