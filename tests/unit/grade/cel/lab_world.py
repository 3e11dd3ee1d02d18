"""A small world for tests of expressions: a Deployment, its pods, a Secret, and what else a check can name."""

from typing import Any

from tutoriallab.grade.cel.expression import EVENTS
from tutoriallab.grade.cel.variables import Subject, Variable

VARIABLES = (
    Variable("web", "object", "Deployment"),
    Variable("svc", "object", "Service"),
    Variable("pods", "list", "Pod"),
    Variable("none", "list", "Pod"),
    Variable("old", "object", "Pod", optional=True),
    Variable("db", "object", "Secret", secret=True),
    Variable("secrets", "list", "Secret", secret=True),
    Variable("workspace", "text"),
    Variable("answer", "text"),
    Variable("nodes", "map"),
    Variable("remembered", "map"),
)
SUBJECTS = {
    "web": Subject("Deployment", "web", "lab"),
    "svc": Subject("Service", "web", "lab"),
    "old": Subject("Pod", "old", "lab"),
    "db": Subject("Secret", "db", "lab"),
}


def pod(name: str, phase: str = "Running", ready: str = "True", **spec: Any) -> dict[str, Any]:
    """A pod with one container, nginx:1.7.9, that asks for 1Gi."""
    container = {
        "name": "nginx",
        "image": "docker.io/library/nginx:1.7.9",
        "resources": {"requests": {"memory": "1Gi", "cpu": "500m"}},
    }
    return {
        "metadata": {
            "name": name,
            "uid": f"uid-{name}",
            "labels": {"app": "web"},
            "ownerReferences": [
                {"kind": "ReplicaSet", "name": "web-7d", "uid": "uid-rs", "controller": True},
            ],
        },
        "spec": {"containers": [container], **spec},
        "status": {"phase": phase, "conditions": [{"type": "Ready", "status": ready}]},
    }


def deployment() -> dict[str, Any]:
    """A Deployment that wants 3 replicas and has 2 ready ones."""
    return {
        "metadata": {"name": "web", "uid": "uid-web", "labels": {"app": "web"}, "generation": 2},
        "spec": {
            "replicas": 3,
            "paused": True,
            "template": {"spec": {"containers": [{"name": "nginx", "image": "nginx:1.8"}]}},
        },
        "status": {"readyReplicas": 2, "conditions": [{"type": "Available", "status": "False"}]},
    }


def world(**changes: Any) -> dict[str, Any]:
    """The values of VARIABLES."""
    return {
        "web": deployment(),
        "svc": {
            "metadata": {"name": "web"},
            "spec": {"ports": [{"port": 80, "targetPort": "http"}], "note": "two words"},
        },
        "pods": [pod("web-a", nodeName="worker1"), pod("web-b", "Pending", "False")],
        "none": [],
        "old": None,
        "db": {"metadata": {"name": "db"}, "type": "Opaque", "data": {"password": "aHVudGVyMg=="}},
        "secrets": [{"metadata": {"name": "db"}, "data": {"password": "aHVudGVyMg=="}}],
        "workspace": "lab",
        "answer": "42",
        "nodes": {"node1": "worker1"},
        "remembered": {"uid": "uid-old"},
        EVENTS: [
            {
                "involvedObject": {"uid": "uid-web-a"},
                "reason": "Pulled",
                "type": "Normal",
                "message": "pulled",
            },
            {"involvedObject": {"name": "web-b"}, "reason": "FailedScheduling", "type": "Warning"},
        ],
        **changes,
    }
