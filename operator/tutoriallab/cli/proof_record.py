"""The record of proofs: for each kind of cluster, when a lab was proved last, how long it took, and in which form.

A file in JSON, written by `prove --record` and read by what makes docs/labs.md. Called by `prove`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from tutoriallab.cli.catalogue import Entry
from tutoriallab.cli.error import CliError
from tutoriallab.cli.proof_table import Result

#: Hexadecimal digits of a lab's digest: enough to tell a lab from its older self.
DIGITS = 12


class Proved(msgspec.Struct, frozen=True):
    """One lab on one kind of cluster."""

    date: str
    digest: str
    kubernetes: str
    solutions: int
    mutants: int
    seconds: float


#: Kind of cluster (kind, embedded) to lab to its last proof.
Record = dict[str, dict[str, Proved]]


def read_record(file: Path) -> Record:
    """What the file says, empty where there is none; raises CliError for a file of another form."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Record)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError) as failure:
        raise CliError(f"{file} is no record of proofs ({failure}): name another file.") from None


def record(file: Path, results: Sequence[tuple[Entry, Result]], cluster: str, kubernetes: str) -> None:
    """Write what was proved into the file, beside what it has of other labs; what does not hold is left as it was."""
    known = read_record(file)
    mine = dict(known.get(cluster, {}))
    for entry, result in results:
        if result.holds and not result.skipped:
            mine[entry.name] = Proved(
                date.today().isoformat(),
                digest(entry),
                kubernetes,
                len(result.of("solution")),
                len(result.of("mutant")),
                round(result.seconds, 1),
            )
    known[cluster] = dict(sorted(mine.items()))
    text = json.dumps(msgspec.to_builtins(dict(sorted(known.items()))), indent=1)
    try:
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as failure:
        raise CliError(f"{file} cannot be written ({failure.strerror}): name another file.") from None


def digest(entry: Entry) -> str:
    """What tells a lab, with its scripts, from one that was changed."""
    sum_of = hashlib.sha256()
    for file in (entry.file, *entry.solutions, *entry.mutants):
        content = file.read_bytes()
        sum_of.update(f"{file.relative_to(entry.folder)} {len(content)}\n".encode())
        sum_of.update(content)
    return sum_of.hexdigest()[:DIGITS]


def kind_of_cluster(nodes: Sequence[Mapping[str, Any]]) -> str:
    """`embedded` where nodes are simulated, `kind` where kind made them, else `other`."""
    if any("kwok.x-k8s.io/node" in (node["metadata"].get("annotations") or {}) for node in nodes):
        return "embedded"
    if any(node.get("spec", {}).get("providerID", "").startswith("kind://") for node in nodes):
        return "kind"
    return "other"
