"""What only Events and logs tell: asked for where the state of an object leaves it open, and nowhere else."""

import pytest

from builders import Json, Objects, metadata, pod, pod_with
from tutoriallab.grade.diagnosis.evidence import (
    CLAIM,
    MOST_ASKED,
    NODE,
    POD,
    STORAGE_CLASS,
    VOLUME,
    Evidence,
)
from tutoriallab.grade.diagnosis.tell import sentence
from tutoriallab.grade.diagnosis.walk import diagnose
from tutoriallab.observe.probe.outcome import Heard, Outcome
from tutoriallab.observe.probe.question import EventsOf, LastLines, Question

KNOWN = frozenset({POD, CLAIM, NODE, STORAGE_CLASS, VOLUME})
HTTP = {"httpGet": {"path": "/healthz", "port": 80}}
RUNNING = {"running": {"startedAt": "2026-01-01T00:00:00Z"}}


def found(*objects: Json, events: tuple[tuple[str, str], ...] = (), lines: tuple[str, ...] = ()) -> str:
    """What is found of the first object, when these Events are about it and its container said these lines."""

    def answers(question: Question) -> Outcome:
        if isinstance(question, LastLines):
            return Heard({"lines": list(lines)})
        return Heard({"events": [{"reason": reason, "message": text} for reason, text in events]})

    evidence = Evidence("demo", KNOWN, Objects(*objects).select, answers=answers)
    finding = diagnose([objects[0]], evidence)
    return f"{finding.reason}: {sentence(finding)}" if finding else ""


def questions(*objects: Json) -> list[Question]:
    evidence = Evidence("demo", KNOWN, Objects(*objects).select)
    diagnose(objects, evidence)
    return list(evidence.asked)


def test_what_the_kubelet_tries_again_by_itself_is_no_cause() -> None:
    hiccup = (
        "FailedMount",
        'MountVolume.SetUp failed for volume "conf" : failed to sync configmap cache: timed out waiting for the condition',
    )
    missing = ("FailedMount", 'MountVolume.SetUp failed for volume "conf" : configmap "web" not found')

    assert found(pod_with(CREATING), events=(hiccup,)) == ""
    assert found(pod_with(CREATING), events=(hiccup, missing)).endswith('configmap "web" not found')


CREATING = {"waiting": {"reason": "ContainerCreating"}}
BACK_OFF = {"waiting": {"reason": "CrashLoopBackOff"}}
KILLED = {"terminated": {"exitCode": 137}}
REFUSED = 'Get "http://10.0.0.1:80/healthz": dial tcp 10.0.0.1:80: connect: connection refused'


@pytest.mark.parametrize(
    ("one", "event", "wanted"),
    [
        (
            pod_with(CREATING),
            ("FailedMount", 'MountVolume.SetUp failed for volume "conf" : configmap "web" not found'),
            "FailedMount: Pod web-1 does not start: a volume of it cannot be mounted: "
            'MountVolume.SetUp failed for volume "conf" : configmap "web" not found',
        ),
        (
            pod_with(RUNNING, readinessProbe=HTTP),
            ("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 404"),
            "Readiness: Pod web-1: container web runs, but its readiness probe (httpGet /healthz on port 80) does not "
            "succeed: HTTP probe failed with statuscode: 404",
        ),
        (
            pod_with(BACK_OFF, restarts=3, last=KILLED, livenessProbe=HTTP),
            ("Unhealthy", f"Liveness probe failed: {REFUSED}"),
            "LivenessFailing: Pod web-1: the liveness probe of container web (httpGet /healthz on port 80) fails, so the "
            f"kubelet has restarted it 3 times: {REFUSED}",
        ),
        (
            pod_with(BACK_OFF, restarts=3, last=KILLED, startupProbe=HTTP),
            ("Unhealthy", "Startup probe failed: command timed out"),
            "Startup: Pod web-1: the startup probe of container web (httpGet /healthz on port 80) has not succeeded yet: "
            "command timed out",
        ),
        (
            pod_with(RUNNING, restarts=1, lifecycle={"preStop": {"exec": {"command": ["false"]}}}),
            ("FailedPreStopHook", "PreStopHook failed"),
            "PreStop: Pod web-1: the preStop hook of container web failed: PreStopHook failed",
        ),
        (
            pod_with(
                BACK_OFF,
                restarts=2,
                last={"terminated": {"exitCode": 0, "reason": "Completed"}},
                lifecycle={"postStart": {"exec": {"command": ["false"]}}},
            ),
            ("FailedPostStartHook", "PostStartHook failed"),
            "PostStart: Pod web-1: the postStart hook of container web fails, so the container is ended each time: "
            "PostStartHook failed",
        ),
        (
            pod_with({"waiting": {"reason": "PostStartHookError"}}),
            ("FailedPostStartHook", "PostStartHook failed"),
            "PostStart: Pod web-1: the postStart hook of container web fails, so the container is ended each time: "
            "PostStartHook failed",
        ),
    ],
)
def test_an_event_tells_what_the_pod_s_status_does_not(
    one: Json, event: tuple[str, str], wanted: str
) -> None:
    assert found(one, events=(("Pulled", "image is there"), event)) == wanted
    assert found(one) != wanted


def test_of_a_container_that_crashes_the_last_line_is_told_without_what_changes_a_terminal() -> None:
    one = pod_with(BACK_OFF, restarts=2, last={"terminated": {"exitCode": 1}})
    assert found(one, lines=("starting", "no such\x1b[31m file")) == (
        "Crashing: Pod web-1: container web ends with exit code 1 each time it is started (2 restarts): "
        '"no such [31m file"'
    )
    assert found(one).endswith("(2 restarts)")
    assert questions(one) == [LastLines("demo", "web-1", "web")]


SECRET = {"secretKeyRef": {"name": "s", "key": "password"}}


@pytest.mark.parametrize(
    "has",
    [
        {"containers": [{"name": "web", "env": [{"name": "P", "valueFrom": SECRET}]}]},
        {"containers": [{"name": "web", "envFrom": [{"secretRef": {"name": "s"}}]}]},
        {"initContainers": [{"name": "i", "envFrom": [{"secretRef": {"name": "s"}}]}]},
        {"volumes": [{"name": "v", "secret": {"secretName": "s"}}]},
        {"volumes": [{"name": "v", "projected": {"sources": [{"secret": {"name": "s"}}]}}]},
    ],
)
def test_where_a_pod_has_a_secret_no_word_of_a_container_is_told_or_asked_for(has: Json) -> None:
    one = pod_with(BACK_OFF, restarts=2, last={"terminated": {"exitCode": 1}})
    one["spec"] |= has
    assert found(one, lines=("s3cr3t",)).endswith("(2 restarts)")
    assert questions(one) == []
    probed = pod_with(RUNNING, readinessProbe=HTTP)
    probed["spec"] |= {key: value for key, value in has.items() if key != "containers"}
    if "containers" not in has:
        assert "s3cr3t" not in found(probed, events=(("Unhealthy", "Readiness probe failed: s3cr3t"),))


def test_nothing_is_asked_of_what_is_well_and_of_many_that_are_not_only_some() -> None:
    assert questions(pod()) == []
    crowd = [{**pod_with(CREATING), "metadata": metadata(f"web-{i}")} for i in range(30)]
    assert questions(*crowd) == [EventsOf("demo", "v1", "Pod", f"web-{i}") for i in range(MOST_ASKED)]


def workload(kind: str, *, spec: Json | None = None, status: Json | None = None) -> Json:
    version = "batch/v1" if kind == "Job" else "apps/v1"
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": metadata("web"),
        "spec": spec or {},
        "status": status or {},
    }


QUOTA = 'Error creating: pods "web-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2'


@pytest.mark.parametrize(
    "one",
    [
        workload("StatefulSet", spec={"replicas": 3}, status={"replicas": 2}),
        workload("DaemonSet", status={"desiredNumberScheduled": 3, "currentNumberScheduled": 2}),
        workload("Job", status={"ready": 0}),
    ],
)
def test_workloads_without_a_condition_for_it_say_in_events_that_pods_are_refused(one: Json) -> None:
    told = found(one, events=(("FailedCreate", QUOTA),))
    assert told == (
        f"Quota: {one['kind']} web cannot create pods: a quota of the namespace is used up: exceeded quota: small, "
        "requested: pods=1, used: pods=2, limited: pods=2"
    )
    assert found(one) == ""


@pytest.mark.parametrize(
    "one",
    [
        workload("StatefulSet", spec={"replicas": 2}, status={"replicas": 2}),
        workload("DaemonSet", status={"desiredNumberScheduled": 2, "currentNumberScheduled": 2}),
        workload("Job", status={"active": 1}),
        workload("Job", status={"succeeded": 1}),
    ],
)
def test_a_workload_that_has_its_pods_is_not_asked_about(one: Json) -> None:
    assert questions(one) == []


def test_a_limit_range_is_named() -> None:
    refused = (
        'Error creating: pods "web-x" is forbidden: maximum cpu usage per Container is 1, but limit is 2'
    )
    assert found(workload("StatefulSet"), events=(("FailedCreate", refused),)).startswith("LimitRange: ")


def test_a_probe_that_failed_before_the_present_run_may_have_been_mended() -> None:
    one = pod_with(
        {"running": {"startedAt": "2026-01-01T00:00:10Z"}}, restarts=1, last=KILLED, livenessProbe=HTTP
    )
    one["status"]["containerStatuses"][0]["ready"] = True

    def told(at: str) -> str:
        event = {"reason": "Unhealthy", "message": "Liveness probe failed: no", "at": at}
        evidence = Evidence("demo", KNOWN, Objects(one).select, answers=lambda _: Heard({"events": [event]}))
        finding = diagnose([one], evidence)
        return finding.reason if finding else ""

    assert told("2026-01-01T00:00:09Z") == ""
    assert told("2026-01-01T00:00:12Z") == "LivenessFailing"
