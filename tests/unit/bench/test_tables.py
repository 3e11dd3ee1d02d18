"""What the tables of the benches say."""

from io import StringIO

from rich.console import Console
from rich.table import Table

from bench import tables
from bench.idle_labs import IdleLabs
from bench.interruptions import QUICK, Disturbance, Interruptions
from bench.machine import Footprint
from bench.many_pods import ManyPods
from bench.restart import Restart
from bench.short_states import Flashes, ShortStates
from bench.spread import spread

FOOTPRINT = Footprint(resident=101.0, peak=120.0, cpu=3.0)


def text(table: Table) -> str:
    console = Console(file=StringIO(), width=160)
    console.print(table)
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()


def test_c_tells_requests_a_minute_and_growth_an_hour() -> None:
    found = IdleLabs(
        labs=100,
        seconds=120.0,
        requests={"WATCH": 12},
        evaluations=0,
        resident=[(0.0, 100.0), (60.0, 100.5), (120.0, 101.0)],
        cores={"operator": 0.1, "kube-apiserver": 12.5},
        footprint=FOOTPRINT,
        load_average=1.0,
    )
    said = text(tables.of_idle_labs(found))
    assert "6.0 WATCH" in said
    assert "+30.0 MiB an hour" in said
    assert "100.0, 101.0 MiB" in said
    assert "kube-apiserver 12.5, operator 0.1" in said


def test_f_tells_what_was_missed_and_what_passed_by_mistake() -> None:
    flashes = Flashes(
        length=0.02, count=50, seen=47, by_mistake=1, held=spread([0.023]), verdicts=spread([0.008])
    )
    said = text(tables.of_short_states(ShortStates(5, [flashes], 1.0)))
    row = next(line for line in said.splitlines() if "20 ms" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")][:6] == [
        "20 ms",
        "50",
        "47",
        "3",
        "1",
        "23 ms at p50",
    ]


def test_g_tells_wrong_verdicts_and_missed_flashes() -> None:
    one = Disturbance(
        "cut off for 5 s", 3, 5.1, spread([0.5, 1.0, 4.0]), 1, wrong=2, flashes=30, flashes_seen=29
    )
    found = Interruptions(QUICK, [one], 400, 7, tracebacks=0, ended=False, load_average=1.0)
    said = text(tables.of_interruptions(found))
    row = next(line for line in said.splitlines() if "cut off" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "cut off for 5 s",
        "3",
        "5.1 s",
        "3",
        "1000.0",
        "4000.0",
        "4000.0",
        "1",
        "2",
        "1 of 30",
    ]
    assert "400 writes, 7 tries in vain; the operator lived on, with 0 tracebacks" in said


def test_h_tells_the_start_and_both_memories() -> None:
    restart = Restart(seconds=4.5, labs=spread([1.0, 2.0, 4.5]), cpu=3.2, footprint=FOOTPRINT)
    said = text(tables.of_many_pods(ManyPods(100, 1_019, FOOTPRINT, restart, 1.0)))
    assert "1,019 Pods" in said
    assert "2.0 s" in said
    assert "4.5 s" in said
    assert "101 (120) MiB" in said
