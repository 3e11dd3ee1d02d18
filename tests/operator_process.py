"""The operator as a process of its own, as learners run it: started, killed, started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class OperatorProcess:
    """Runs `python -m tutoriallab PROGRAM` with its own ServiceAccount; logs to a file in `folder`."""

    kubeconfig: Path
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    program: str = "operator"

    @property
    def log(self) -> str:
        """All that it has logged so far."""
        path = self.folder / "operator.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def start(self) -> None:
        """Start it and wait until it watches."""
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        self.launch()
        eventually(ready.exists, "the operator watches", lambda: self.log[-2_000:])

    def launch(self) -> None:
        """Start it without waiting for anything."""
        environment = {
            **os.environ,
            "KUBECONFIG": str(self.kubeconfig),
            "TUTORIALLAB_READY_FILE": str(self.folder / "ready"),
            **self.environment,
        }
        with (self.folder / "operator.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tutoriallab", self.program], env=environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """kill -9, at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(number)
            self.process.wait(timeout=60)
            self.process = None


def eventually(
    holds: Callable[[], object], what: str, tell: Callable[[], object] = lambda: "", timeout: float = 30.0
) -> None:
    """Wait until `holds` is true; fails with what was waited for and what `tell` says."""
    until = time.monotonic() + timeout
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"after {timeout:.0f} s still not: {what}\n{tell()}")
        time.sleep(0.05)
