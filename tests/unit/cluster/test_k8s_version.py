import re

import pytest

from tutoriallab.cluster import k8s_version
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.pins import KUBERNETES


@pytest.mark.parametrize(
    ("text", "wish"), [("", ""), ("1.34", "1.34"), ("v1.34.4", "1.34.4"), (" 1.34.4 ", "1.34.4")]
)
def test_a_version_is_read_with_and_without_its_v(text: str, wish: str) -> None:
    assert k8s_version.asked(text) == wish


@pytest.mark.parametrize("text", ["latest", "1", "1.34.4.1", "v", "1.34-rc.1"])
def test_what_is_no_version_is_refused_with_those_that_are_tested(text: str) -> None:
    with pytest.raises(ClusterError, match=f"is no version of Kubernetes: choose .*{re.escape(KUBERNETES)}"):
        k8s_version.asked(text)


@pytest.mark.parametrize(
    ("wish", "version", "fits"),
    [
        ("", "1.34.4", True),
        ("1.34", "1.34.4", True),
        ("1.34.4", "1.34.4", True),
        ("1.3", "1.34.4", False),
        ("1.34.40", "1.34.4", False),
        ("1.33", "1.34.4", False),
    ],
)
def test_a_minor_alone_takes_any_patch(wish: str, version: str, fits: bool) -> None:
    assert k8s_version.fits(wish, version) is fits


def test_all_tested_versions_are_accepted_and_others_refused_with_their_names() -> None:
    for provider, versions in k8s_version.TESTED.items():
        assert KUBERNETES in versions
        for version in ("", *versions):
            k8s_version.require_tested(version, provider)
        with pytest.raises(
            ClusterError, match=rf"1\.30 is not tested with {provider} clusters: choose {versions[0]}"
        ):
            k8s_version.require_tested("1.30", provider)


def test_a_cluster_that_is_there_keeps_its_version() -> None:
    k8s_version.require_running("1.34", "x", "1.34.4")
    k8s_version.require_running("1.33", "x", "")
    with pytest.raises(ClusterError, match=r"it has Kubernetes 1\.34\.4, not 1\.34\.0: take it away first"):
        k8s_version.require_running("1.34.0", "x", "1.34.4")
