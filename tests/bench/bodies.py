"""The labs of the benches, and the objects that they grade. No controller has work with any of them."""

from typing import Any

Json = dict[str, Any]
#: The verdict that a flip turns: whether the label `on` is yes.
ON, OFF = {"on": "yes"}, {"on": "no"}


def lab(name: str, checks: list[Json]) -> Json:
    """A lab of one step with these checks and no starting state."""
    step = {"name": "first", "title": {"en": "Bench"}, "task": {"en": "Flip it"}, "checks": checks}
    return {
        "apiVersion": "tutoriallab.dev/v1alpha1",
        "kind": "TutorialLab",
        "metadata": {"name": name, "namespace": "default"},
        "spec": {"title": {"en": f"Bench {name}"}, "steps": [step]},
    }


def one_check(name: str) -> Json:
    """A lab whose one check turns between Failing and Waiting, so that the lab is never done."""
    return lab(name, [{**_check("pod-on", _POD, "one.metadata.labels.on == 'yes'"), "holdsFor": "1h"}])


def on_workloads(name: str, pod: str = "web") -> Json:
    """Five checks on Pods and five on a Deployment; one of each turns when it is flipped, one never passes."""
    named = {**_POD, "name": pod}
    return lab(
        name,
        [
            _check("pod-on", named, "one.metadata.labels.on == 'yes'"),
            _check("pod-image", named, "one.spec.containers[0].image.startsWith('nginx')"),
            _check("pod-label", named, "one.metadata.labels.app == 'web'"),
            _check("pods-count", {**_POD_KIND, "selector": _WEB}, "size(one) == 1"),
            _check("never", {**_POD_KIND, "selector": _WEB}, "one.all(p, p.metadata.labels.on == 'never')"),
            _check("deployment-on", _DEPLOYMENT, "one.metadata.labels.on == 'yes'"),
            _check("deployment-replicas", _DEPLOYMENT, "one.spec.replicas == 0"),
            _check("deployment-ready", _DEPLOYMENT, "one.status.readyReplicas == 0"),
            _check("deployment-image", _DEPLOYMENT, "one.spec.template.spec.containers[0].image == 'nginx:1.7.9'"),
            _check("deployment-label", _DEPLOYMENT, "one.metadata.labels.app == 'web'"),
        ],
    )  # fmt: skip


def on_config(name: str) -> Json:
    """Ten checks on a ConfigMap; the first turns when it is flipped, the last never passes."""
    checks = [
        _check(f"key-{number}", _CONFIG, f"one.data.key == 'value' && {number} > 0") for number in range(1, 9)
    ]
    return lab(
        name,
        [
            _check("config-on", _CONFIG, "one.metadata.labels.on == 'yes'"),
            *checks,
            _check("never", _CONFIG, "one.metadata.labels.on == 'never'"),
        ],
    )


#: Of `on_broken`: its five checks that fail for what is diagnosed, and what their messages then say.
BROKEN = {
    "pod-ready": "Insufficient memory",
    "pods-ready": "Insufficient memory",
    "pod-runs": "Insufficient memory",
    "deployment-available": "is paused",
    "deployment-updated": "is paused",
}


def on_broken(body: Json, kept: tuple[str, ...]) -> Json:
    """One of the labs above with these of its checks, and five that fail for what is diagnosed."""
    checks = [one for one in body["spec"]["steps"][0]["checks"] if one["name"] in kept]
    broken = [
        _check("pod-ready", _POD, "ready(one)"),
        _check("pods-ready", {**_POD_KIND, "selector": _WEB}, "one.all(p, ready(p))"),
        _check("pod-runs", _POD, "one.status.phase == 'Running'"),
        _check("deployment-available", _DEPLOYMENT, "one.status.availableReplicas == 1"),
        _check("deployment-updated", _DEPLOYMENT, "one.status.updatedReplicas == 1"),
    ]
    return lab(body["metadata"]["name"], [*checks, *broken])


#: Of a Pod of `on_broken`: what the scheduler says of one that no node has room for.
UNSCHEDULABLE = {
    "phase": "Pending",
    "conditions": [
        {
            "type": "PodScheduled",
            "status": "False",
            "reason": "Unschedulable",
            "message": "0/4 nodes are available: 4 Insufficient memory. preemption: 0/4 nodes are available: "
            "4 No preemption victims found for incoming pod.",
        }
    ],
}


#: The checks of `on_flashes` that something is true for, in the order of `flashing`; and the one that stays false.
FLASHES = [*(f"pod-{number}" for number in range(5)), *(f"config-{number}" for number in range(5))]
UNTOUCHED = "untouched"


def on_flashes(name: str) -> Json:
    """Ten checks with `when: Ever`, each on an object of its own, and one that nothing makes true."""
    kinds = {"pod": _POD_KIND, "config": {"apiVersion": "v1", "kind": "ConfigMap"}}
    checks = [
        _check(check, {**kinds[check.partition("-")[0]], "name": check}, "one.metadata.labels.on == 'yes'")
        for check in FLASHES
    ]
    untouched = {**_CONFIG, "name": UNTOUCHED}
    checks.append(_check(UNTOUCHED, untouched, "one.metadata.labels.on == 'yes'"))
    return lab(name, [{**check, "when": "Ever"} for check in checks])


def flashing(workspace: str) -> list[Json]:
    """The objects of `on_flashes`, all off, the untouched one last."""
    pods = [pod(check, workspace) for check in FLASHES if check.startswith("pod")]
    configs = [config(check, workspace) for check in FLASHES if check.startswith("config")]
    return [*pods, *configs, config(UNTOUCHED, workspace)]


#: The check of `on_all_kinds` that waits for a moment.
FLASH = "flash"


def on_all_kinds(name: str) -> Json:
    """A check on each of a Pod, a Deployment and a ConfigMap, one with `when: Ever`, and one that never passes."""
    flash = _check(FLASH, _POD, "one.metadata.labels.flash == 'yes'")
    return lab(
        name,
        [
            _check("pod-on", _POD, "one.metadata.labels.on == 'yes'"),
            _check("deployment-on", _DEPLOYMENT, "one.metadata.labels.on == 'yes'"),
            _check("config-on", _CONFIG, "one.metadata.labels.on == 'yes'"),
            {**flash, "when": "Ever"},
            _check("never", _POD, "one.metadata.labels.on == 'never'"),
        ],
    )


def on_page(name: str) -> Json:
    """A lab that is never done: checks on all Pods, on a Deployment's status, and on a Service."""
    service = {"apiVersion": "v1", "kind": "Service", "name": "web"}
    return lab(
        name,
        [
            _check("many", {**_POD_KIND, "selector": _WEB}, "size(one) == 9999"),
            _check("available", _DEPLOYMENT, "one.status.availableReplicas == 9999"),
            _check("service", service, "one.spec.selector.app == 'web'"),
        ],
    )


def behind_a_service(name: str, namespace: str, pods: int) -> list[Json]:
    """A Deployment of so many Pods that simulated nodes run, and a Service in front of them."""
    one = deployment(name, namespace)
    labels = {"app": "web"}
    containers = one["spec"]["template"]["spec"]
    spec = {
        "replicas": pods,
        "selector": {"matchLabels": labels},
        "template": {"metadata": {"labels": labels}, "spec": containers},
    }
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"selector": labels, "ports": [{"port": 80}]},
    }
    return [{**one, "spec": spec}, service]


def pod(name: str, namespace: str, app: str = "web") -> Json:
    """A Pod that no scheduler takes up."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": {"app": app, **OFF}},
        "spec": {"schedulerName": "nobody", "containers": [{"name": "web", "image": "nginx:1.7.9"}]},
    }


def paused(name: str, namespace: str) -> Json:
    """A Deployment of one Pod that is paused before it has made any."""
    one = deployment(name, namespace)
    return {**one, "spec": {**one["spec"], "replicas": 1, "paused": True}}


def deployment(name: str, namespace: str, app: str = "web") -> Json:
    """A Deployment of no Pods."""
    template = {
        "metadata": {"labels": {"run": name}},
        "spec": {"containers": [{"name": "web", "image": "nginx:1.7.9"}]},
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name, "namespace": namespace, "labels": {"app": app, **OFF}},
        "spec": {"replicas": 0, "selector": {"matchLabels": {"run": name}}, "template": template},
    }


def config(name: str, namespace: str) -> Json:
    """A ConfigMap."""
    metadata = {"name": name, "namespace": namespace, "labels": dict(OFF)}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"key": "value"}}


def path(body: Json, *, named: bool = True) -> str:
    """The API server's path of an object, or of its collection."""
    group = "/api/v1" if body["apiVersion"] == "v1" else f"/apis/{body['apiVersion']}"
    metadata = body["metadata"]
    place = f"/namespaces/{metadata['namespace']}" if "namespace" in metadata else ""
    collection = f"{group}{place}/{body['kind'].lower()}s"
    return f"{collection}/{metadata['name']}" if named else collection


_WEB = {"matchLabels": {"app": "web"}}
_POD_KIND = {"apiVersion": "v1", "kind": "Pod"}
_POD = {**_POD_KIND, "name": "web"}
_DEPLOYMENT = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
_CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "name": "web"}


def _check(name: str, given: Json, expect: str) -> Json:
    return {"name": name, "says": {"en": f"Check {name}"}, "given": {"one": given}, "expect": [expect]}
