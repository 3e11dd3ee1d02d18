"""An operator that is killed after a chosen write: what the tests of crashes have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cutting_proxy import CuttingProxy, Matters
from operator_process import OperatorProcess, eventually
from world import World


class Crashing:
    """The operator behind a proxy that cuts it off after its n-th write that matters."""

    def __init__(self, world: World, proxy: CuttingProxy) -> None:
        self.world = world
        self._proxy = proxy

    @property
    def written(self) -> list[str]:
        """The writes that mattered since it was armed."""
        return self._proxy.written

    def arm(self, cut_after: int, matters: Matters) -> None:
        """Cut after this many writes for which `matters(method, path)` is true."""
        self._proxy.arm(cut_after, matters)

    def disarm(self) -> None:
        """What follows is not what is tried: cut no more."""
        self._proxy.arm(0, lambda method, path: False)

    def crash(self, over: Callable[[], bool]) -> bool:
        """Kill the operator where it was cut off and start it again; False when it came through without a cut."""
        log = partial(_end_of_log, self.world)
        eventually(lambda: self._proxy.cut.is_set() or over(), "cut off or through", log, 60)
        # What was written is seen a moment before the cut after it is noted.
        if not self._proxy.cut.wait(0.5):
            return False
        self.world.operator.kill()
        self._proxy.join()
        self.world.operator.start()
        return True

    def until(self, over: Callable[[], bool], what: str) -> None:
        """Wait until it is true; else the test ends with the operator's log."""
        eventually(over, what, partial(_end_of_log, self.world), 60)


def _end_of_log(world: World) -> str:
    return world.operator.log[-3_000:]


@contextmanager
def crashing_operator(world: World, folder: Path) -> Iterator[Crashing]:
    """In place of the world's operator; that one is started again by the next test that needs it."""
    world.operator.stop()
    proxy = CuttingProxy(world.operator.kubeconfig, folder)
    settings = {"TUTORIALLAB_RETRY_MOST": "1", "TUTORIALLAB_ALLOW_OUTSIDE": "true"}
    operator = OperatorProcess(proxy.kubeconfig, folder, settings)
    operator.start()
    try:
        yield Crashing(World(world.cluster, operator), proxy)
    finally:
        proxy.join()
        operator.kill()
        proxy.close()
