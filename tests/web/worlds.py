"""Clusters for the map: items as the server sends them, by the handful or by the hundred."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

Item = dict[str, Any]
#: Milliseconds since the epoch: a lab that is watched began a minute ago.
NOW = int(time.time() * 1000)


def item(kind: str, name: str, **more: Any) -> Item:
    """An object with what each item has."""
    shared = {"namespace": "web", "owner": "", "labels": {}, "created": 0, "deleting": False}
    return {"uid": name, "kind": kind, "name": name, **shared, "selectedBy": [], "namedBy": [], **more}


def pod(name: str, node: str = "worker1", owner: str = "web-1", **more: Any) -> Item:
    """A pod that is ready, unless told otherwise."""
    ready = {
        "phase": "Running",
        "state": "ready",
        "ready": True,
        "readyOf": "1/1",
        "restarts": 0,
        "reason": "",
    }
    return item("Pod", name, owner=owner, node=node, cpu=100, memory=64 << 20, ip="", **{**ready, **more})


def waiting(name: str, reason: str = "", node: str = "", **more: Any) -> Item:
    """A pod that is Pending, by default on no node."""
    told: dict[str, Any] = {
        "phase": "Pending",
        "state": "pending",
        "ready": False,
        "readyOf": "0/1",
        "reason": reason,
    }
    return pod(name, node=node, **told, **more)


def node(name: str, **more: Any) -> Item:
    """A worker with 4 cores, 8 GiB and room for 110 pods."""
    room = {"cpu": 4000, "memory": 8 << 30, "pods": 110, "taints": [], "roles": ["worker"], "leasedBy": ""}
    return item("Node", name, **{"namespace": "", "ready": True, "unschedulable": False, **room, **more})


def deployment(name: str, desired: int, **more: Any) -> Item:
    """A Deployment that is where it wants to be."""
    whole = {"desired": desired, "ready": desired, "updated": desired, "available": desired, "paused": False}
    return item("Deployment", name, **{**whole, "maxSurge": 1, "maxUnavailable": 1, "revision": 1, **more})


def replica_set(name: str, owner: str, desired: int, **more: Any) -> Item:
    """The ReplicaSet of a Deployment."""
    whole = {"desired": desired, "ready": desired, "updated": 0, "available": desired, "revision": 1}
    return item("ReplicaSet", name, owner=owner, **{**whole, **more})


def service(name: str, endpoints: Sequence[str], **more: Any) -> Item:
    """A Service with these pods behind it."""
    ports = {
        "type": "ClusterIP",
        "clusterIP": "10.96.0.7",
        "ports": ["80→8080/TCP"],
        "selector": {"app": "web"},
    }
    return item("Service", name, endpoints=list(endpoints), **{"notReady": [], **ports, **more})


def lab(**more: Any) -> dict[str, Any]:
    """A lab with one open step and one check that does not hold yet."""
    says = {"en": "Every pod of `web` is ready.", "zh": "`web` 的每个 Pod 都就绪。"}
    message = "Deployment web: status.readyReplicas is 2, wanted 3. Look: kubectl describe pod -n web web-1-c"
    check = {"name": "ready", "says": says, "verdict": "Failing", "reason": "Differs", "message": message}
    step = {
        "name": "grow",
        "title": {"en": "Grow", "zh": "扩容"},
        "task": {"en": "<p>Make it three.</p>", "zh": "<p>变成三个。</p>"},
        "state": "Open",
        "points": 10,
        "openedAt": NOW - 60_000,
        "passedAt": 0,
        "hints": [{"en": "<p>Look at the third pod.</p>", "zh": "<p>看第三个 Pod。</p>"}],
        "hintsLeft": 1,
        "checks": [{**check, "since": NOW - 59_000, "answer": None}],
    }
    facts = {
        "namespace": "default",
        "name": "grow",
        "workspace": "web",
        "difficulty": "beginner",
        "minutes": 5,
    }
    texts = {
        "title": {"en": "Grow a Deployment", "zh": "扩容 Deployment"},
        "summary": {"en": "From two to three."},
    }
    done = {
        "phase": "Active",
        "progress": "0/1",
        "score": 0,
        "maxScore": 10,
        "step": "grow",
        "next": "",
        "problem": "",
    }
    rest = {
        "language": "en",
        "debrief": {},
        "nodes": {"node1": "worker2"},
        "startedAt": NOW - 70_000,
        "steps": [step],
    }
    return {**facts, **texts, **done, **rest, **more}


def record(put: Iterable[Item], changes: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    """A record that begins with these items, and goes on with these changes, a second apart."""
    base = {"seq": 1, "t": NOW - 50_000, "base": True, "lab": lab(**more), "put": list(put), "gone": []}
    told = [
        {"seq": n + 2, "t": NOW - 49_000 + 1000 * n, "gone": [], **change} for n, change in enumerate(changes)
    ]
    return {"base": base, "changes": told}


def small() -> list[Item]:
    """Three nodes, a Deployment with three pods of which no node takes the third, and a Service in front."""
    reason = "0/3 nodes are available: 1 had untolerated taint {gpu: true}, 2 Insufficient cpu"
    return [
        node("control", roles=["control-plane"], taints=["node-role.kubernetes.io/control-plane:NoSchedule"]),
        node("worker1", labels={"disktype": "ssd", "kubernetes.io/os": "linux"}),
        node("worker2", unschedulable=True, taints=["gpu=true:NoSchedule"], leasedBy="grow"),
        deployment("web", 3, ready=2, available=2),
        replica_set("web-1", "web", 3, ready=2),
        pod("web-1-a", selectedBy=["ready"]),
        pod("web-1-b", node="worker2", selectedBy=["ready"]),
        waiting("web-1-c", reason, selectedBy=["ready"], namedBy=["ready"]),
        service("front", ["web-1-a", "web-1-b"], notReady=["web-1-c"]),
    ]


def crowd(pods: int, nodes: int = 10) -> list[Item]:
    """So many pods of one Deployment on so many nodes."""
    names = [f"worker{n:02}" for n in range(nodes)]
    owners = [deployment("web", pods), replica_set("web-1", "web", pods)]
    return [*map(node, names), *owners, *(pod(f"web-1-{n:05}", names[n % nodes]) for n in range(pods))]
