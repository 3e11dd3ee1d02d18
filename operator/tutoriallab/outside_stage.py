"""The stage at which a lab gets the names outside of its workspace, or is told why it does not.

Called by `reconcile.py`; the rules and the memory of who has what are in `outside.py`.
"""

from tutoriallab.attempts import TryAgain
from tutoriallab.examiner import Examiner
from tutoriallab.leases import Leases
from tutoriallab.outside import LOOKS_AGAIN_AFTER, Outside
from tutoriallab.run import LabRun
from tutoriallab.teller import Teller


class OutsideStage:
    """Claims names for labs, and says so in the labs' status."""

    def __init__(self, outside: Outside, leases: Leases, examiner: Examiner, tell: Teller) -> None:
        self._outside = outside
        self._leases = leases
        self._examiner = examiner
        self._tell = tell

    async def claim(self, run: LabRun) -> None:
        """The lab has its names, and it stands in its status that they were free.

        Raises TryAgain while they are not, ApiError.
        """
        before = run.status.outside
        refused = await self._outside.claim(run)
        if refused:
            self._examiner.end(run)
            # Nobody waits for the turn of a lab that waits for something else itself.
            self._leases.leave(run)
            self._tell.block(run, refused.reason, refused.message)
            raise TryAgain(refused.message, after=LOOKS_AGAIN_AFTER)
        if run.status.outside != before:
            await self._tell.written(run)
