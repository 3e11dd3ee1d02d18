"""What the benches print: one table each, with what was aimed at beside what was measured."""

from typing import Any

from rich.table import Table

from bench.engine import EngineFigures
from bench.many_labs import ManyLabs
from bench.one_lab import OneLab
from bench.spread import HEADS


def of_machine(machine: dict[str, Any]) -> str:
    """One line on the machine."""
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memoryGiB']} GiB; Linux {machine['kernel']}; "
        f"Python {machine['python']}, Kubernetes {machine['kubernetes']}; {packages}; load {machine['load']}"
    )


def of_one_lab(found: OneLab) -> Table:
    """Bench A."""
    table = Table("Who sees the change", *HEADS, title="A: one lab, one check (T2−T0)")
    table.add_row("tutoriallab: verdict in the lab's status", *found.operator.cells)
    table.add_row("  of these, without a kubectl beside it", *found.operator_alone.cells)
    table.add_row("  of these, with kubectl wait beside it", *found.operator_beside.cells)
    table.add_row("kubectl wait: its process has ended", *found.kubectl_wait.cells)
    table.add_row("a bare watch on the Pod", *found.bare_watch.cells)
    table.caption = f"{found.times_kubectl} × kubectl wait at p50, on the same changes (aim: at most 3)"
    return table


def of_many_labs(found: ManyLabs) -> Table:
    """Bench D."""
    size = found.size
    table = Table(
        "Measured",
        "Figure",
        "Aim",
        title=f"D: {size.labs:,} labs of 10 checks; {size.relevant} relevant and {size.irrelevant} irrelevant "
        f"writes a second for {size.seconds:.0f} s",
    )
    loaded, idle, restart = found.under_load, found.idle, found.restart
    verdicts, writes = loaded.verdicts, loaded.writes
    table.add_row("T2−T0, p50", f"{verdicts.p50:.1f} ms", "25 ms")
    table.add_row("T2−T0, p95", f"{verdicts.p95:.1f} ms", "")
    table.add_row("T2−T0, p99", f"{verdicts.p99:.1f} ms", "100 ms")
    reached = f"{(size.relevant + size.irrelevant) * size.seconds / loaded.seconds:.0f}"
    table.add_row("writes a second that were reached", reached, f"{size.relevant + size.irrelevant}")
    table.add_row("verdicts seen, lost", f"{verdicts.count:,}, {loaded.lost}", "none lost")
    table.add_row("the writer's own requests, p50, p99", f"{writes.p50:.1f}, {writes.p99:.1f} ms", "")
    table.add_row(
        "writer at most late, failed writes", f"{loaded.writer_late:.2f} s, {loaded.writes_failed}", ""
    )
    table.add_row("evaluations per relevant write", f"{loaded.evaluations_per_relevant}", "")
    table.add_row("evaluations of irrelevant writes", f"{found.evaluations_of_irrelevant}", "0")
    table.add_row("operator's CPU under load", _cpu(loaded.cpu, loaded.seconds), "")
    table.add_row(f"operator's CPU, idle for {size.idle:.0f} s", _cpu(idle.cpu, size.idle), "")
    table.add_row("requests under load", _requests(loaded.requests), "")
    table.add_row("requests while idle", _requests(idle.requests), "watch renewals")
    table.add_row("start until all changed verdicts are seen", f"{restart.seconds:.1f} s", "5 s")
    for name, one in (("prepared", idle), ("loaded", loaded), ("started again", restart)):
        memory = f"{one.footprint.resident:.0f} ({one.footprint.peak:.0f}) MiB"
        table.add_row(f"resident memory (peak), {name}", memory, "150 MiB")
    table.caption = f"all labs prepared within {found.prepared_in:.0f} s; load average {found.load_average}"
    return table


def of_engine(found: EngineFigures) -> Table:
    """Bench E."""
    table = Table("Measured", "Figure", "Aim", title="E: the engine alone, on a replayed stream, one core")
    table.add_row("events a second", f"{found.events_per_second:,}", "5,000")
    table.add_row("events per second of CPU", f"{found.events_per_cpu_second:,}", "")
    table.add_row("events, of which relevant", f"{found.events:,}, {found.relevant:,}", "1 in 40")
    table.add_row("relevant events lost", f"{found.lost}", "0")
    table.add_row("evaluations", f"{found.evaluations:,}", "")
    table.add_row(
        "statuses written, Events posted", f"{found.statuses_written:,}, {found.events_posted:,}", ""
    )
    table.add_row("resident memory", f"{found.resident:.0f} MiB", "150 MiB")
    return table


def _cpu(seconds: float, of: float) -> str:
    return f"{seconds:.2f} s ({seconds / of:.0%} of a core)"


def _requests(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {verb}" for verb, count in sorted(counts.items())) or "none"
