"""What of an object goes to the page."""

from typing import Any

import pytest

from builders import deployment, metadata, pod
from tutoriallab.web.item import endpoints, item

Json = dict[str, Any]


def test_every_object_has_its_name_owner_labels_and_age() -> None:
    owners = [{"uid": "other"}, {"uid": "set-1", "controller": True}]
    made = item(pod("web-1", labels={"app": "web"}, ownerReferences=owners))

    assert made["uid"] == "uid-of-web-1"
    assert (made["kind"], made["name"], made["namespace"]) == ("Pod", "web-1", "demo")
    assert (made["owner"], made["labels"], made["deleting"]) == ("set-1", {"app": "web"}, False)
    assert made["created"] == 1767225600000


def test_a_pod_that_leaves_is_being_deleted_and_keeps_its_node() -> None:
    body = pod("web-1", deletionTimestamp="2026-01-01T00:00:00Z")
    body["spec"]["nodeName"] = "worker1"
    made = item(body)

    assert (made["deleting"], made["phase"], made["state"], made["node"]) == (
        True,
        "Terminating",
        "pending",
        "worker1",
    )


def test_a_node_has_its_room_in_millicores_bytes_and_pods() -> None:
    body = {
        "kind": "Node",
        "metadata": {
            "name": "worker1",
            "uid": "n",
            "labels": {"node-role.kubernetes.io/control-plane": ""},
            "annotations": {"tutoriallab.dev/leased-by": "default/demo"},
        },
        "spec": {
            "unschedulable": True,
            "taints": [
                {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"},
                {"key": "tag", "value": "test", "effect": "NoSchedule"},
                {"key": "lone", "effect": "NoExecute"},
            ],
        },
        "status": {
            "allocatable": {"cpu": "2", "memory": "1Ki", "pods": "110"},
            "conditions": [{"type": "Ready", "status": "True"}],
        },
    }
    made = item(body)

    assert (made["cpu"], made["memory"], made["pods"]) == (2000, 1024, 110)
    assert (made["ready"], made["unschedulable"], made["roles"]) == (True, True, ["control-plane"])
    assert (made["taints"], made["leasedBy"]) == (["tag=test:NoSchedule", "lone:NoExecute"], "default/demo")


@pytest.mark.parametrize(
    ("strategy", "steps"),
    [
        ({}, (3, 2)),
        ({"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}}, (3, 2)),
        ({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": "1%"}}, (0, 1)),
        ({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 99}}, (0, 10)),
        ({"rollingUpdate": {"maxSurge": "100%", "maxUnavailable": 0}}, (10, 0)),
        ({"type": "Recreate"}, (0, 10)),
    ],
)
def test_a_rolling_updates_steps_are_told_in_pods(strategy: Json, steps: tuple[int, int]) -> None:
    body = deployment(replicas=10, annotations={"deployment.kubernetes.io/revision": "4"})
    body["spec"]["strategy"] = strategy
    made = item(body)

    assert (made["maxSurge"], made["maxUnavailable"]) == steps
    assert (made["desired"], made["ready"], made["available"], made["revision"]) == (10, 10, 10, 4)


def test_a_deployment_scaled_to_none_wants_none() -> None:
    made = item(deployment(replicas=0))

    assert (made["desired"], made["maxSurge"], made["maxUnavailable"]) == (0, 0, 0)


def behind(*endpoints: tuple[str, bool | None]) -> Json:
    return {
        "endpoints": [
            {
                "targetRef": {"kind": "Pod", "uid": uid},
                "conditions": {} if ready is None else {"ready": ready},
            }
            for uid, ready in endpoints
        ]
    }


def test_a_service_has_the_pods_of_all_its_slices_and_not_told_is_ready() -> None:
    slices = [behind(("a", True), ("b", None)), behind(("c", False), ("a", True)), {"endpoints": None}]

    assert endpoints(slices) == {"endpoints": ["a", "b"], "notReady": ["c"]}


def test_a_service_tells_its_ports_and_its_selector() -> None:
    spec = {
        "clusterIP": "10.0.0.1",
        "selector": {"app": "web"},
        "ports": [{"port": 80, "targetPort": "http"}, {"port": 53, "protocol": "UDP"}],
    }
    made = item({"kind": "Service", "metadata": metadata("web"), "spec": spec}, [behind(("a", True))])

    assert made["ports"] == ["80→http/TCP", "53→53/UDP"]
    assert (made["type"], made["clusterIP"], made["selector"]) == ("ClusterIP", "10.0.0.1", {"app": "web"})
    assert made["endpoints"] == ["a"]


@pytest.mark.parametrize("kind", ["ConfigMap", "Secret"])
def test_nothing_of_what_is_in_a_config_map_or_secret_is_told(kind: str) -> None:
    made = item({"kind": kind, "metadata": metadata("it"), "data": {"password": "hunter2"}})

    assert "hunter2" not in str(made)


def test_jobs_claims_and_daemon_sets_tell_how_far_they_are() -> None:
    job = item({"kind": "Job", "metadata": metadata("j"), "spec": {}, "status": {"failed": 2}})
    claim = item(
        {
            "kind": "PersistentVolumeClaim",
            "metadata": metadata("c"),
            "spec": {"storageClassName": "fast", "resources": {"requests": {"storage": "1Gi"}}},
        }
    )
    daemons = item(
        {
            "kind": "DaemonSet",
            "metadata": metadata("d"),
            "status": {"desiredNumberScheduled": 3, "numberReady": 2},
        }
    )

    assert (job["active"], job["succeeded"], job["failed"], job["completions"]) == (0, 0, 2, 1)
    assert (claim["phase"], claim["size"], claim["class"]) == ("Pending", "1Gi", "fast")
    assert (daemons["desired"], daemons["ready"]) == (3, 2)
