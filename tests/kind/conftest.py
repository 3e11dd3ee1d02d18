"""One kind cluster for all tests in here, made by `up --offline` as a learner without a registry makes it."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_kind import KindCluster

from in_ci import fail_in_ci_else_skip
from kind_cluster import NAME, SOURCE, Learner, RealCluster
from operator_process import OperatorProcess
from tutoriallab.cluster.engine import NoEngine, find_engine
from tutoriallab.cluster.node_image import read_name
from tutoriallab.cluster.pins import KUBERNETES
from tutoriallab.cluster.places import Places, setting_name
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Silent
from world import World


@pytest.fixture(scope="session")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """Who makes the cluster; it is gone afterwards, and so is one that a killed run left."""
    real = Places.from_environment(os.environ)
    archive = Path(os.environ.get("TUTORIALLAB_NODE_ARCHIVE") or real.node_archive(KUBERNETES))
    try:
        engine = find_engine(real)
    except NoEngine as failure:
        fail_in_ci_else_skip(f"no container engine answers: {failure}")
    if not archive.exists():
        fail_in_ci_else_skip(f"{archive} is not there: `make node-image` builds it")
    engine.remove(sorted(engine.nodes(NAME)))
    folder = tmp_path_factory.mktemp("learner")
    programs = obtain(("kubectl", "kind", "helm"), real, Silent())
    places = replace(real, cache=folder / "cache", programs=programs)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(SOURCE),
        "TUTORIALLAB_CACHE": str(places.cache),
        **{setting_name(name): str(path) for name, path in programs.items()},
    }
    made = Learner(environment, places, archive)
    yield made
    if not os.environ.get("TUTORIALLAB_KEEP_CLUSTER"):
        made.types("down")
        assert not engine.nodes(NAME)


@pytest.fixture(scope="session")
def real(learner: Learner, tmp_path_factory: pytest.TempPathFactory) -> RealCluster:
    """The cluster, up: at the second try, as the first was killed while it was made."""
    learner.is_cut_off_while_making()
    assert "was not finished: it is made anew" in learner.up()
    kubeconfig = learner.places.cluster_folder(NAME) / "kubeconfig"
    with pytest.MonkeyPatch.context() as patch:
        # pytest-kind keeps a folder where it is started.
        patch.chdir(tmp_path_factory.mktemp("pytest-kind"))
        handle = KindCluster(
            NAME,
            kubeconfig,
            image=read_name(learner.archive, learner.places.architecture),
            kind_path=learner.places.programs["kind"],
            kubectl_path=learner.places.programs["kubectl"],
        )
        # It is there: pytest-kind takes it as it is.
        handle.create()
    return RealCluster(handle, kubeconfig)


@pytest.fixture(scope="session")
def real_world(real: RealCluster, learner: Learner) -> World:
    """The cluster with the operator that `up` started."""
    folder = learner.places.cluster_folder(NAME)
    return World(real, OperatorProcess(folder / "operator.kubeconfig", folder))
