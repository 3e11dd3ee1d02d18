"""A page for as long as a test module needs it: the tests' operator started anew with one, or the page alone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from builders import Json
from operator_process import OperatorProcess
from people import Person, person, role_binding
from rights import MANIFESTS
from running_cluster import RunningCluster
from tutoriallab.cluster.ports import choose
from world import World


@contextmanager
def with_page(operator: OperatorProcess, **settings: str) -> Iterator[int]:
    """At this port of loopback; `settings` are those of the page, without their common beginning.

    Afterwards the operator works as before: fixtures of the next module may count on it.
    """
    before, ran, [port] = operator.environment, operator.process is not None, choose(1, set())
    if ran:
        operator.stop()
    page = {f"TUTORIALLAB_PAGE_{name}": value for name, value in settings.items()}
    operator.environment = {**before, "TUTORIALLAB_PAGE": f"127.0.0.1:{port}", **page}
    operator.start()
    try:
        yield port
    finally:
        if operator.process:
            operator.stop()
        operator.environment = before
        if ran:
            operator.start()


@contextmanager
def page_alone(cluster: RunningCluster, folder: Path) -> Iterator[int]:
    """The page as the chart has it, with its own account and rights, at this port of loopback."""
    cluster.kubectl("apply", "--server-side", "-f", str(MANIFESTS / "optional" / "page.yaml"))
    account = person(cluster, folder, "tutoriallab-system", "tutoriallab-page")
    [port] = choose(1, set())
    environment = {"TUTORIALLAB_PAGE": f"127.0.0.1:{port}"}
    page = OperatorProcess(account.kubeconfig, folder, environment, program="page-server")
    page.start()
    try:
        yield port
    finally:
        page.stop()


@contextmanager
def class_at_page(
    world: World,
    cluster: RunningCluster,
    folder: Path,
    names: Mapping[str, str],
    exam: Callable[[Person], Json],
) -> Iterator[tuple[int, list[Person]]]:
    """The page alone, at this port, and learners by name and namespace, each with the lab `exam` of theirs."""
    learners = []
    for name, namespace in names.items():
        one = person(cluster, folder, namespace, name)
        world.apply(role_binding("learners", "tutoriallab-learner", namespace, one.subject), exam(one))
        learners.append(one)
    with page_alone(cluster, folder) as port:
        for one in learners:
            world.until_phase("exam", "Active", namespace=one.namespace)
        try:
            yield port, learners
        finally:
            for one in learners:
                lab_of = ("lab", "exam", "-n", one.namespace)
                world.kubectl("delete", *lab_of, "--timeout=60s", "--ignore-not-found")
