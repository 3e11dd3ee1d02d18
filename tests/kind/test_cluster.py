"""The cluster itself: what a learner's pods find on real nodes without a registry."""

import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from kind_cluster import NAME, RealCluster
from operator_process import eventually
from tutoriallab.cluster.kind_config import LEASABLE, nodes

pytestmark = pytest.mark.kind
Json = dict[str, Any]
WORKERS = nodes(NAME)[1:]


def pod(name: str, image: str, **spec: Any) -> Json:
    container = {"name": name, "image": image, **spec.pop("container", {})}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "labels": {"app": name}},
        "spec": {"containers": [container], "terminationGracePeriodSeconds": 1, **spec},
    }


def service(name: str, **spec: Any) -> Json:
    ports = [{"port": 80}]
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name},
        "spec": {"selector": {"app": name}, "ports": ports, **spec},
    }


@pytest.fixture(scope="module")
def web(real: RealCluster) -> Iterator[str]:
    """A namespace with an nginx behind a NodePort, and a pod that can walk about on every node."""
    with real.namespace("walks") as namespace:
        walker = pod("walker", "busybox:1.30", container={"command": ["sleep", "3600"]})
        template = {
            "metadata": walker["metadata"],
            "spec": {**walker["spec"], "tolerations": [{"operator": "Exists"}]},
        }
        daemons = {
            "apiVersion": "apps/v1",
            "kind": "DaemonSet",
            "metadata": {"name": "walker"},
            "spec": {"selector": {"matchLabels": {"app": "walker"}}, "template": template},
        }
        real.apply(namespace, pod("web", "nginx:1.17.1"), service("web", type="NodePort"), daemons)
        real.kubectl("wait", "-n", namespace, "--for=condition=Ready", "pod/web", "--timeout=90s")
        real.kubectl("rollout", "status", "-n", namespace, "daemonset/walker", "--timeout=90s")
        yield namespace


def walkers(real: RealCluster, namespace: str) -> dict[str, str]:
    """Node to the pod that walks on it."""
    items = real.get("pods", "-n", namespace, "-l", "app=walker")["items"]
    return {item["spec"]["nodeName"]: item["metadata"]["name"] for item in items}


def test_three_workers_with_8_gib_are_ready_and_open_to_leases(real: RealCluster) -> None:
    found = real.nodes()
    assert set(found) == set(nodes(NAME))
    for worker in WORKERS:
        conditions = {one["type"]: one["status"] for one in found[worker]["status"]["conditions"]}
        assert conditions["Ready"] == "True"
        assert found[worker]["status"]["allocatable"]["memory"] == "8Gi"
        assert found[worker]["metadata"]["labels"][LEASABLE] == "true"
    assert LEASABLE not in found[nodes(NAME)[0]]["metadata"]["labels"]


def test_a_pod_on_every_node_resolves_names_and_reaches_a_service(real: RealCluster, web: str) -> None:
    there = walkers(real, web)
    assert set(there) == set(nodes(NAME))
    for walker in there.values():
        page = real.kubectl(
            "exec", "-n", web, walker, "--", "wget", "-q", "-T", "5", "-O-", f"http://web.{web}"
        )
        assert "Welcome to nginx!" in page
        assert "stand-in for nginx:1.17.1" in page


def test_a_node_port_answers_on_every_node_from_outside(real: RealCluster, web: str) -> None:
    port = real.get("service", "web", "-n", web)["spec"]["ports"][0]["nodePort"]
    for node in real.nodes().values():
        address = next(one["address"] for one in node["status"]["addresses"] if one["type"] == "InternalIP")
        with urllib.request.urlopen(f"http://{address}:{port}/", timeout=10) as answer:
            assert b"Welcome to nginx!" in answer.read()


def test_pods_of_two_nodes_see_each_others_own_addresses(real: RealCluster, web: str) -> None:
    items = real.get("pods", "-n", web, "-l", "app=walker")["items"]
    at = {item["spec"]["nodeName"]: item for item in items}
    server = real.get("pod", "web", "-n", web)
    caller = next(item for node, item in at.items() if node != server["spec"]["nodeName"])
    real.kubectl(
        *("exec", "-n", web, caller["metadata"]["name"], "--"),
        *("wget", "-q", "-O/dev/null", f"http://{server['status']['podIP']}/"),
    )
    log = real.kubectl("logs", "-n", web, "web")
    assert re.search(rf"^{re.escape(caller['status']['podIP'])} .*\"GET / HTTP/1.1\" 200", log, re.MULTILINE)


def test_a_pod_that_fails_its_liveness_probe_is_restarted(real: RealCluster) -> None:
    probe = {"exec": {"command": ["cat", "/tmp/alive"]}, "periodSeconds": 1, "failureThreshold": 1}
    with real.namespace("probes") as namespace:
        real.apply(
            namespace,
            pod("web", "nginx:1.17.1", container={"livenessProbe": probe}),
        )

        def restarts() -> int:
            states = real.get("pod", "web", "-n", namespace)["status"].get("containerStatuses", [])
            return sum(one["restartCount"] for one in states)

        eventually(lambda: restarts() > 0, "the container was restarted", timeout=60)
        events = real.kubectl("get", "events", "-n", namespace)
        assert "Liveness probe failed" in events


def test_readiness_follows_what_the_pod_answers(real: RealCluster) -> None:
    probe = {"httpGet": {"path": "/ready.html", "port": 80}, "periodSeconds": 1, "failureThreshold": 1}
    with real.namespace("readiness") as namespace:
        real.apply(namespace, pod("web", "nginx:1.17.1", container={"readinessProbe": probe}), service("web"))

        def ready() -> bool:
            slices = real.get("endpointslices", "-n", namespace)["items"]
            points = [point for one in slices for point in one.get("endpoints") or []]
            return any(point["conditions"].get("ready") for point in points)

        def running() -> bool:
            return bool(real.get("pod", "web", "-n", namespace)["status"]["phase"] == "Running")

        eventually(running, "the pod runs", timeout=60)
        assert not ready()
        page = "/usr/share/nginx/html/ready.html"
        real.kubectl("exec", "-n", namespace, "web", "--", "bash", "-c", f"echo yes > {page}")
        eventually(ready, "the endpoint is ready", timeout=30)
        real.kubectl("exec", "-n", namespace, "web", "--", "rm", page)
        eventually(lambda: not ready(), "the endpoint is not ready", timeout=30)


def test_an_image_that_nobody_has_is_not_found_at_once(real: RealCluster) -> None:
    with real.namespace("images") as namespace:
        real.apply(namespace, pod("web", "nginx:1.17.999"))

        def reasons() -> set[str]:
            states = real.get("pod", "web", "-n", namespace)["status"].get("containerStatuses", [])
            return {one["state"].get("waiting", {}).get("reason", "") for one in states}

        eventually(lambda: reasons() & {"ErrImagePull", "ImagePullBackOff"}, "the pull has failed")
        assert "nginx:1.17.999: not found" in real.kubectl("get", "events", "-n", namespace)


def test_a_claim_gets_a_volume_whose_data_outlive_the_pod(real: RealCluster) -> None:
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Mi"}}},
    }

    def uses(name: str, command: str) -> Json:
        return pod(
            name,
            "busybox:1.30",
            container={
                "command": ["sh", "-c", command],
                "volumeMounts": [{"name": "data", "mountPath": "/data"}],
            },
            volumes=[{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}],
            restartPolicy="Never",
        )

    with real.namespace("volumes") as namespace:
        real.apply(namespace, claim, uses("writer", "echo kept > /data/word"))
        succeeded = ("wait", "-n", namespace, "--for=jsonpath={.status.phase}=Succeeded", "--timeout=90s")
        real.kubectl(*succeeded, "pod/writer")
        real.kubectl("delete", "pod", "writer", "-n", namespace)
        real.apply(namespace, uses("reader", "cat /data/word"))
        real.kubectl(*succeeded, "pod/reader")
        assert real.kubectl("logs", "-n", namespace, "reader") == "kept\n"


def test_a_no_execute_taint_evicts(real: RealCluster) -> None:
    node = WORKERS[2]
    with real.namespace("taints") as namespace:
        real.apply(namespace, pod("web", "nginx:1.17.1", nodeName=node))
        real.kubectl("wait", "-n", namespace, "--for=condition=Ready", "pod/web", "--timeout=60s")
        real.kubectl("taint", "node", node, "test=yes:NoExecute")
        try:
            real.kubectl("wait", "-n", namespace, "--for=delete", "pod/web", "--timeout=60s")
        finally:
            real.kubectl("taint", "node", node, "test-")


@pytest.mark.parametrize(
    ("image", "command", "says"),
    [
        ("redis:latest", ["redis-cli", "--version"], "redis-cli 7"),
        ("debian:latest", ["cat", "/etc/debian_version"], "12."),
        ("tomcat:9", ["catalina.sh", "--help"], "stand-in for Apache Tomcat"),
        ("k8s-demo:0.2", ["cat", "/usr/share/nginx/html/index.html"], "<h1>Hello Kubernetes!</h1>"),
        ("busybox", ["nslookup", "kubernetes.default.svc.cluster.local"], "10.96.0.1"),
    ],
)
def test_stand_ins_run(real: RealCluster, image: str, command: list[str], says: str) -> None:
    with real.namespace("stand-ins") as namespace:
        real.apply(namespace, pod("one", image, container={"command": command}, restartPolicy="Never"))
        succeeded = ("wait", "-n", namespace, "--for=jsonpath={.status.phase}=Succeeded", "--timeout=90s")
        real.kubectl(*succeeded, "pod/one")
        assert says in real.kubectl("logs", "-n", namespace, "one")
