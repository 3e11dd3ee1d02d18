"""Requests to a real API server: what it says comes back typed."""

import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tutoriallab.kube import objects
from tutoriallab.kube.apply import apply
from tutoriallab.kube.errors import AlreadyExists, ApiError, Conflict, Forbidden, Invalid, NotFound
from tutoriallab.kube.events import Event, post_event
from tutoriallab.kube.resources import Resource, Resources
from tutoriallab.kube.session import Session

pytestmark = pytest.mark.integration

CONFIG_MAP = Resource("v1", "ConfigMap", "configmaps", namespaced=True)
NAMESPACE = Resource("v1", "Namespace", "namespaces", namespaced=False)
SERVICE = Resource("v1", "Service", "services", namespaced=True)
_numbers = itertools.count(1)


@pytest.fixture
async def session(cluster: Any) -> AsyncIterator[Session]:
    async with await Session.from_kubeconfig(str(cluster.kubeconfig)) as made:
        yield made


@pytest.fixture
async def namespace(session: Session) -> str:
    name = f"kube-{next(_numbers)}"
    await apply(session, NAMESPACE, {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
    return name


def config_map(namespace: str, **data: Any) -> dict[str, Any]:
    metadata = {"name": "settings", "namespace": namespace}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}


async def test_kinds_are_found_where_the_cluster_serves_them(session: Session) -> None:
    kinds = Resources(session)
    assert await kinds.find("v1", "Pod") == Resource("v1", "Pod", "pods", True)
    deployment = await kinds.find("apps/v1", "Deployment")
    assert deployment.path("x", "web", "scale") == "/apis/apps/v1/namespaces/x/deployments/web/scale"
    assert (await kinds.find("v1", "Node")).path("ignored", "n") == "/api/v1/nodes/n"
    asked = session.requests["GET"]
    with pytest.raises(NotFound) as refused:
        await kinds.find("example.com/v1", "Widget")
    assert refused.value.reason == "UnknownKind"
    with pytest.raises(NotFound):
        await kinds.find("example.com/v1", "Gadget")
    assert session.requests["GET"] == asked + 1, "misses are asked again only after a while"


async def test_applying_twice_changes_nothing_and_a_dry_run_nothing_at_all(
    session: Session, namespace: str
) -> None:
    first = await apply(session, CONFIG_MAP, config_map(namespace, color="blue"))
    again = await apply(session, CONFIG_MAP, config_map(namespace, color="blue"))
    tried = await apply(session, CONFIG_MAP, config_map(namespace, color="red"), dry_run=True)
    assert first["metadata"]["resourceVersion"] == again["metadata"]["resourceVersion"]
    assert tried["data"] == {"color": "red"}
    assert (await objects.get(session, CONFIG_MAP, "settings", namespace))["data"] == {"color": "blue"}


async def test_a_field_of_another_manager_is_a_conflict_that_force_takes_over(
    session: Session, namespace: str
) -> None:
    await objects.create(session, CONFIG_MAP, config_map(namespace))
    target = {"name": "settings", "namespace": namespace}
    path, query = CONFIG_MAP.path(namespace, "settings"), {"fieldManager": "someone"}
    change = {"data": {"color": "red"}}
    await session.request(
        "PATCH", path, query=query, body=change, content_type="application/merge-patch+json"
    )
    with pytest.raises(Conflict) as refused:
        await apply(session, CONFIG_MAP, config_map(namespace, color="blue"), force=False)
    assert [cause.field for cause in refused.value.causes] == [".data.color"]
    assert not refused.value.transient
    applied = await apply(session, CONFIG_MAP, config_map(namespace, color="blue"))
    assert applied["data"] == {"color": "blue"}
    changed = await objects.patch(session, CONFIG_MAP, target, {"data": {"color": None, "size": "big"}})
    assert changed["data"] == {"size": "big"}


async def test_broken_objects_are_invalid_and_name_the_field(session: Session, namespace: str) -> None:
    with pytest.raises(Invalid) as wrong_type:
        await apply(session, CONFIG_MAP, config_map(namespace, color=1))
    assert ".data.color" in str(wrong_type.value)
    assert not wrong_type.value.transient
    metadata = {"name": "web", "namespace": namespace}
    service = {"apiVersion": "v1", "kind": "Service", "metadata": metadata}
    with pytest.raises(Invalid) as no_port:
        await apply(session, SERVICE, {**service, "spec": {"ports": [{"port": 0}]}})
    assert no_port.value.causes[0].field == "spec.ports[0].port"


async def test_a_stale_version_and_a_taken_name_are_told_apart(session: Session, namespace: str) -> None:
    made = await objects.create(session, CONFIG_MAP, config_map(namespace))
    with pytest.raises(AlreadyExists):
        await objects.create(session, CONFIG_MAP, config_map(namespace))
    await objects.patch(session, CONFIG_MAP, made["metadata"], {"data": {"a": "1"}})
    stale = {"metadata": {"resourceVersion": made["metadata"]["resourceVersion"]}, "data": {"a": "2"}}
    with pytest.raises(Conflict) as refused:
        await objects.patch(session, CONFIG_MAP, made["metadata"], stale)
    assert not isinstance(refused.value, AlreadyExists)


async def test_only_the_object_that_was_meant_is_deleted(session: Session, namespace: str) -> None:
    made = (await objects.create(session, CONFIG_MAP, config_map(namespace)))["metadata"]
    with pytest.raises(Conflict):
        await objects.delete(session, CONFIG_MAP, made, uid="another")
    await objects.delete(session, CONFIG_MAP, made, uid=made["uid"])
    await objects.delete(session, CONFIG_MAP, made, uid=made["uid"])
    with pytest.raises(NotFound):
        await objects.get(session, CONFIG_MAP, "settings", namespace)


async def test_another_user_is_asked_for_and_refused_by_name(session: Session, namespace: str) -> None:
    with pytest.raises(Forbidden, match='User "learner" cannot get resource "configmaps"'):
        await objects.get(session, CONFIG_MAP, "settings", namespace, impersonate="learner")


async def test_lists_are_read_page_by_page(
    session: Session, namespace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        one = config_map(namespace)
        one["metadata"]["name"] = f"m{number}"
        one["metadata"]["labels"] = {"of": "list"}
        await apply(session, CONFIG_MAP, one)
    monkeypatch.setattr(objects, "CHUNK", 2)
    asked = session.requests["GET"]
    query = {"labelSelector": "of=list"}
    found = [
        one["metadata"]["name"]
        async for one in objects.list_objects(session, CONFIG_MAP, namespace, query=query)
    ]
    assert found == ["m0", "m1", "m2", "m3", "m4"]
    assert session.requests["GET"] == asked + 3


async def test_a_nonsense_page_and_a_nonsense_watch_are_refused(
    session: Session,
) -> None:
    with pytest.raises(ApiError) as refused:
        await session.request("GET", NAMESPACE.path(), query={"limit": 1, "continue": "bm9uc2Vuc2U"})
    assert refused.value.status == 400
    with pytest.raises(ApiError):
        async with session.stream(NAMESPACE.path(), {"watch": True, "resourceVersion": "nonsense"}):
            pytest.fail("it must be refused")


async def test_an_event_is_shown_with_its_object_and_cut_to_what_is_allowed(
    session: Session, namespace: str, cluster: Any
) -> None:
    made = await objects.create(session, CONFIG_MAP, config_map(namespace))
    await post_event(session, made, Event("Normal", "StepPassed", "做完了" * 500, at=1_700_000_000.0))
    shown = cluster.kubectl("-n", namespace, "describe", "events")
    assert "StepPassed" in shown
    assert "2023-11-14T22:13:20Z" in cluster.kubectl("-n", namespace, "get", "events", "-o", "yaml")
