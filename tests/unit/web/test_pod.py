"""How a pod is: the words of kubectl, and what the page adds to them."""

from typing import Any

import pytest

from tutoriallab.web import pod

Json = dict[str, Any]
LEAVING = "2026-01-01T00:00:00Z"


def container(name: str = "web", *, ready: bool = False, restarts: int = 0, **state: Any) -> Json:
    return {"name": name, "ready": ready, "restartCount": restarts, "state": state}


def made(
    *containers: Json,
    phase: str = "Running",
    init: list[Json] | None = None,
    deleting: bool = False,
    **more: Any,
) -> Json:
    spec = {"nodeName": "worker1", "containers": [{"name": one["name"]} for one in containers]}
    if init:
        spec["initContainers"] = [
            {"name": one["name"], **({"restartPolicy": "Always"} if one.pop("sidecar", False) else {})}
            for one in init
        ]
    status = {
        "phase": phase,
        "containerStatuses": list(containers),
        "initContainerStatuses": init or [],
        **more,
    }
    metadata = {"name": "web", **({"deletionTimestamp": LEAVING} if deleting else {})}
    return {"metadata": metadata, "spec": spec, "status": status}


RUNS = container(ready=True, running={})
WAITS = container(waiting={"reason": "PodInitializing"})
READY = [{"type": "Ready", "status": "True"}]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (made(RUNS, conditions=READY), "Running"),
        (made(RUNS, deleting=True), "Terminating"),
        (made(RUNS, phase="Succeeded", deleting=True), "Succeeded"),
        (made(RUNS, deleting=True, reason="NodeLost"), "Unknown"),
        (made(container(waiting={"reason": "CrashLoopBackOff"})), "CrashLoopBackOff"),
        (made(container(waiting={"reason": "ContainerCreating"}), phase="Pending"), "ContainerCreating"),
        (made(phase="Pending"), "Pending"),
        (made(phase="Failed", reason="Evicted"), "Evicted"),
        (
            made(phase="Pending", conditions=[{"type": "PodScheduled", "reason": "SchedulingGated"}]),
            "SchedulingGated",
        ),
        (made(container(terminated={"exitCode": 0, "reason": "Completed"}), phase="Succeeded"), "Completed"),
        (made(container(terminated={"exitCode": 3})), "ExitCode:3"),
        (made(container(terminated={"exitCode": 137, "signal": 9})), "Signal:9"),
        (
            made(
                RUNS, container("once", terminated={"exitCode": 0, "reason": "Completed"}), conditions=READY
            ),
            "Running",
        ),
        (made(RUNS, container("once", terminated={"exitCode": 0, "reason": "Completed"})), "NotReady"),
        (made(WAITS, phase="Pending", init=[container("a", running={}), container("b")]), "Init:0/2"),
        (
            made(
                WAITS,
                phase="Pending",
                init=[container("a", terminated={"exitCode": 0}), container("b", running={})],
            ),
            "Init:1/2",
        ),
        (made(WAITS, phase="Pending", init=[container("a", terminated={"exitCode": 2})]), "Init:ExitCode:2"),
        (
            made(WAITS, phase="Pending", init=[container("a", waiting={"reason": "ErrImagePull"})]),
            "Init:ErrImagePull",
        ),
        (
            made(
                RUNS,
                init=[{**container("log", running={}), "started": True, "sidecar": True}],
                conditions=READY,
            ),
            "Running",
        ),
    ],
)
def test_the_word_for_a_pod_is_the_status_that_kubectl_prints(body: Json, word: str) -> None:
    assert pod.word(body) == word


def test_ready_containers_are_counted_and_sidecars_with_them() -> None:
    init = [{**container("log", ready=True, running={}), "sidecar": True}, container("once")]

    assert pod.ready_of(made(RUNS, container("slow"), init=init)) == "2/3"


def test_restarts_of_all_containers_are_added_up() -> None:
    assert pod.restarts(made(container(restarts=2), container("b", restarts=3))) == 5


def test_a_pod_that_no_node_takes_says_why_in_the_schedulers_words() -> None:
    refused = {
        "type": "PodScheduled",
        "status": "False",
        "message": "0/3 nodes are available: 3 Too many pods.",
    }

    assert pod.why(made(phase="Pending", conditions=[refused])) == refused["message"]


def test_a_long_reason_is_cut_and_a_ready_pod_has_none() -> None:
    waits = container(waiting={"reason": "ErrImagePull", "message": "x" * 1000})

    assert pod.why(made(waits, phase="Pending")) == "x" * 399 + "…"
    assert pod.why(made(RUNS, conditions=[{**READY[0], "message": "fine"}])) == ""


def asking(cpu: str, **more: Any) -> Json:
    return {"resources": {"requests": {"cpu": cpu, "memory": "1Mi"}}, **more}


def test_what_a_pod_asks_for_is_what_the_scheduler_counts() -> None:
    body = {
        "spec": {
            "containers": [asking("100m"), asking("200m"), {}],
            "initContainers": [asking("250m"), asking("50m", restartPolicy="Always")],
            "overhead": {"cpu": "10m"},
        }
    }

    assert pod.asked(body, "cpu") == 360
    assert pod.asked(body, "memory") == 3 * 2**20 * 1000


def test_an_init_container_that_asks_for_more_than_all_others_counts_alone() -> None:
    assert pod.asked({"spec": {"containers": [asking("1")], "initContainers": [asking("2")]}}, "cpu") == 2000


def test_a_quantity_that_nobody_can_read_counts_as_none() -> None:
    assert pod.asked({"spec": {"containers": [asking("much")]}}, "cpu") == 0
