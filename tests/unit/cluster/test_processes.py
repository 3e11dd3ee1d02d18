import json
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tutoriallab.cluster.processes import alive, start_process, stop_process

SLEEP = [sys.executable, "-c", "import time; print('here', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); time.sleep(60)",
]


def wait_for_word(folder: Path) -> None:
    deadline = time.monotonic() + 10
    while "here" not in (folder / "one.log").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_process_is_started_found_and_ended(tmp_path: Path) -> None:
    pid = start_process("one", SLEEP, os.environ, tmp_path)
    wait_for_word(tmp_path)
    assert alive(tmp_path, "one") == pid
    assert os.getsid(pid) == pid
    assert stop_process(tmp_path, "one")
    assert alive(tmp_path, "one") is None
    assert not (tmp_path / "one.pid").exists()


def test_one_that_runs_is_not_started_twice(tmp_path: Path) -> None:
    pid = start_process("one", SLEEP, os.environ, tmp_path)
    assert start_process("one", SLEEP, os.environ, tmp_path) == pid
    stop_process(tmp_path, "one")


def test_one_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    start_process("one", STUBBORN, os.environ, tmp_path)
    wait_for_word(tmp_path)
    begun = time.monotonic()
    assert stop_process(tmp_path, "one", patience=0.2)
    assert time.monotonic() - begun < 2
    assert alive(tmp_path, "one") is None


def test_a_killed_process_counts_as_gone(tmp_path: Path) -> None:
    pid = start_process("one", SLEEP, os.environ, tmp_path)
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while alive(tmp_path, "one") is not None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_pid_that_came_round_again_is_a_stranger(tmp_path: Path) -> None:
    (tmp_path / "one.pid").write_text(json.dumps({"pid": os.getpid(), "started": "another boot 1"}))
    assert alive(tmp_path, "one") is None
    assert not stop_process(tmp_path, "one")


@pytest.mark.parametrize("text", ["", "12", "{}", '{"pid": "x", "started": "y"}', "null"])
def test_a_damaged_pid_file_names_nobody(text: str, tmp_path: Path) -> None:
    (tmp_path / "one.pid").write_text(text)
    assert alive(tmp_path, "one") is None
