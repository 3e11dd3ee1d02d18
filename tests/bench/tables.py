"""What the benches print: one table each, with what was aimed at beside what was measured."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from bench.engine import EngineFigures
from bench.idle_labs import IdleLabs
from bench.interruptions import Interruptions
from bench.machine import Footprint
from bench.many_labs import ManyLabs
from bench.many_pods import ManyPods
from bench.one_lab import OneLab
from bench.page import PageFigures
from bench.page_records import FullRecords
from bench.restart import Restart
from bench.short_states import ShortStates
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


def of_idle_labs(found: IdleLabs) -> Table:
    """Bench C."""
    title = f"C: {found.labs:,} labs, idle for {found.seconds:.0f} s"
    table = Table("Measured", "Figure", "Aim", title=title)
    table.add_row("requests a minute", _requests(found.requests_a_minute), "watch renewals")
    table.add_row("evaluations", f"{found.evaluations}", "0")
    first, last = found.resident[0][1], found.resident[-1][1]
    table.add_row("resident memory, first and last", f"{first:.1f}, {last:.1f} MiB", "150 MiB")
    table.add_row(f"growth, from {len(found.resident)} looks", f"{found.growth:+.1f} MiB an hour", "0")
    table.add_row("peak memory", f"{found.footprint.peak:.0f} MiB", "")
    table.add_row("CPU, in % of a core", _cores(found.cores), "")
    table.caption = f"load average {found.load_average}"
    return table


def of_many_labs(found: ManyLabs) -> Table:
    """Benches D and I."""
    size = found.size
    half = ", half of them diagnosed" if size.broken else ""
    table = Table(
        "Measured",
        "Figure",
        "Aim",
        title=f"{'I' if size.broken else 'D'}: {size.labs:,} labs of 10 checks{half}; {size.relevant} relevant and "
        f"{size.irrelevant} irrelevant writes a second for {size.seconds:.0f} s",
    )
    loaded, idle, restart = found.under_load, found.idle, found.restart
    verdicts, writes = loaded.verdicts, loaded.writes
    table.add_row("T2−T0, p50", f"{verdicts.p50:.1f} ms", "25 ms")
    table.add_row("T2−T0, p95", f"{verdicts.p95:.1f} ms", "")
    table.add_row("T2−T0, p99", f"{verdicts.p99:.1f} ms", "100 ms")
    calm = loaded.between
    table.add_row(
        "the same between the API server's collections, p50, p99",
        f"{calm.p50:.1f}, {calm.p99:.1f} ms ({calm.count:,} verdicts)",
        "",
    )
    table.add_row("collections of the API server meanwhile", f"{loaded.collected}", "")
    reached = f"{loaded.writes_a_second:.0f}"
    table.add_row("writes a second that were reached", reached, f"{size.relevant + size.irrelevant}")
    table.add_row("verdicts seen, lost", f"{verdicts.count:,}, {loaded.lost}", "none lost")
    table.add_row("the writer's own requests, p50, p99", f"{writes.p50:.1f}, {writes.p99:.1f} ms", "")
    table.add_row(
        "writer at most late, failed writes", f"{loaded.writer_late:.2f} s, {loaded.writes_failed}", ""
    )
    table.add_row("evaluations per relevant write", f"{loaded.evaluations_per_relevant}", "")
    table.add_row("evaluations of irrelevant writes", f"{found.evaluations_of_irrelevant}", "0")
    table.add_row("operator's CPU under load", _cpu(loaded.cpu, loaded.seconds), "")
    table.add_row("the others' CPU, in % of a core", _cores(loaded.cores), "")
    table.add_row(f"operator's CPU, idle for {size.idle:.0f} s", _cpu(idle.cpu, size.idle), "")
    table.add_row("requests under load", _requests(loaded.requests), "")
    table.add_row("requests while idle", _requests(idle.requests), "watch renewals")
    _add_restart(table, restart)
    for name, one in (("prepared", idle), ("loaded", loaded), ("started again", restart)):
        table.add_row(f"resident memory (peak), {name}", _memory(one.footprint), "150 MiB")
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


def of_short_states(found: ShortStates) -> Table:
    """Bench F."""
    table = Table(
        *("True for", "n", "seen", "missed", "by mistake", "held at least", "verdict p50", "p99", "max ms"),
        title=f"F: what is true for a moment only, checks with `when: Ever` in {found.labs} labs",
    )
    for one in found.flashes:
        _, p50, _, p99, most = one.verdicts.cells
        counts = (f"{number:,}" for number in (one.count, one.seen, one.missed, one.by_mistake))
        table.add_row(f"{one.length * 1000:.0f} ms", *counts, f"{one.held.p50:.0f} ms at p50", p50, p99, most)
    table.caption = f"aim: none missed, none by mistake; load average {found.load_average}"
    return table


def of_interruptions(found: Interruptions) -> Table:
    """Bench G."""
    size = found.size
    table = Table(
        *("What", "times", "lasted", "verdicts", "p50", "p99", "max ms", "missed", "wrong", "flashes missed"),
        title=f"G: {size.labs} labs, {size.rate} relevant writes a second: until verdicts are right again",
    )
    for one in found.disturbances:
        count, p50, _, p99, most = one.right_again.cells
        flashes = f"{one.flashes - one.flashes_seen} of {one.flashes}"
        times, faults = (str(one.times), f"{one.lasted:.1f} s"), (str(one.missed), str(one.wrong), flashes)
        table.add_row(one.name, *times, count, p50, p99, most, *faults)
    ended = "ended" if found.ended else "lived on"
    table.caption = (
        f"{found.writes:,} writes, {found.writes_repeated} tries in vain; the operator {ended}, with "
        f"{found.tracebacks} tracebacks in its log (aim: none missed, none wrong); load average {found.load_average}"
    )
    return table


def of_many_pods(found: ManyPods) -> Table:
    """Bench H."""
    title = f"H: start on {found.labs:,} labs, all changed meanwhile, and {found.pods:,} Pods"
    table = Table("Measured", "Figure", "Aim", title=title)
    _add_restart(table, found.restart)
    table.add_row("operator's CPU until then", f"{found.restart.cpu:.1f} s", "")
    before, after = found.before, found.restart.footprint
    table.add_row("resident memory (peak), before the restart", _memory(before), "150 MiB")
    table.add_row("resident memory (peak), started again", _memory(after), "150 MiB")
    table.caption = f"load average {found.load_average}"
    return table


def of_page(found: PageFigures) -> Table:
    """Bench J."""
    size, replaced, again, record = found.size, found.replaced, found.again, found.record
    title = (
        f"J: the page; {size.pods} pods, {size.rate} changes a second; then {size.replaced} pods are replaced"
    )
    table = Table("Measured", *HEADS, "Aim", title=title)
    aim = "p50 50, p99 250 ms"
    table.add_row("from the API's answer: the record has it", *found.noted.cells, "")
    table.add_row("from the API's answer: the tile is changed", *found.changed.cells, "")
    table.add_row("from the API's answer: that is on the screen", *found.shown.cells, aim)
    table.add_row("the API server's answers", *found.writes.cells, "")
    table.add_row("frames at rest", *found.at_rest.cells, "")
    frames = f"frames while {size.replaced} pods are replaced"
    table.add_row(frames, *replaced.frames.cells, "")
    table.add_row(f"{frames}, sent again while the cluster rests", *again.frames.cells, "none over 100 ms")
    table.caption = "\n".join(
        [
            f"lost: {found.lost} (aim: none); rollout: {replaced.seconds:.1f} s, {replaced.draws:,} changes of the map, "
            f"longest script {replaced.longest_script:.0f} ms; sent again: {again.draws:,} changes, "
            f"{again.longest_script:.0f} ms",
            f"the lab's record: {record.changes:,} changes, {record.bytes / 2**20:.1f} MiB (bound: 20,000, 8 MiB)",
            *(_full(one) for one in found.full),
            f"page's scripts {found.heap:.0f} MiB; operator's resident memory (peak) without labs "
            f"{_memory(found.before)}, then {_memory(found.after)}",
            f"CPU, in % of a core: {_cores(found.cores)}; load average {found.load_average}",
        ]
    )
    return table


def _full(one: FullRecords) -> str:
    changes, size = one.changes / one.labs, one.bytes / one.labs / 2**20
    return (
        f"{one.labs} full records: each {changes:,.0f} changes, {size:.1f} MiB of them (bound: 8); resident "
        f"{one.resident:.0f} MiB in all, {one.each:.1f} MiB each"
    )


def _add_restart(table: Table, restart: Restart) -> None:
    half = f"{restart.labs.p50 / 1000:.1f} s"
    table.add_row("start until half of the changed verdicts are seen", half, "")
    table.add_row("start until all changed verdicts are seen", f"{restart.seconds:.1f} s", "5 s")


def _memory(one: Footprint) -> str:
    return f"{one.resident:.0f} ({one.peak:.0f}) MiB"


def _cores(shares: dict[str, float]) -> str:
    return ", ".join(f"{name} {share:.1f}" for name, share in sorted(shares.items(), key=lambda one: -one[1]))


def _cpu(seconds: float, of: float) -> str:
    return f"{seconds:.2f} s ({seconds / of:.0%} of a core)"


def _requests(counts: Mapping[str, float]) -> str:
    return ", ".join(f"{count:,} {verb}" for verb, count in sorted(counts.items())) or "none"
