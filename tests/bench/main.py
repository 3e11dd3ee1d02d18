"""The command line of the benches: which to run, how long; prints tables and writes build/bench.json.

Called by `run.py` (`make bench`).
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import engine, many_labs, one_lab, tables
from bench.ground import ground
from bench.machine import load, machine
from tutoriallab.cluster.error import ClusterError

OUTPUT = Path("build/bench.json")


def main() -> None:
    """Run what is asked for; ends with 1 when the cluster cannot be had."""
    asked = _arguments()
    console = Console(width=None if sys.stdout.isatty() else 120)
    document: dict[str, Any] = {"machine": machine(), "quick": asked.quick}
    console.print(tables.of_machine(document["machine"]))
    for name in asked.only:
        try:
            document[name] = {"load": load(), **_BENCHES[name](asked.quick, console)}
        except ClusterError as error:
            console.print(f"[red]{error}[/red]")
            sys.exit(1)
        OUTPUT.parent.mkdir(exist_ok=True)
        OUTPUT.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    console.print(f"Written to {OUTPUT}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measures tutoriallab's speed and memory."
    )
    parser.add_argument(
        "--only", type=_names, default="A,D,E", help="benches to run, separated by commas: A,D,E"
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, to see that it works")
    return parser.parse_args()


def _names(text: str) -> list[str]:
    names = [name.strip().upper() for name in text.split(",") if name.strip()]
    if not names or set(names) - set(_BENCHES):
        raise argparse.ArgumentTypeError(f"{text!r}: name some of {', '.join(_BENCHES)}")
    return names


def _one_lab(quick: bool, console: Console) -> dict[str, Any]:
    console.print("A: starting a cluster …")
    with ground("bench-a") as made:
        found = asyncio.run(one_lab.measure(made, 100 if quick else 1_000))
    console.print(tables.of_one_lab(found))
    return {**asdict(found), "timesKubectl": found.times_kubectl}


def _many_labs(quick: bool, console: Console) -> dict[str, Any]:
    size = many_labs.QUICK if quick else many_labs.FULL
    console.print(f"D: starting a cluster; then {size.labs:,} labs are prepared …")
    with ground("bench-d") as made:
        found = asyncio.run(many_labs.measure(made, size, console.print))
    console.print(tables.of_many_labs(found))
    return asdict(found)


def _engine(quick: bool, console: Console) -> dict[str, Any]:
    events = 20_000 if quick else 200_000
    console.print(f"E: replaying {events:,} events …")
    found = engine.run(events)
    console.print(tables.of_engine(found))
    return asdict(found)


_BENCHES: dict[str, Callable[[bool, Console], dict[str, Any]]] = {
    "A": _one_lab,
    "D": _many_labs,
    "E": _engine,
}
