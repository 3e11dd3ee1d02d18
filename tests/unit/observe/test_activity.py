from typing import Any

import pytest

from builders import Json, deployment, observed, pod
from tutoriallab.observe.activity import fingerprint


def seen(*bodies: Json) -> object:
    return fingerprint(map(observed, bodies))


def changed(body: Json, **metadata: Any) -> Json:
    return {**body, "metadata": {**body["metadata"], "resourceVersion": "2", **metadata}}


def node(**spec: Any) -> Json:
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": "w", "uid": "u", "resourceVersion": "1"},
        "spec": spec,
    }


CONFIG: Json = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {**pod()["metadata"], "name": "c"}}
OWNED_BY_JOB = pod(ownerReferences=[{"apiVersion": "batch/v1", "kind": "Job", "name": "j", "uid": "u"}])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [pod()]),
        ([pod()], [changed(pod(), labels={"a": "b"})]),
        ([pod()], [changed(pod(), uid="another")]),
        ([pod()], [changed(pod(), deletionTimestamp="2026-01-01T00:00:00Z")]),
        ([deployment()], [changed(deployment(), generation=2)]),
        ([CONFIG], [changed(CONFIG)]),
        ([node()], [node(unschedulable=True)]),
        ([node()], [node(taints=[{"key": "a", "effect": "NoSchedule"}])]),
    ],
)
def test_what_people_do_is_seen(before: list[Json], after: list[Json]) -> None:
    assert seen(*before) != seen(*after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([pod()], [{**changed(pod()), "status": {"phase": "Failed"}}]),
        ([deployment()], [changed(deployment(status={"readyReplicas": 1}))]),
        ([node()], [changed(node())]),
        ([], [OWNED_BY_JOB]),
        ([], [{"apiVersion": "v1", "kind": "Event", "metadata": pod()["metadata"]}]),
    ],
)
def test_what_goes_on_by_itself_is_not(before: list[Json], after: list[Json]) -> None:
    assert seen(*before) == seen(*after)
