"""The API server's collections, and what was measured between them."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.gc_trace import AFTER, between, collections, parsed

LINES = """\
I1122 21:03:40.000000       1 handler.go:285] Adding GroupVersion tutoriallab.dev v1alpha1 to ResourceManager
gc 4 @160.584s 1%: 0.25+2749+0.75 ms clock, 0.59+9.2/1371/0+1.1 ms cpu, 8782->9221->1107 MB, 9255 MB goal, 2 P
gc 5 @202.5s 0%: 0.5+499+0.5 ms clock, 0.59+8.0/482/777+0.073 ms cpu, 8655->8721->684 MB, 9267 MB goal, 2 P
"""


def test_a_collection_begins_so_long_after_the_process_and_lasts_all_its_phases() -> None:
    first, second = parsed(LINES.splitlines(), started=1000.0)
    assert first == pytest.approx((1160.584, 1163.334))
    assert second == pytest.approx((1202.5, 1203.0))


@pytest.mark.parametrize(
    ("at", "took", "kept"),
    [
        (8.0, 1.9, True),
        (8.0, 2.0, False),  # It was still to be seen when the collection began.
        (9.0, 5.0, False),
        (11.0, 0.1, False),
        (12.0 + AFTER, 0.1, False),  # What the collection has heaped up is not worked off.
        (12.1 + AFTER, 0.1, True),
    ],
)
def test_what_a_collection_fell_into_is_left_out(at: float, took: float, kept: bool) -> None:
    assert between([(at, took)], [(10.0, 12.0)]) == ([took] if kept else [])


def test_without_a_collection_all_counts() -> None:
    assert between([(1.0, 0.5), (2.0, 0.1)], []) == [0.5, 0.1]


def test_the_process_is_as_old_as_the_kernel_says(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("gc 1 @1.0s 0%: 0+0+0 ms clock, 0 ms cpu\n", encoding="utf-8")
    before = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        after = time.monotonic()
        [(began, _)] = collections(log, process.pid)
        process.communicate(b"\n")
    assert before - 0.1 <= began - 1.0 <= after + 0.1
