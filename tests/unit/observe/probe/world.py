"""A Service, its EndpointSlice and its Pods, as the reflectors would see them, for the tests of probes."""

from typing import Any

from builders import Json, Objects, metadata, pod
from tutoriallab.observe.probe.request import Http, Log

PAGE = Http("demo", 80, service="web")
OF_POD = Http("demo", 8080, "/healthz", pod="web-1")
LOG = Log("demo", "web-1")


def service(name: str = "web", *, revision: int = 1, **spec: Any) -> Json:
    """A Service with port 80, which has no name."""
    wanted = {"type": "ClusterIP", "ports": [{"port": 80, "targetPort": 8080, "protocol": "TCP"}], **spec}
    meta = metadata(name, resourceVersion=str(revision))
    return {"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": wanted}


def serving(name: str = "web-1", ip: str = "192.0.2.7", *, revision: int = 1, **spec: Any) -> Json:
    """A running Pod with an address and one container, on a node."""
    made = pod(name, resourceVersion=str(revision))
    made["spec"] |= {"nodeName": "worker1", **spec}
    made["status"] |= {"podIP": ip, "podIPs": [{"ip": ip}]} if ip else {}
    return made


def endpoint(name: str = "web-1", ip: str = "192.0.2.7", *, ready: bool = True, **target: Any) -> Json:
    """An entry of a slice that names a Pod."""
    reference = {"kind": "Pod", "name": name, "namespace": "demo", "uid": f"uid-of-{name}", **target}
    return {"addresses": [ip], "conditions": {"ready": ready}, "targetRef": reference}


def slices(*endpoints: Json, port: str = "", revision: int = 1, of: str = "web") -> Json:
    """An EndpointSlice of a Service."""
    labels = {"kubernetes.io/service-name": of}
    return {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": metadata(f"{of}-abc", labels=labels, resourceVersion=str(revision)),
        "addressType": "IPv4",
        "ports": [{"name": port, "port": 8080, "protocol": "TCP"}],
        "endpoints": list(endpoints),
    }


def whole() -> Objects:
    """A Service that leads to a ready Pod."""
    return Objects(service(), slices(endpoint()), serving())
