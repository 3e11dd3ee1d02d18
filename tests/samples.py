"""Labs and manifests that several integration tests use."""

from builders import Json, check, lab, step


def deployment(name: str, replicas: int = 1) -> Json:
    labels = {"app": name}
    template = {
        "metadata": {"labels": labels},
        "spec": {"containers": [{"name": "web", "image": "nginx:1.7.9"}]},
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name},
        "spec": {"replicas": replicas, "selector": {"matchLabels": labels}, "template": template},
    }


def plain(body: Json) -> Json:
    """As an author writes it: the API server gives uid and generation."""
    return {
        **body,
        "metadata": {"name": body["metadata"]["name"], "namespace": body["metadata"]["namespace"]},
    }


def two_steps(name: str) -> Json:
    scaled = check("scaled", expect=["web.spec.replicas == 3", "web.status.readyReplicas == 3"])
    config = {"mine": {"apiVersion": "v1", "kind": "ConfigMap", "name": "mine"}}
    made = check("made", given=config, expect=["mine.data.key == 'value'"])
    second = step(
        "second",
        made,
        provision=[
            {
                "apiVersion": "v1",
                "kind": "Service",
                "metadata": {"name": "extra"},
                "spec": {"ports": [{"port": 80}]},
            }
        ],
    )
    return plain(lab(name, step("first", scaled, points=7), second, provision=[deployment("web", 1)]))
