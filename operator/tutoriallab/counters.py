"""What the operator counts of its own work, and how to ask it: SIGUSR1 writes the counts to a file.

Made by `reconcile.py`, counted up by `examiner.py`, written for `make bench` by `__main__.py`.
"""

import asyncio
import json
import signal
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Counters:
    """Counts since the operator started."""

    changes: int = 0
    """Changes of objects that a lab's checks select, once per lab."""
    evaluations: int = 0
    """Checks that were judged, for whatever reason."""


def write_on_signal(path: Path, counters: Counters, requests: Mapping[str, int]) -> None:
    """From now on, SIGUSR1 has the counts written to `path`, in one go, with `requests` by verb beside them."""

    def write() -> None:
        part = path.with_suffix(".part")
        part.write_text(json.dumps({**asdict(counters), "requests": dict(requests)}), encoding="utf-8")
        part.replace(path)

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, write)
