"""What only a real kubelet tells of pods that do not come: its Events, and what their containers said last."""

from typing import Any

import pytest

from builders import Json, check, lab, step
from samples import plain
from world import World

pytestmark = pytest.mark.kind
#: For each pod what is wrong with it, and what is told of it.
BROKEN: dict[str, tuple[Json, str]] = {
    "crashes": (
        {"command": ["sh", "-c", "echo starting; echo no such file; exit 7"]},
        ' restarts): "no such file". Look: kubectl logs',
    ),
    "unready": (
        {"command": ["sleep", "600"], "readinessProbe": {"exec": {"command": ["cat", "/nothing"]}}},
        "its readiness probe (exec cat /nothing) does not succeed: cat: ",
    ),
    "unhealthy": (
        {
            "command": ["sleep", "600"],
            "livenessProbe": {"tcpSocket": {"port": 9}, "periodSeconds": 1, "failureThreshold": 1},
        },
        "the liveness probe of container c (tcpSocket on port 9) fails, so the kubelet has restarted it",
    ),
    "unmounted": (
        {"command": ["sleep", "600"], "volumeMounts": [{"name": "conf", "mountPath": "/conf"}]},
        'a volume of it cannot be mounted: MountVolume.SetUp failed for volume "conf" : configmap "conf" not found',
    ),
    "hooked": (
        {
            "command": ["sleep", "600"],
            "lifecycle": {"postStart": {"exec": {"command": ["sh", "-c", "exit 3"]}}},
        },
        "the postStart hook of container c fails, so the container is ended each time",
    ),
}


def pod(name: str, **container: Any) -> Json:
    one = {"name": "c", "image": "busybox:1.30", **container}
    spec = {
        "containers": [one],
        "terminationGracePeriodSeconds": 0,
        "volumes": [{"name": "conf", "configMap": {"name": "conf"}}] if "volumeMounts" in container else [],
    }
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}


def test_what_a_kubelet_tells_of_pods_that_do_not_come_is_told(real_world: World) -> None:
    checks = [
        check(
            name,
            given={"pod": {"apiVersion": "v1", "kind": "Pod", "name": name}},
            expect=["ready(pod) && pod.status.containerStatuses[0].restartCount == 0"],
        )
        for name in BROKEN
    ]
    first = step("first", *checks, settle={"given": {}, "expect": ["true"]})
    made = [pod(name, **container) for name, (container, _) in BROKEN.items()]
    needs = {"capabilities": ["Containers"]}
    real_world.apply(plain(lab("told", first, provision=made, requires=needs)))
    try:
        for name, (_, told) in BROKEN.items():
            real_world.until_verdict("told", f"first/{name}", "Failing", told, timeout=120)
    finally:
        real_world.delete_lab("told")
