"""What the corpus keeps of a cluster: objects without what differs from run to run and means nothing. Pure.

Called by `corpus_maker.py`. No address or name of the machine is kept, and nothing of what is confidential.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Json = dict[str, Any]

#: Fields that are left out, by kind; "" is for all kinds. A path goes through mappings only.
_NOISE: Mapping[str, tuple[str, ...]] = {
    "": ("metadata.managedFields", "metadata.resourceVersion", "metadata.selfLink"),
    "ConfigMap": ("data", "binaryData"),
    "Secret": ("data", "stringData"),
    "Pod": ("status.hostIP", "status.hostIPs"),
    "Event": ("reportingInstance", "source.host", "involvedObject.resourceVersion"),
    "Node": (
        *("status.addresses", "status.images", "status.nodeInfo", "status.daemonEndpoints"),
        *("status.features", "status.runtimeHandlers", "spec.providerID", "spec.podCIDR", "spec.podCIDRs"),
    ),
}
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
#: Every namespace has it.
_ROOT_CERTIFICATES = "kube-root-ca.crt"


def keep(objects: Iterable[Json], workspace: str, lab: str) -> list[Json]:
    """The objects of the two namespaces and of the cluster, pruned, by kind, namespace and name."""
    mine = [_pruned(one) for one in objects if _mine(one, workspace, lab)]
    return sorted(mine, key=_key)


def settled(text: str, objects: Iterable[Json], cluster: str) -> str:
    """The text with a number for each uid, and with nodes named as kind names those of its first cluster."""
    for number, one in enumerate(sorted(objects, key=_key), start=1):
        text = text.replace(one["metadata"]["uid"], f"00000000-0000-0000-0000-{number:012d}")
    if cluster:
        for role in ("control-plane", "worker"):
            text = text.replace(f"{cluster}-{role}", f"kind-{role}")
    return text


def cluster_of(nodes: Iterable[Json]) -> str:
    """The name of a cluster that kind made; empty for others."""
    suffix = "-control-plane"
    names = (one["metadata"]["name"] for one in nodes)
    return next((name.removesuffix(suffix) for name in names if name.endswith(suffix)), "")


def text_of(recorded: Json) -> str:
    """The file's text: one object a line, sorted, so that two recordings can be compared."""
    head = json.dumps({name: value for name, value in recorded.items() if name != "objects"}, sort_keys=True)
    lines = (json.dumps(one, sort_keys=True, ensure_ascii=False) for one in recorded["objects"])
    return f'{head[:-1]}, "objects": [\n' + ",\n".join(lines) + "\n]}\n"


def ended(pods: Iterable[Json]) -> Iterable[tuple[str, str, bool]]:
    """Containers that have ended by pod, and whether it is the run before this one that has."""
    for pod in pods:
        status = pod.get("status") or {}
        for one in (*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())):
            if "terminated" in (one.get("state") or {}):
                yield pod["metadata"]["name"], one["name"], False
            elif "terminated" in (one.get("lastState") or {}):
                yield pod["metadata"]["name"], one["name"], True


def _mine(one: Json, workspace: str, lab: str) -> bool:
    metadata, kind = one["metadata"], one["kind"]
    if kind == "ConfigMap" and metadata["name"] == _ROOT_CERTIFICATES:
        return False
    if kind == "Namespace":
        return metadata["name"] in {workspace, lab}
    if kind == "PersistentVolume":
        claim = (one["spec"].get("claimRef") or {}).get("namespace")
        return claim in {workspace, lab} or _made_by(metadata, workspace)
    if kind == "StorageClass":
        return "tutoriallab.dev/corpus" not in (metadata.get("labels") or {}) or _made_by(metadata, workspace)
    return not metadata.get("namespace") or metadata["namespace"] in {workspace, lab}


def _made_by(metadata: Json, workspace: str) -> bool:
    return bool((metadata.get("labels") or {}).get("tutoriallab.dev/corpus") == workspace)


def _pruned(one: Json) -> Json:
    copy: Json = json.loads(json.dumps(one))
    for path in (*_NOISE[""], *_NOISE.get(copy["kind"], ())):
        _remove(copy, path.split("."))
    annotations = copy["metadata"].get("annotations") or {}
    annotations.pop(_LAST_APPLIED, None)
    if copy["kind"] == "Node":
        copy["metadata"].pop("annotations", None)
    return copy


def _remove(one: Any, path: list[str]) -> None:
    for step in path[:-1]:
        one = one.get(step) if isinstance(one, dict) else None
    if isinstance(one, dict):
        one.pop(path[-1], None)


def _key(one: Json) -> tuple[str, str, str]:
    return one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]
