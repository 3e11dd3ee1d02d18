"""The newest state of one lab, kept by a thread, for code that waits for several things; called by `case.py`."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.stream import follow
from tutoriallab.status.seen import Seen

#: Seconds between two looks at whether to stop.
_LOOK = 0.1


class Stopped(Exception):
    """Ctrl-C: leave everything and clean up."""


class Follower:
    """Follows a lab from `with` on; `stop` ends every wait."""

    def __init__(self, kubectl: Kubectl, lab: Seen, stop: threading.Event) -> None:
        self.lab = lab
        self._kubectl = kubectl
        self._stop = stop
        self._changed = threading.Condition()
        self._failure: CliError | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._thread.join()

    def wait(self, holds: Callable[[Seen], bool], timeout: float) -> bool:
        """Whether `holds` came true within `timeout` seconds; raises Stopped, CliError when the lab is gone."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not holds(self.lab):
                if self._stop.is_set():
                    raise Stopped
                if self._failure:
                    raise self._failure
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(min(left, _LOOK))
        return True

    def stays(self, holds: Callable[[Seen], bool], seconds: float) -> bool:
        """Whether `holds` is true now and stays so for `seconds`."""
        return holds(self.lab) and not self.wait(lambda lab: not holds(lab), seconds)

    def _follow(self) -> None:
        try:
            for happened in follow(self._kubectl, self.lab.name, self.lab.namespace, _LOOK):
                if self._ended:
                    return
                if happened.lab:
                    self._tell(happened.lab)
            self._fail(CliError(f"Lab {self.lab.name} was deleted while it was proved: prove it again."))
        except CliError as failure:
            self._fail(failure)

    def _tell(self, lab: Seen) -> None:
        with self._changed:
            self.lab = lab
            self._changed.notify_all()

    def _fail(self, failure: CliError) -> None:
        with self._changed:
            self._failure = failure
            self._changed.notify_all()
