"""`prove`: on a real cluster, every lab fails at its start, passes by every solution, and fails by every mutant."""

import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from tutoriallab.cli.case import Case, Proof, prove_case
from tutoriallab.cli.catalogue import Entry, entries, find_entry
from tutoriallab.cli.error import CliError
from tutoriallab.cli.follower import Stopped
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.options import Context, Output
from tutoriallab.cli.progress import progress
from tutoriallab.cli.proof_record import kind_of_cluster, record
from tutoriallab.cli.proof_table import Result, as_json, render, what_failed
from tutoriallab.cli.screen import console, show, show_json
from tutoriallab.cli.scripts import get_helpers, read_script
from tutoriallab.lab.workspace import HOME

#: Seconds for the next namespace to go at the end.
GOES_WITHIN = 90.0
Labs = Annotated[
    list[str], typer.Argument(metavar="[LAB…]", help="Labs of the catalogue, or their folders; none: all.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=32, help="How many proofs run side by side.")]


class StillThere(CliError):
    """Namespaces of a run do not go; the proofs are made, or None: the run was ended before."""

    def __init__(self, namespaces: Sequence[str], proofs: list[Proof] | None) -> None:
        names = ", ".join(namespaces)
        super().__init__(
            f"These namespaces do not go: {names}. See `kubectl describe namespace {namespaces[0]}`."
        )
        self.proofs = proofs


def command(
    labs: Labs = [],  # noqa: B006 - typer reads the default, nobody changes it
    jobs: Jobs = 2,
    shuffle: Annotated[bool, typer.Option("--shuffle", help="In random order.")] = False,
    record_in: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Write what was proved into this file (JSON)."),
    ] = None,
    output: Output = "text",
    context: Context = "",
) -> None:
    """Run labs' solutions and mutants on the cluster and see that each is graded right."""
    chosen = named(labs)
    kubectl, begun = Kubectl.find(context), time.monotonic()
    kubectl.list(LABS, HOME)  # without a cluster or an operator it is said once, and not of each proof
    todo = [case for entry in chosen for case in cases(entry)]
    if shuffle:
        secrets.SystemRandom().shuffle(todo)
    stays: StillThere | None = None
    try:
        proofs = prove(todo, kubectl, jobs)
    except StillThere as trouble:
        if trouble.proofs is None:
            raise
        proofs, stays = trouble.proofs, trouble
    results = [
        Result(entry.name, tuple(one for one in proofs if one.case.entry == entry)) for entry in chosen
    ]
    if record_in:
        cluster = kind_of_cluster(kubectl.list("nodes"))
        record(record_in, list(zip(chosen, results, strict=True)), cluster, kubectl.server_version())
    if output == "json":
        show_json([as_json(result) for result in results])
    else:
        show(render(results, time.monotonic() - begun))
    if stays:
        raise stays
    if not all(result.holds for result in results):
        raise typer.Exit(1)


def named(labs: Sequence[str]) -> list[Entry]:
    """Labs of the catalogue, or lab folders of an author, each once; all of the catalogue for none."""
    return list(dict.fromkeys(map(_entry, labs))) if labs else entries()


def cases(entry: Entry) -> Iterator[Case]:
    """Every script of a lab; raises CliError when it has no solution."""
    if not entry.solutions:
        raise CliError(
            f"Lab {entry.name} has no solution.sh: write one, and see `tutoriallab lint {entry.file}`."
        )
    for file in entry.solutions:
        yield Case(entry, read_script(file), "solution")
    for file in entry.mutants:
        yield Case(entry, read_script(file), "mutant")


def prove(todo: Sequence[Case], kubectl: Kubectl, jobs: int) -> list[Proof]:
    """All proofs in the order of the cases; what they made on the cluster is gone afterwards, also on Ctrl-C.

    Raises StillThere, with the proofs, when it does not go.
    """
    with progress() as reports:
        get_helpers((case.script for case in todo), reports)
    stop, run = threading.Event(), f"prove-{secrets.token_hex(3)}"
    sheltered = replace(kubectl, sheltered=True)
    proofs: list[Proof] | None
    with _ended_by_sigterm(), ThreadPoolExecutor(max_workers=jobs) as pool, _progress(len(todo)) as tell:
        try:
            proofs = _gather(_submit(pool, todo, sheltered, run, stop), tell)
        except KeyboardInterrupt:
            # A second Ctrl-C must not cut the cleaning up short.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            proofs = None
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
            left = _await_gone(sheltered, run, tell.waits_for)
    if left:
        raise StillThere(left, proofs)
    if proofs is None:
        raise typer.Exit(130)
    return proofs


def _submit(
    pool: ThreadPoolExecutor, todo: Sequence[Case], kubectl: Kubectl, run: str, stop: threading.Event
) -> "dict[Future[Proof], int]":
    """All proofs under way, with their places in `todo`."""
    alone = [at for at, case in enumerate(todo) if _changes_cluster(case.entry.body()["spec"])]
    futures = {
        pool.submit(prove_case, case, kubectl, f"{run}-{at}", stop): at
        for at, case in enumerate(todo)
        if at not in alone
    }
    prove_alone = _Alone(list(futures))
    return futures | {pool.submit(prove_alone, todo[at], kubectl, f"{run}-{at}", stop): at for at in alone}


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Meanwhile SIGTERM ends us as Ctrl-C does, which a job in the background does not hear."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _changes_cluster(spec: Mapping[str, Any]) -> bool:
    """Whether a lab works on what all share: nodes, or names outside of workspaces."""
    return bool(spec.get("nodes") or spec.get("outside"))


class _Alone:
    """Proves labs that change the cluster, one by one when all others are done: a taint drives out their pods."""

    def __init__(self, others: "Sequence[Future[Proof]]") -> None:
        self._others = others
        self._turn = threading.Lock()

    def __call__(self, case: Case, kubectl: Kubectl, namespace: str, stop: threading.Event) -> Proof:
        """As prove_case, once it is this case's turn."""
        while not stop.is_set() and wait(self._others, timeout=0.5).not_done:
            continue
        with self._turn:
            return prove_case(case, kubectl, namespace, stop)


def _gather(futures: "dict[Future[Proof], int]", tell: "Tell") -> list[Proof]:
    found: dict[int, Proof] = {}
    for future in as_completed(futures):
        try:
            proof = future.result()
        except Stopped:
            continue
        found[futures[future]] = proof
        tell(proof)
    return [found[at] for at in sorted(found)]


class Tell:
    """Says which proof ended: the count in a terminal, a line each in a pipe; failures always, and why."""

    def __init__(self, total: int) -> None:
        self._screen = console(stderr=True)
        self._total, self._done, self._waits = total, 0, False
        self.status = self._screen.status(f"0 of {total} proofs") if self._screen.is_terminal else None

    def __call__(self, proof: Proof) -> None:
        """One more proof ended."""
        self._done += 1
        mark = "✓" if proof.holds else "–" if proof.skipped else "✗"
        text = f"{self._done} of {self._total}  {mark} {proof.case.title}  {proof.seconds:.1f} s"
        if self.status:
            self.status.update(text)
        if not self.status or not proof.holds:
            self._screen.print(text, soft_wrap=True)
        if not proof.holds and not proof.skipped:
            # At once: whoever ends a long run has seen it.
            self._screen.print(*what_failed(proof), sep="\n")

    def waits_for(self, namespaces: Sequence[str]) -> None:
        """These are still going, which is waited for: each time in a terminal, once in a pipe."""
        text = f"Waiting until what the proofs made is gone (namespaces left: {len(namespaces)})"
        if self.status:
            self.status.update(text)
        elif not self._waits:
            self._screen.print(text, soft_wrap=True)
        self._waits = True


@contextmanager
def _progress(total: int) -> Iterator[Tell]:
    tell = Tell(total)
    if tell.status:
        with tell.status:
            yield tell
    else:
        yield tell


def _await_gone(kubectl: Kubectl, run: str, tell: Callable[[Sequence[str]], None]) -> list[str]:
    """Wait until the namespaces of this run are gone, workspaces too; those that stay though no other goes any more."""
    before, deadline = 0, 0.0
    while left := [name for name in _namespaces(kubectl) if name.startswith(run)]:
        if len(left) != before:
            tell(left)
            before, deadline = len(left), time.monotonic() + GOES_WITHIN
        elif time.monotonic() > deadline:
            break
        time.sleep(0.5)
    return left


def _namespaces(kubectl: Kubectl) -> list[str]:
    return [one.removeprefix("namespace/") for one in kubectl.run("get", "namespaces", "-o", "name").split()]


def _entry(name: str) -> Entry:
    """A lab of the catalogue, or a lab folder of an author."""
    if "/" not in name:
        return find_entry(name)
    path = Path(name)
    file = (path if path.is_file() else path / "lab.yaml").resolve()
    if not file.is_file():
        raise CliError(f"There is no lab.yaml in {name}: name a lab, or the folder of one.")
    return Entry(file.parent.parent.name, file.parent.name, file)
