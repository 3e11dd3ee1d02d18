"""What is wrong with a pod, from its own status: messages as Kubernetes 1.34 writes them."""

from typing import Any

import pytest

from builders import Json, Objects, metadata, pod, pod_with
from tutoriallab.grade.diagnosis.evidence import NODE, POD, Evidence
from tutoriallab.grade.diagnosis.tell import sentence, told
from tutoriallab.grade.diagnosis.walk import diagnose

HTTP = {"httpGet": {"path": "/hello", "port": 80}}


def found(one: Json, language: str = "en") -> str:
    finding = diagnose([one], Evidence("demo", frozenset({POD}), Objects(one).select))
    return f"{finding.reason}: {sentence(finding).told(language)}" if finding else ""


def unschedulable(message: str, **spec: Any) -> Json:
    scheduled = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}
    one = pod(phase="Pending", ready=False)
    one["spec"].update(spec)
    one["status"]["conditions"] = [scheduled]
    return one


def waiting(reason: str, message: str = "", **more: Any) -> Json:
    return pod_with({"waiting": {"reason": reason, "message": message}}, **more)


def ended(code: int, reason: str = "Error", message: str = "") -> Json:
    return {"terminated": {"exitCode": code, "reason": reason, "message": message}}


RUNNING = {"running": {"startedAt": "2026-01-01T00:00:00Z"}}
CONTROL_PLANE = "1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }"
PULL = (
    'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.79": failed to resolve '
    'reference "docker.io/library/nginx:1.79": docker.io/library/nginx:1.79: not found'
)
AFTER = " preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling."
HUGE = {"containers": [{"name": "web", "resources": {"requests": {"memory": "10Gi", "cpu": "1"}}}]}
BACK_OFF = {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 10s restarting failed container"}}


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (
            unschedulable(f"0/4 nodes are available: {CONTROL_PLANE}, 3 Insufficient memory.{AFTER}", **HUGE),
            "NotEnoughResources: Pod web-1 is Pending: no node has enough left of what it requests (memory 10Gi): 0/4 "
            f"nodes are available: {CONTROL_PLANE}, 3 Insufficient memory",
        ),
        (
            unschedulable(
                f"0/4 nodes are available: {CONTROL_PLANE}, 3 node(s) didn't match Pod's node affinity/selector.{AFTER}",
                nodeSelector={"nodeenv": "xxx"},
            ),
            "NoNodeMatches: Pod web-1 is Pending: no node matches its node selector or affinity (nodeenv=xxx): ",
        ),
        (
            unschedulable("0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules."),
            "PodAffinity: Pod web-1 is Pending: its rules about other pods leave no node: ",
        ),
        (
            unschedulable(
                "0/4 nodes are available: 1 node(s) had untolerated taint {tag: test}, "
                "2 node(s) had untolerated taint {node.kubernetes.io/unschedulable: }, 1 Insufficient cpu."
            ),
            "Taint: Pod web-1 is Pending: it does not tolerate the taints of the nodes: ",
        ),
        (
            unschedulable(
                "0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found"
            ),
            "ClaimNotBound: Pod web-1 is Pending: a volume claim of it is not bound: ",
        ),
        (
            unschedulable(
                "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are "
                "available: 3 No preemption victims found for incoming pod.",
                **HUGE,
            ),
            "NotEnoughResources: Pod web-1 is Pending: no node has enough left of what it requests (cpu 1): 0/3 nodes "
            "are available: 3 Insufficient cpu",
        ),
        (
            unschedulable("no nodes available to schedule pods"),
            "Unschedulable: Pod web-1 is Pending: no node takes it: no nodes available to schedule pods",
        ),
        (
            waiting("InvalidImageName", image="nginx:nginx:1.7.9"),
            "InvalidImageName: Pod web-1: the image name nginx:nginx:1.7.9 of container web is not valid",
        ),
        (
            waiting("ImagePullBackOff", 'Back-off pulling image "nginx:1.7.99"'),
            "ImagePull: Pod web-1: the image nginx:1.7.9 of container web cannot be pulled: Back-off pulling image",
        ),
        (
            waiting("ImagePullBackOff", f'Back-off pulling image "nginx:1.79": ErrImagePull: {PULL}'),
            "ImagePull: Pod web-1: the image nginx:1.7.9 of container web cannot be pulled: "
            "docker.io/library/nginx:1.79: not found",
        ),
        (
            waiting("ErrImagePull", PULL),
            "ImagePull: Pod web-1: the image nginx:1.7.9 of container web cannot be pulled: "
            "docker.io/library/nginx:1.79: not found",
        ),
        (
            waiting("ErrImageNeverPull", image="own:1"),
            "NeverPulled: Pod web-1: the image own:1 of container web is not on the node, and its imagePullPolicy is Never",
        ),
        (
            waiting("CreateContainerConfigError", 'configmap "settings" not found'),
            "ConfigMissing: Pod web-1: container web cannot be made, something that it refers to is missing: "
            'configmap "settings" not found',
        ),
        (
            waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root"),
            "CannotStart: Pod web-1: container web cannot be started: container has runAsNonRoot and image will run as "
            "root",
        ),
        (
            waiting("PostStartHookError"),
            "PostStart: Pod web-1: the postStart hook of container web fails, so the container is ended each time",
        ),
        (
            pod_with(
                BACK_OFF,
                last=ended(
                    128,
                    "StartError",
                    'failed to create containerd task: runc create failed: unable to start container process: exec: "nope": '
                    "executable file not found in $PATH",
                ),
                restarts=2,
            ),
            'CannotStart: Pod web-1: container web cannot be started: exec: "nope": executable file not found in $PATH',
        ),
        (
            pod_with(
                BACK_OFF,
                last=ended(137, "OOMKilled"),
                restarts=3,
                resources={"limits": {"memory": "16Mi"}},
            ),
            "OutOfMemory: Pod web-1: container web was ended for using more memory than its limit (16Mi): OOMKilled",
        ),
        (
            pod_with(BACK_OFF, last=ended(3), restarts=4),
            "Crashing: Pod web-1: container web ends with exit code 3 each time it is started (4 restarts)",
        ),
        (
            pod_with(BACK_OFF, last=ended(0, "Completed"), restarts=2, livenessProbe=HTTP),
            "RestartedWhileProbed: Pod web-1: container web, which has a liveness probe (httpGet /hello on port 80)",
        ),
        (
            pod_with(BACK_OFF, last=ended(0, "Completed"), restarts=2),
            "EndsByItself: Pod web-1: container web is done with exit code 0 each time, and restartPolicy Always starts it "
            "again (2 restarts)",
        ),
        (
            pod_with(BACK_OFF, last=ended(137), restarts=2, livenessProbe=HTTP),
            "RestartedWhileProbed: Pod web-1: container web, which has a liveness probe (httpGet /hello on port 80), was "
            "restarted 2 times; its last run ended with exit code 137",
        ),
        (
            pod_with(RUNNING, readinessProbe={"exec": {"command": ["cat", "/tmp/hello.txt"]}}),
            "Readiness: Pod web-1: container web runs, but its readiness probe (exec cat /tmp/hello.txt) does not succeed",
        ),
    ],
)
def test_the_cause_is_told(one: Json, wanted: str) -> None:
    assert found(one).startswith(wanted)
    assert "preemption" not in found(one)
    assert "deallocate" not in found(one)


def test_a_failed_pod_that_is_not_started_again() -> None:
    one = pod_with(ended(1))
    one["spec"]["restartPolicy"] = "Never"

    assert found(one) == (
        "EndedForGood: Pod web-1: container web has ended with exit code 1, and restartPolicy Never does not start it again"
    )


def test_the_first_init_container_that_runs_is_what_all_wait_for() -> None:
    one = pod(phase="Pending", ready=False)
    one["spec"]["initContainers"] = [{"name": "wait-mysql"}, {"name": "wait-redis"}]
    one["status"]["initContainerStatuses"] = [
        {"name": "wait-mysql", "state": RUNNING, "restartCount": 0},
        {"name": "wait-redis", "state": {"waiting": {"reason": "PodInitializing"}}},
    ]

    assert found(one).startswith("InitRunning: Pod web-1: the init container wait-mysql is still running")


def test_a_startup_probe_comes_before_readiness() -> None:
    one = pod_with(RUNNING, startupProbe={"tcpSocket": {"port": 8080}}, readinessProbe=HTTP)

    assert found(one).startswith(
        "Startup: Pod web-1: the startup probe of container web (tcpSocket on port 8080)"
    )


@pytest.mark.parametrize(
    "one",
    [
        pod(),
        pod(phase="Succeeded"),
        pod_with({"waiting": {"reason": "ContainerCreating"}}),
        pod_with(RUNNING),
        pod_with(RUNNING, last=ended(1), restarts=1),
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "bare", "namespace": "demo"}},
    ],
)
def test_where_nothing_is_known_to_be_wrong_nothing_is_said(one: Json) -> None:
    assert found(one) == ""


def test_a_pod_that_ends_is_not_blamed_for_not_being_ready() -> None:
    one = pod_with(RUNNING, readinessProbe=HTTP)
    one["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z"

    assert found(one) == ""


def test_the_sentence_ends_with_where_to_look() -> None:
    one = pod_with(BACK_OFF, last=ended(3), restarts=4)
    finding = diagnose([one], Evidence("demo", frozenset({POD}), Objects(one).select))
    assert finding

    assert str(told(finding)).endswith("(4 restarts). Look: kubectl logs -n demo web-1 -c web --previous")
    assert told(finding).told("zh") == (
        "Pod web-1：容器 web 每次启动后都以退出码 3 结束（已重启 4 次）。查看: kubectl logs -n demo web-1 -c web --previous"
    )


def test_the_taint_of_control_planes_does_not_count_though_it_is_not_named() -> None:
    one = unschedulable(
        "0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 Insufficient memory.", **HUGE
    )
    master = {"apiVersion": "v1", "kind": "Node", "metadata": {**metadata("master"), "namespace": ""}}
    master["spec"] = {"taints": [{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]}
    evidence = Evidence("demo", frozenset({POD, NODE}), Objects(one, master).select)
    finding = diagnose([one], evidence)
    assert finding
    assert finding.reason == "NotEnoughResources"
