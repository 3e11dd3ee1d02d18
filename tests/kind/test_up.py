"""`up` again on a kind cluster, and what it says where it cannot."""

import subprocess
import sys

import pytest

from kind_cluster import NAME, Learner, RealCluster
from tutoriallab.cluster.engine import find_engine
from tutoriallab.cluster.kind_config import nodes

pytestmark = pytest.mark.kind


def test_up_again_finds_the_cluster_and_its_operator(learner: Learner, real: RealCluster) -> None:
    said = learner.up()
    assert f"Cluster {NAME} was there, the operator was running" in said


def test_up_without_a_word_about_kind_stays_with_it(learner: Learner, real: RealCluster) -> None:
    assert f"Cluster {NAME} was there" in learner.types("up", "--lab", "none")
    refused = learner.tries("up", "--provider", "embedded")
    assert refused.returncode == 1
    assert f"Cluster {NAME} is there, and it is made with kind" in refused.stderr


def test_a_stopped_node_is_started_again(learner: Learner, real: RealCluster) -> None:
    node = nodes(NAME)[2]
    engine = find_engine(learner.places)
    engine.run("stop", "-t", "5", node)
    assert f"Cluster {NAME} was started again" in learner.up()
    assert engine.nodes(NAME)[node]


def test_a_cluster_that_somebody_else_made_is_not_touched(learner: Learner, real: RealCluster) -> None:
    record = learner.places.cluster_folder(NAME) / "kind.json"
    hidden = record.with_suffix(".hidden")
    record.rename(hidden)
    try:
        refused = learner.tries("up", "--provider", "kind", "--lab", "none")
        assert refused.returncode == 1
        assert f"There is a kind cluster {NAME} that tutoriallab did not make" in refused.stderr
    finally:
        hidden.rename(record)
    assert all(find_engine(learner.places).nodes(NAME).values())


def test_doctor_names_the_engine_and_the_cluster(learner: Learner, real: RealCluster) -> None:
    environment = learner.environment
    said = subprocess.run(
        [sys.executable, "-m", "tutoriallab", "doctor"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "docker" in said
    assert f"cluster {NAME}" in said
