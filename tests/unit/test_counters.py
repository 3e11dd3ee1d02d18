import asyncio
import json
import os
import signal
from collections import Counter
from pathlib import Path

from tutoriallab.counters import Counters, write_on_signal


async def test_the_signal_has_the_counts_written_as_they_are_then(tmp_path: Path) -> None:
    file = tmp_path / "counters.json"
    counters, requests = Counters(), Counter({"GET": 2})
    write_on_signal(file, counters, requests)
    counters.changes, counters.evaluations, requests["PATCH"] = 3, 15, 1
    os.kill(os.getpid(), signal.SIGUSR1)
    async with asyncio.timeout(5):
        while not file.exists():  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.01)
    asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1)
    assert json.loads(file.read_text()) == {
        "changes": 3,
        "evaluations": 15,
        "requests": {"GET": 2, "PATCH": 1},
    }
