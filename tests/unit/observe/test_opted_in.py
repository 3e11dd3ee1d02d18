import logging
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tutoriallab.kube.errors import NotFound
from tutoriallab.kube.resources import Resource, Resources
from tutoriallab.observe.opted_in import require_in_namespaces
from tutoriallab.settings import InvalidSetting

SERVED = {
    "Widget": Resource("example.com/v1", "Widget", "widgets", namespaced=True),
    "World": Resource("example.com/v1", "World", "worlds", namespaced=False),
}


async def find(api_version: str, kind: str) -> Resource:
    if kind not in SERVED:
        raise NotFound(404, "UnknownKind", f"this cluster knows no kind {kind} in {api_version}")
    return SERVED[kind]


RESOURCES = cast("Resources", cast("Any", SimpleNamespace(find=find)))


async def test_kinds_in_namespaces_are_fine_and_one_that_may_come_later_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        await require_in_namespaces(RESOURCES, {("example.com/v1", "Widget"), ("example.com/v1", "Late")})
    assert caplog.messages == [
        "labs that select example.com/v1 Late wait: this cluster knows no kind Late in example.com/v1"
    ]


async def test_a_kind_in_no_namespace_is_refused() -> None:
    with pytest.raises(
        InvalidSetting, match=r"has example\.com/v1/World, which is in no namespace: leave it out"
    ):
        await require_in_namespaces(RESOURCES, {("example.com/v1", "World")})
