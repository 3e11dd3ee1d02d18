"""The tests' operator, started anew with a page for as long as a test module needs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from operator_process import OperatorProcess
from tutoriallab.cluster.ports import choose


@contextmanager
def with_page(operator: OperatorProcess, **settings: str) -> Iterator[int]:
    """At this port of loopback; `settings` are those of the page, without their common beginning."""
    before, [port] = operator.environment, choose(1, set())
    if operator.process:
        operator.stop()
    page = {f"TUTORIALLAB_PAGE_{name}": value for name, value in settings.items()}
    operator.environment = {**before, "TUTORIALLAB_PAGE": f"127.0.0.1:{port}", **page}
    operator.start()
    try:
        yield port
    finally:
        if operator.process:
            operator.stop()
        # Others' fixture `world` starts it again.
        operator.environment = before
