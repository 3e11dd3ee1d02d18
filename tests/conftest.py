"""One embedded cluster for all integration tests: the programs of the real cache, everything else its own."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler.loadfile import LoadFileScheduling

from operator_process import OperatorProcess
from proving import SHOWN
from recorder import Recorder
from rights_run import RightsOfARun
from running_cluster import RunningCluster
from tutoriallab.cluster import embedded
from tutoriallab.cluster.install import install
from tutoriallab.cluster.pins import EMBEDDED
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Silent
from world import World

# What is tested is in English, whatever the terminal of whoever runs the tests speaks.
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("TUTORIALLAB_LANG", None)
# A busy machine is no fault of the code. CI tries the same examples each time; new ones are found at desks.
settings.register_profile(
    "untimed",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("untimed")


#: Folders by how long their files take: what runs longest begins first, so that no worker ends long after the others.
LONGEST_FIRST = ("kind", "labs", "integration", "web", "unit")


class OneKindCluster(LoadFileScheduling):  # type: ignore[misc] # pytest-xdist is not typed here
    """Which tests stay together on one worker: those of a file, and all on kind, which share one cluster."""

    def _split_scope(self, nodeid: str) -> str:
        scope: str = super()._split_scope(nodeid)
        folder, _, _ = scope.rpartition("/")
        return folder if folder.endswith("/kind") else scope


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneKindCluster:
    """Asked by pytest-xdist in the process that runs the workers."""
    return OneKindCluster(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; within a file all stays in order."""
    folder = Path(__file__).parent
    items.sort(key=lambda item: LONGEST_FIRST.index(item.path.relative_to(folder).parts[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests have to show: the proofs' tables."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == SHOWN:
                terminalreporter.section(report.nodeid)
                terminalreporter.write(str(text))


def pytest_configure(config: pytest.Config) -> None:
    RightsOfARun.register(config)


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """An own cache folder, with the programs of the real one (got there first, if need be)."""
    real = Places.from_environment(os.environ)
    programs = obtain(EMBEDDED, real, Silent())
    policy = Path(__file__).parent / "audit-policy.yaml"
    return replace(real, cache=tmp_path_factory.mktemp("cache"), programs=programs, audit_policy=policy)


@pytest.fixture(scope="session")
def cluster(places: Places, pytestconfig: pytest.Config) -> Iterator[RunningCluster]:
    """One embedded cluster, shared by all tests of the session: use namespaces of your own."""
    made = embedded.start("tests", places, Silent())
    try:
        yield RunningCluster(made.name, made.kubeconfig, made.kubectl, places)
    finally:
        RightsOfARun.of(pytestconfig).read((places.kwok_cluster("tests") / "logs").glob("audit*.log"))
        embedded.stop("tests", places, Silent())


@pytest.fixture
def recorder() -> Recorder:
    """A Progress that remembers what it is told."""
    return Recorder()


@pytest.fixture(scope="session")
def running_world(cluster: RunningCluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The cluster with CRD, rights, and one operator, as `up` leaves it."""
    folder = tmp_path_factory.mktemp("operator")
    kubectl = [str(cluster.kubectl_path), "--kubeconfig", str(cluster.kubeconfig)]
    kubeconfig = install(kubectl, folder, outside=True)
    settings = {"ALLOW_OUTSIDE": "true", "CAPABILITIES": ",".join(embedded.CAPABILITIES)}
    operator = OperatorProcess(
        kubeconfig, folder, {f"TUTORIALLAB_{name}": value for name, value in settings.items()}
    )
    operator.start()
    try:
        yield World(cluster, operator)
    finally:
        operator.stop()


@pytest.fixture
def world(running_world: World) -> Iterator[World]:
    """The cluster with its operator at work, also for fixtures of the next module when a test has ended it."""
    _at_work(running_world.operator)
    yield running_world
    _at_work(running_world.operator)


def _at_work(operator: OperatorProcess) -> None:
    if operator.process is None:
        operator.start()
