"""An object of the cluster as the page draws it: what its picture needs, and nothing that nobody may see. Pure.

Called by `recorder.py` for every change of an object; of ConfigMaps and Secrets nothing is read.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tutoriallab.grade.diagnosis.finding import spec, status
from tutoriallab.kube.conditions import is_ready
from tutoriallab.lab.moment import milliseconds
from tutoriallab.provision.lease.machine import is_machines_taint
from tutoriallab.provision.lease.marks import LEASED_BY
from tutoriallab.web import pod

Body = Mapping[str, Any]
Item = dict[str, Any]
"""As it goes to the page; docs/page.md tells its fields."""

_ROLE = "node-role.kubernetes.io/"
_REVISION = "deployment.kubernetes.io/revision"
#: What a Deployment that says nothing may make too many and leave out.
_DEFAULT_STEP = "25%"


def item(body: Body, slices: Iterable[Body] = ()) -> Item:
    """The picture of an object; `slices` are a Service's EndpointSlices."""
    metadata = body["metadata"]
    made = {
        "uid": metadata["uid"],
        "kind": body["kind"],
        "name": metadata["name"],
        "namespace": metadata.get("namespace") or "",
        "owner": _controller(metadata),
        "labels": dict(metadata.get("labels") or {}),
        "created": milliseconds(metadata.get("creationTimestamp") or ""),
        "deleting": bool(metadata.get("deletionTimestamp")),
    }
    if body["kind"] == "Service":
        return made | _service(body) | endpoints(slices)
    of_kind = _KINDS.get(body["kind"])
    return made | of_kind(body) if of_kind else made


def endpoints(slices: Iterable[Body]) -> dict[str, list[str]]:
    """UIDs of the pods that stand behind a Service, those that are ready and those that are not."""
    found: dict[str, bool] = {}
    for one in slices:
        for endpoint in one.get("endpoints") or ():
            target = endpoint.get("targetRef") or {}
            if target.get("kind") == "Pod" and target.get("uid"):
                # Not told counts as ready; a pod of two address families stands in two slices.
                ready = (endpoint.get("conditions") or {}).get("ready") is not False
                found[target["uid"]] = ready or found.get(target["uid"], False)
    return {
        "endpoints": sorted(uid for uid, ready in found.items() if ready),
        "notReady": sorted(uid for uid, ready in found.items() if not ready),
    }


def _controller(metadata: Body) -> str:
    owners = metadata.get("ownerReferences") or ()
    return next((str(one["uid"]) for one in owners if one.get("controller")), "")


def _pod(body: Body) -> Item:
    return {
        "node": spec(body).get("nodeName") or "",
        "phase": pod.word(body),
        "state": pod.state(body)[0],
        "ready": is_ready(body),
        "readyOf": pod.ready_of(body),
        "restarts": pod.restarts(body),
        "reason": pod.why(body),
        "cpu": pod.asked(body, "cpu"),
        "memory": pod.asked(body, "memory") // 1000,
        "ip": status(body).get("podIP") or "",
    }


def _node(body: Body) -> Item:
    metadata, has = body["metadata"], status(body).get("allocatable") or {}
    roles = (key.removeprefix(_ROLE) for key in metadata.get("labels") or () if key.startswith(_ROLE))
    return {
        "ready": is_ready(body),
        "unschedulable": bool(spec(body).get("unschedulable")),
        "cpu": pod.amount(has.get("cpu")),
        "memory": pod.amount(has.get("memory")) // 1000,
        "pods": pod.amount(has.get("pods")) // 1000,
        "taints": [taint(one) for one in spec(body).get("taints") or () if not is_machines_taint(one)],
        "roles": sorted(roles),
        "leasedBy": (metadata.get("annotations") or {}).get(LEASED_BY) or "",
    }


def taint(one: Body) -> str:
    """A taint as kubectl writes it: `key=value:Effect`."""
    value = f"={one['value']}" if one.get("value") else ""
    return f"{one.get('key')}{value}:{one.get('effect')}"


def _workload(body: Body) -> Item:
    wanted = spec(body).get("replicas")
    return {
        "desired": 1 if wanted is None else wanted,
        "ready": status(body).get("readyReplicas") or 0,
        "updated": status(body).get("updatedReplicas") or 0,
        "available": status(body).get("availableReplicas") or 0,
    }


def _replica_set(body: Body) -> Item:
    return {**_workload(body), "revision": _revision(body)}


def _deployment(body: Body) -> Item:
    surge, unavailable = _steps(body, _workload(body)["desired"])
    return {
        **_workload(body),
        "paused": bool(spec(body).get("paused")),
        "maxSurge": surge,
        "maxUnavailable": unavailable,
        "revision": _revision(body),
    }


def _steps(body: Body, desired: int) -> tuple[int, int]:
    """How many pods a rolling update may make too many, and leave out; absolute, as the controller counts them."""
    strategy = spec(body).get("strategy") or {}
    if strategy.get("type") == "Recreate":
        return 0, desired
    rolling = strategy.get("rollingUpdate") or {}
    surge = _share(rolling.get("maxSurge", _DEFAULT_STEP), desired, up=True)
    unavailable = _share(rolling.get("maxUnavailable", _DEFAULT_STEP), desired, up=False)
    # With both at none an update would never move: the controller lets one pod go.
    return surge, min(desired, unavailable or (0 if surge else 1))


def _share(value: object, of: int, *, up: bool) -> int:
    text = str(value)
    if not text.endswith("%") or not text[:-1].isdigit():
        return int(text) if text.isdigit() else 0
    hundredths = int(text[:-1]) * of
    return -(-hundredths // 100) if up else hundredths // 100


def _revision(body: Body) -> int:
    text = (body["metadata"].get("annotations") or {}).get(_REVISION, "")
    return int(text) if text.isdigit() else 0


def _daemon_set(body: Body) -> Item:
    found = status(body)
    return {
        "desired": found.get("desiredNumberScheduled") or 0,
        "ready": found.get("numberReady") or 0,
        "updated": found.get("updatedNumberScheduled") or 0,
        "available": found.get("numberAvailable") or 0,
    }


def _job(body: Body) -> Item:
    counted = {name: status(body).get(name) or 0 for name in ("active", "succeeded", "failed")}
    return {**counted, "completions": spec(body).get("completions") or 1}


def _cron_job(body: Body) -> Item:
    return {"schedule": spec(body).get("schedule") or "", "suspended": bool(spec(body).get("suspend"))}


def _service(body: Body) -> Item:
    address = spec(body).get("clusterIP") or ""
    return {
        "type": spec(body).get("type") or "ClusterIP",
        "clusterIP": address,
        "ports": [_port(one) for one in spec(body).get("ports") or ()],
        "selector": dict(spec(body).get("selector") or {}),
    }


def _port(one: Body) -> str:
    return f"{one.get('port')}→{one.get('targetPort', one.get('port'))}/{one.get('protocol') or 'TCP'}"


def _claim(body: Body) -> Item:
    has = (status(body).get("capacity") or {}).get("storage")
    asked = ((spec(body).get("resources") or {}).get("requests") or {}).get("storage")
    return {
        "phase": status(body).get("phase") or "Pending",
        "size": str(has or asked or ""),
        "class": spec(body).get("storageClassName") or "",
    }


_KINDS: dict[str, Callable[[Body], Item]] = {
    "Pod": _pod,
    "Node": _node,
    "Deployment": _deployment,
    "ReplicaSet": _replica_set,
    "StatefulSet": _workload,
    "DaemonSet": _daemon_set,
    "Job": _job,
    "CronJob": _cron_job,
    "PersistentVolumeClaim": _claim,
}
