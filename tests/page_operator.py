"""A page for as long as a test module needs it: the tests' operator started anew with one, or the page alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from operator_process import OperatorProcess
from people import person
from rights import MANIFESTS
from running_cluster import RunningCluster
from tutoriallab.cluster.ports import choose


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
def page_alone(cluster: RunningCluster, folder: Path) -> Iterator[OperatorProcess]:
    """The page as the chart has it, with its own account and rights; its port is in its environment."""
    cluster.kubectl("apply", "--server-side", "-f", str(MANIFESTS / "optional" / "page.yaml"))
    account = person(cluster, folder, "tutoriallab-system", "tutoriallab-page")
    environment = {"TUTORIALLAB_PAGE": f"127.0.0.1:{choose(1, set())[0]}"}
    page = OperatorProcess(account.kubeconfig, folder, environment, program="page-server")
    page.start()
    try:
        yield page
    finally:
        page.stop()
