from typing import Any

import pytest

from tutoriallab.kube.resources import Resource
from tutoriallab.provision import reasons
from tutoriallab.provision.fit import misplaced, subject, unfit


def manifest(name: Any = "web", kind: Any = "Pod", api_version: Any = "v1") -> dict[str, Any]:
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name}}


@pytest.mark.parametrize("name", ["web", "a", "web-1.example.com", "a" * 253])
def test_a_usual_name_fits(name: str) -> None:
    assert unfit(manifest(name)) is None


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "Web", "a%2fb", "web\n", "a" * 254, 5, None, ["a"]]
)
def test_a_name_that_could_lead_elsewhere_is_invalid(name: Any) -> None:
    found = unfit(manifest(name))
    assert found is not None
    assert found.reason == reasons.INVALID
    assert "metadata.name must consist of" in str(found.message)


@pytest.mark.parametrize("value", [None, 5, ["Pod"], {"a": 1}])
def test_kind_and_api_version_must_be_texts(value: Any) -> None:
    for bad in (manifest(kind=value), manifest(api_version=value)):
        found = unfit(bad)
        assert found is not None
        assert found.reason == reasons.INVALID


def test_names_of_the_operators_own_objects_are_reserved() -> None:
    found = unfit(manifest("tutoriallab-counts", "ResourceQuota"))
    assert found is not None
    assert (found.reason, found.object) == (reasons.RESERVED_NAME, "ResourceQuota tutoriallab-counts")


def test_cluster_scoped_kinds_are_misplaced() -> None:
    found = misplaced(
        manifest("dev", "Namespace"), Resource("v1", "Namespace", "namespaces", namespaced=False)
    )
    assert found is not None
    assert found.reason == reasons.CLUSTER_SCOPED
    assert misplaced(manifest(), Resource("v1", "Pod", "pods", namespaced=True)) is None


def test_a_huge_name_is_shortened_in_messages() -> None:
    assert len(subject(manifest("x" * 5000, "Y" * 5000))) <= 161
