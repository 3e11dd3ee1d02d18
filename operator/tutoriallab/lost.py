"""Labs that are gone though nothing of them was removed; owned by `reconcile.py`, which clears up behind them.

Somebody took the finalizer off, or the lab was deleted in the moment in which it got one: the API server looks for
finalizers first and deletes then. Or it went while no operator ran.
"""

from collections.abc import Callable, Collection

from tutoriallab.attempts import TryAgain
from tutoriallab.provision.remove import LOOKS_AGAIN_AFTER
from tutoriallab.run import LabRun
from tutoriallab.words import preparing as words


class Lost:
    """Keeps them until nothing of them is left."""

    def __init__(self, kick: Callable[[LabRun], None]) -> None:
        self._kick = kick
        self._runs: dict[str, LabRun] = {}

    @property
    def runs(self) -> Collection[LabRun]:
        """All that are still to be cleared."""
        return self._runs.values()

    def take(self, run: LabRun) -> None:
        """Have this lab cleared: behind the stage that is under way, which goes on to its end."""
        run.gone = True
        self._runs[run.key.uid] = run
        self._kick(run)

    def cleared(self, run: LabRun) -> None:
        """Nothing of this lab is left."""
        self._runs.pop(run.key.uid, None)

    def awaited_by(self, run: LabRun) -> None:
        """Raises TryAgain while something is left of a lab of the same name."""
        if any(one.id == run.id for one in self._runs.values()):
            told = words.BEING_DELETED(object=f"Namespace {run.workspace}")
            raise TryAgain(told, after=LOOKS_AGAIN_AFTER)
