"""The command line of the benches: which to run, how long; prints tables and writes build/bench.json.

Called by `run.py` (`make bench`).
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from bench import engine, idle_labs, interruptions, many_labs, many_pods, one_lab, page, short_states, tables
from bench.ground import ground
from bench.machine import load, machine
from bench.page_window import chromium
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.ports import choose

OUTPUT = Path("build/bench.json")


def main() -> None:
    """Run what is asked for; ends with 1 when the cluster cannot be had, or when a bench did not come to its end."""
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
        except (RuntimeError, TimeoutError, CalledProcessError) as error:
            # The others are measured all the same.
            document[name] = {"failed": str(error)}
            console.print(f"{name} failed: {error}", style="red", markup=False)
        OUTPUT.parent.mkdir(exist_ok=True)
        OUTPUT.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    console.print(f"Written to {OUTPUT}")
    if any("failed" in document[name] for name in asked.only):
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measures tutoriallab's speed and memory."
    )
    every = ",".join(_BENCHES)
    parser.add_argument("--only", type=_names, default=every, help=f"some of the benches: {every}")
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


def _idle_labs(quick: bool, console: Console) -> dict[str, Any]:
    size = idle_labs.QUICK if quick else idle_labs.FULL
    console.print(f"C: starting a cluster; then {size.labs:,} labs are prepared …")
    with ground("bench-c") as made:
        found = asyncio.run(idle_labs.measure(made, size, console.print))
    console.print(tables.of_idle_labs(found))
    return {**asdict(found), "requestsAMinute": found.requests_a_minute, "growth": found.growth}


def _many_labs(quick: bool, console: Console, *, broken: bool = False) -> dict[str, Any]:
    size = replace(many_labs.QUICK if quick else many_labs.FULL, broken=broken)
    name = "I" if broken else "D"
    console.print(f"{name}: starting a cluster; then {size.labs:,} labs are prepared …")
    with ground(f"bench-{name.lower()}") as made:
        found = asyncio.run(many_labs.measure(made, size, console.print))
    console.print(tables.of_many_labs(found))
    return asdict(found)


def _engine(quick: bool, console: Console) -> dict[str, Any]:
    events = 20_000 if quick else 200_000
    console.print(f"E: replaying {events:,} events …")
    found = engine.run(events)
    console.print(tables.of_engine(found))
    return asdict(found)


def _short_states(quick: bool, console: Console) -> dict[str, Any]:
    labs = short_states.QUICK if quick else short_states.FULL
    console.print("F: starting a cluster …")
    with ground("bench-f") as made:
        found = asyncio.run(short_states.measure(made, labs, console.print))
    console.print(tables.of_short_states(found))
    return asdict(found)


def _interruptions(quick: bool, console: Console) -> dict[str, Any]:
    size = interruptions.QUICK if quick else interruptions.FULL
    console.print("G: starting a cluster …")
    with ground("bench-g") as made:
        found = asyncio.run(interruptions.measure(made, size, console.print))
    console.print(tables.of_interruptions(found))
    return asdict(found)


def _many_pods(quick: bool, console: Console) -> dict[str, Any]:
    size = many_pods.QUICK if quick else many_pods.FULL
    console.print(f"H: starting a cluster; then {size.labs:,} labs are prepared …")
    with ground("bench-h") as made:
        found = asyncio.run(many_pods.measure(made, size, console.print))
    console.print(tables.of_many_pods(found))
    return asdict(found)


def _page(quick: bool, console: Console) -> dict[str, Any]:
    size = page.QUICK if quick else page.FULL
    chromium()
    console.print("J: starting a cluster …")
    [port] = choose(1, set())
    with TemporaryDirectory(prefix="bench-j-key-") as folder:
        key_file = Path(folder) / "page.key"
        settings = {"PAGE": f"127.0.0.1:{port}", "PAGE_KEY_FILE": str(key_file)}
        with ground("bench-j", settings) as made:
            found = asyncio.run(page.measure(made, port, key_file, size, console.print))
    console.print(tables.of_page(found))
    return asdict(found)


_BENCHES: dict[str, Callable[[bool, Console], dict[str, Any]]] = {
    "A": _one_lab,
    "C": _idle_labs,
    "D": _many_labs,
    "E": _engine,
    "F": _short_states,
    "G": _interruptions,
    "H": _many_pods,
    "I": partial(_many_labs, broken=True),
    "J": _page,
}
