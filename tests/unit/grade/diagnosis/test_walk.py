"""From what a check selects down to the first broken link."""

from typing import Any

import pytest

from builders import Json, Objects, deployment, metadata, pod
from tutoriallab.grade.diagnosis import walk
from tutoriallab.grade.diagnosis.evidence import POD, REPLICA_SET, SERVICE, Evidence, also
from tutoriallab.grade.diagnosis.tell import sentence
from tutoriallab.grade.diagnosis.walk import diagnose
from tutoriallab.observe.selection import Kind, Selection

ALL: tuple[Kind, ...] = (POD, REPLICA_SET, SERVICE)


def owner(one: Json) -> list[Json]:
    return [
        {
            "apiVersion": one["apiVersion"],
            "kind": one["kind"],
            "name": one["metadata"]["name"],
            "uid": one["metadata"]["uid"],
            "controller": True,
        }
    ]


def replica_set(name: str, of: Json, created: str = "2026-01-01T00:00:00Z", **more: Any) -> Json:
    return {
        "apiVersion": "apps/v1",
        "kind": "ReplicaSet",
        "metadata": metadata(name, ownerReferences=owner(of), creationTimestamp=created),
        "spec": {"replicas": 1},
        **more,
    }


def crashing(name: str, of: Json, code: int = 1) -> Json:
    one = pod(name, ready=False, ownerReferences=owner(of))
    state = {"waiting": {"reason": "CrashLoopBackOff"}}
    last = {"terminated": {"exitCode": code}}
    one["status"]["containerStatuses"] = [
        {"name": "web", "state": state, "lastState": last, "restartCount": 2}
    ]
    return one


def service(selector: Json | None = None, **spec: Any) -> Json:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata("web"),
        "spec": {"selector": selector or {"app": "web"}, "ports": [{"port": 80}], **spec},
    }


def found(*objects: Json, known: tuple[Kind, ...] = ALL) -> str:
    """What is found from the first of the objects."""
    finding = diagnose([objects[0]], Evidence("demo", frozenset(known), Objects(*objects).select))
    return f"{finding.reason}: {sentence(finding)}" if finding else ""


def test_a_deployment_leads_to_the_pod_of_its_newest_replica_set() -> None:
    web = deployment()
    old = replica_set("web-old", web)
    new = replica_set("web-new", web, "2026-01-01T01:00:00Z")

    told = found(
        web,
        old,
        new,
        crashing("web-old-1", old),
        pod("web-new-0", ownerReferences=owner(new)),
        crashing("web-new-1", new, 7),
    )

    assert (
        told
        == "Crashing: Pod web-new-1: container web ends with exit code 7 each time it is started (2 restarts)"
    )


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        (
            'pods "web-1" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2',
            "Quota: Deployment web cannot create pods: a quota of the namespace is used up: exceeded quota: small, "
            "requested: pods=1, used: pods=2, limited: pods=2",
        ),
        (
            'pods "web-1" is forbidden: violates PodSecurity "baseline:latest": privileged (container "web" must not set '
            "securityContext.privileged=true)",
            "PodSecurity: Deployment web cannot create pods: Pod Security of the namespace refuses them: violates ",
        ),
        (
            'serviceaccount "app" not found',
            'CannotCreatePods: Deployment web cannot create pods: serviceaccount "app" not found',
        ),
    ],
)
def test_pods_that_are_refused(message: str, wanted: str) -> None:
    failure = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": message}

    assert found(deployment(status={"conditions": [failure]})).startswith(wanted)


def test_a_conflict_that_is_tried_again_refuses_nothing() -> None:
    message = (
        'Operation cannot be fulfilled on resourcequotas "small": the object has been modified; please apply your '
        "changes to the latest version and try again"
    )
    failure = {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": message}

    assert found(deployment(status={"conditions": [failure]})) == ""


def test_of_what_is_to_go_only_what_holds_it_is_told() -> None:
    web = deployment(spec={"replicas": 0})
    new = replica_set("web-new", web)
    broken = crashing("web-new-1", new)
    going = {"deletionTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["example.com/hold"]}
    held = {**web, "metadata": {**web["metadata"], **going}}

    def reason(*objects: Json) -> str:
        finding = diagnose(
            [objects[0]], Evidence("demo", frozenset(ALL), Objects(*objects).select), too_many=True
        )
        return finding.reason if finding else ""

    assert reason(web, new, broken) == ""
    assert reason(held, new, broken) == "HeldByFinalizer"


def test_a_deployment_without_replicas() -> None:
    assert found(deployment(replicas=0)).startswith("ScaledToZero: Deployment web is to have 0 replicas")


def test_an_old_replica_set_is_empty_as_it_should_be() -> None:
    web = deployment()
    old = replica_set("web-old", web, spec={"replicas": 0})

    assert found(old, web) == ""
    del old["metadata"]["ownerReferences"]
    assert found(old).startswith("ScaledToZero: ReplicaSet web-old")


def test_a_pause_counts_while_a_change_waits_and_nothing_below_is_wrong() -> None:
    web = deployment(status={"updatedReplicas": 0})
    web["spec"]["paused"] = True
    new = replica_set("web-new", web)

    assert found(web, new).startswith("Paused: Deployment web is paused")
    assert found(web, new, crashing("web-new-1", new)).startswith("Crashing")


def test_a_rollout_over_its_deadline() -> None:
    late = {
        "type": "Progressing",
        "status": "False",
        "reason": "ProgressDeadlineExceeded",
        "message": 'ReplicaSet "web-new" has timed out progressing.',
    }

    assert found(deployment(status={"updatedReplicas": 3, "conditions": [late]})).startswith(
        "DeadlineExceeded"
    )


def test_a_selector_that_fits_no_pod_tells_what_pods_have() -> None:
    told = found(service({"app": "wbe"}), pod(labels={"app": "web", "pod-template-hash": "abc"}))

    assert told == (
        "SelectorMatchesNothing: Service web: no pod has the labels of its selector (app=wbe); the pods of the "
        "namespace have app=web"
    )


def test_of_pods_that_nobody_watches_nothing_is_said() -> None:
    assert found(service({"app": "wbe"}), pod(labels={"app": "web"}), known=(SERVICE,)) == ""


def test_a_service_leads_to_its_pods() -> None:
    web = deployment()
    down = crashing("web-1", web)
    down["metadata"]["labels"] = {"app": "web"}

    assert found(service(), down).startswith("Crashing: Pod web-1")


def test_endpoints_lead_to_their_service() -> None:
    slices = {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": metadata("web-abc", labels={"kubernetes.io/service-name": "web"}),
    }

    assert found(slices, service({"app": "x"}), pod(labels={"app": "web"})).startswith(
        "SelectorMatchesNothing"
    )


def test_a_target_port_by_a_name_that_no_container_knows() -> None:
    one = pod(labels={"app": "web"})
    one["spec"]["containers"][0]["ports"] = [{"name": "http", "containerPort": 80}]

    assert found(service(ports=[{"port": 80, "targetPort": "web"}]), one).startswith("PortNameUnknown")
    assert found(service(ports=[{"port": 80, "targetPort": "http"}]), one) == ""


def test_a_load_balancer_that_nobody_provides() -> None:
    one = service(type="LoadBalancer")

    assert found(one, pod(labels={"app": "web"})).startswith("NoLoadBalancer")
    one["status"] = {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}
    assert found(one, pod(labels={"app": "web"})) == ""


def test_a_claim_that_waits() -> None:
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": metadata("data"),
        "spec": {
            "storageClassName": "manual",
            "accessModes": ["ReadWriteMany"],
            "resources": {"requests": {"storage": "5Gi"}},
        },
        "status": {"phase": "Pending"},
    }

    assert found(claim) == (
        "ClaimPending: PersistentVolumeClaim data is Pending: no volume of class manual with 5Gi and ReadWriteMany is "
        "bound to it"
    )


def test_a_node_that_is_not_ready() -> None:
    node = {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": metadata("worker1", namespace=""),
        "status": {
            "conditions": [{"type": "Ready", "status": "Unknown", "message": "Kubelet stopped posting."}]
        },
    }

    assert found(node) == "NodeNotReady: Node worker1 is not Ready: Kubelet stopped posting"


def test_what_is_watched_besides_is_in_the_workspace_alone() -> None:
    web = Selection("apps/v1", "Deployment", "demo", "web")
    other = Selection("v1", "Service", "elsewhere", "web")

    found = also([web, other], "demo", home="default")
    assert {(one.kind, one.namespace) for one in found} == {
        ("ReplicaSet", "demo"),
        ("Pod", "demo"),
        ("PersistentVolumeClaim", "demo"),
        ("PersistentVolume", None),
        ("StorageClass", None),
        ("Node", None),
        ("Deployment", "default"),
    }
    assert also([web], "demo", home="demo") == also([web], "demo")
    assert also([Selection("v1", "Node", None, "worker1")], "demo") == []


@pytest.mark.parametrize("by", ["owner", "selection"])
def test_of_hundreds_that_are_not_ready_the_one_that_crashes_is_found(by: str) -> None:
    web = deployment("web")
    newest = replica_set("web-1", web)
    starting = [pod(f"web-1-{i}", ready=False, ownerReferences=owner(newest)) for i in range(300)]
    for one in starting:
        one["status"]["containerStatuses"] = [{"name": "web", "ready": False, "state": {"running": {}}}]
    pods = [*starting, crashing("web-1-z", newest)]
    objects = [web, newest, *pods]
    evidence = Evidence("demo", frozenset({POD, REPLICA_SET}), Objects(*objects).select)

    finding = diagnose([web] if by == "owner" else pods, evidence)

    assert finding is not None
    assert "web-1-z" in str(sentence(finding))


def test_of_hundreds_with_nothing_to_say_some_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def sound(one: Json) -> bool:
        looked.append(one["metadata"]["name"])
        return True

    monkeypatch.setattr(walk, "_is_sound", sound)
    pods = [pod(f"web-{i:03}", ready=i < 200) for i in range(300)]

    assert diagnose(pods, Evidence("demo", frozenset(), Objects().select)) is None
    assert looked == [f"web-{i}" for i in range(200, 240)]


@pytest.mark.parametrize(("ready", "told"), [(1, ""), (0, "RefusedByNode")])
def test_a_pod_that_was_replaced_tells_only_while_one_is_missing(ready: int, told: str) -> None:
    web = deployment()
    replicas = replica_set("web-1", web, status={"readyReplicas": ready})
    refused = pod("web-1-a", ready=False, ownerReferences=owner(replicas))
    refused["status"] = {"phase": "Failed", "message": "Pod was rejected: Predicate NodeAffinity failed"}
    here = [pod("web-1-b", ownerReferences=owner(replicas))] if ready else []

    assert found(web, replicas, refused, *here).partition(":")[0] == told


def test_what_is_wrong_with_a_pod_that_is_there_comes_before_what_was_wrong_with_another() -> None:
    web = deployment()
    replicas = replica_set("web-1", web)
    refused = pod("web-1-a", ready=False, ownerReferences=owner(replicas))
    refused["status"] = {"phase": "Failed", "message": "Pod was rejected: Predicate NodeAffinity failed"}

    told = found(web, replicas, refused, crashing("web-1-b", replicas))

    assert told.startswith("Crashing: Pod web-1-b")
