"""Refusals that need no cluster; the cluster itself is in tests/integration."""

from dataclasses import replace
from pathlib import Path

import pytest

from tutoriallab.cluster import embedded
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Silent


def test_another_system_is_told_what_it_can_use(places: Places) -> None:
    with pytest.raises(ClusterError, match="tutoriallab up --context NAME"):
        embedded.start("a", replace(places, system="darwin"), Silent())


@pytest.mark.parametrize("name", ["", "-", "a-", "A", "a/b", "a" * 41, "../x"])
def test_a_name_that_cannot_be_a_folder_and_a_context_is_refused(name: str, places: Places) -> None:
    with pytest.raises(ClusterError, match="cannot name a cluster"):
        embedded.start(name, places, Silent())


def test_a_missing_program_is_named_with_what_was_tried(places: Places) -> None:
    with pytest.raises(ClusterError, match="kube-apiserver: PATH: not there"):
        embedded.start("a", places, Silent())


def test_a_full_disk_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="No space left on the disk"):
        embedded.require_space(tmp_path, 1 << 60)
    embedded.require_space(tmp_path, 0)


def test_a_cluster_that_does_not_exist_is_absent_and_stopping_it_does_nothing(places: Places) -> None:
    assert embedded.status("a", places).state == "absent"
    embedded.stop("a", places, Silent())
    assert embedded.names(places) == []


def test_the_default_cluster_has_the_short_context() -> None:
    assert embedded.context_name(embedded.DEFAULT_NAME) == "tutoriallab"
    assert embedded.context_name("b") == "tutoriallab-b"
