"""The stage between a lab that can be run and its workspace: it gets its nodes, or is told why it waits for them.

Called by `reconcile.py`; the rules and the memory of who has what are in `leases.py`.
"""

from tutoriallab.attempts import TryAgain
from tutoriallab.examiner import Examiner
from tutoriallab.leases import Leases, Wait
from tutoriallab.provision import reasons
from tutoriallab.run import LabRun
from tutoriallab.status import compose
from tutoriallab.teller import Teller


class NodeStage:
    """Leases nodes for labs, ends leases that are idle, and says so in the labs' status."""

    def __init__(self, leases: Leases, examiner: Examiner, tell: Teller) -> None:
        self._leases = leases
        self._examiner = examiner
        self._tell = tell

    async def blocks(self, run: LabRun) -> bool:
        """Whether the lab stays Blocked until somebody resets it; raises TryAgain while it waits for its turn."""
        if not run.spec.nodes or _is_over(run):
            self._leases.leave(run)
            return False
        return self._waits(run, await self._leases.wait(run))

    async def lease(self, run: LabRun) -> None:
        """See that the lab has the nodes that it asks for, with their labels and taints, and no others.

        Raises TryAgain when it has to wait after all, ApiError.
        """
        if _is_over(run) or not self._leases.concerns(run):
            return
        if not run.spec.nodes:
            await self._leases.end(run)
            run.record(nodes={})
        elif not self._leases.satisfied(run):
            if run.status.nodes and not self._leases.has(run):
                # Of a lease that is over: a status that names nodes says that they have their labels and taints.
                run.record(nodes={})
                await self._tell.written(run)
            self._waits(run, await self._leases.take(run))
            await self._tell.written(run)

    async def end_if_idle(self, run: LabRun) -> None:
        """Give the nodes back when nobody has changed anything in the lab for too long."""
        if not self._leases.expired(run):
            return
        self._examiner.end(run)
        message = self._leases.idle_message(run)
        run.record(nodes={})
        self._tell.block(run, reasons.LEASE_IDLE, message)
        # Written first: were the nodes given back and this not, the lab would lease them anew.
        await self._tell.written(run)
        await self._leases.end(run)

    def _waits(self, run: LabRun, wait: Wait | None) -> bool:
        if wait is None:
            return False
        self._examiner.end(run)
        self._tell.block(run, wait.reason, wait.message)
        if wait.reason == reasons.LEASE_IDLE:
            return True
        raise TryAgain(wait.message, wait.after)


def _is_over(run: LabRun) -> bool:
    """Whether all steps are passed: a completed lab has given its nodes back."""
    return compose.current_step(run.spec, run.status.steps) is None
