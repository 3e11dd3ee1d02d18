from typing import Any

import pytest

from tutoriallab.grade.cel import functions
from unit.grade.cel.lab_world import deployment, pod


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("nginx", "nginx:latest"), ("nginx:1.7.9", "nginx:1.7.9"), ("docker.io/library/nginx:1.7.9", "nginx:1.7.9"),
        ("docker.io/bitnami/nginx", "bitnami/nginx:latest"), ("localhost:5000/web", "localhost:5000/web:latest"),
        ("registry.example.org/a/b:1", "registry.example.org/a/b:1"), ("nginx@sha256:abc", "nginx@sha256:abc"), ("", ""),
    ],
)  # fmt: skip
def test_an_image_is_named_as_people_write_it(name: str, short: str) -> None:
    assert functions.short_image(name) == short


def test_image_finds_containers_of_pods_workloads_and_cron_jobs() -> None:
    template = {"spec": {"initContainers": [{"name": "init", "image": "busybox:1.30"}]}}
    assert functions.image(pod("a"), "nginx") == "nginx:1.7.9"
    assert functions.image(deployment(), "nginx") == "nginx:1.8"
    assert functions.image({"spec": {"template": template}}, "init") == "busybox:1.30"
    assert (
        functions.image({"spec": {"jobTemplate": {"spec": {"template": template}}}}, "init") == "busybox:1.30"
    )
    assert functions.image(pod("a"), "other") == ""


def test_owner_is_the_controller_only() -> None:
    assert functions.owner(pod("a"))["name"] == "web-7d"
    assert functions.owner({"metadata": {"ownerReferences": [{"name": "x"}]}}) is None
    assert functions.owner({}) is None


def test_ready_and_condition_look_at_the_status_of_the_condition() -> None:
    assert functions.ready(pod("a"))
    assert not functions.ready(pod("a", ready="False"))
    assert not functions.ready(pod("a", ready="Unknown"))
    assert functions.condition_status(deployment(), "Available") == "False"
    assert functions.condition_status(deployment(), "Progressing") == ""


@pytest.mark.parametrize(
    "broken", [None, 1, "x", [], {"status": 1}, {"status": {"conditions": {}}}, {"spec": []}]
)
def test_broken_objects_are_no_error(broken: Any) -> None:
    assert not functions.ready(broken)
    assert functions.owner(broken) is None
    assert functions.image(broken, "x") == ""
    assert functions.events(broken) == []
