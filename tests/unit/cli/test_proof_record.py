"""The record of proofs: what is kept, what is written anew, and how a changed lab is told."""

from pathlib import Path

import pytest

from tutoriallab.cli.case import Case, Proof
from tutoriallab.cli.catalogue import Entry
from tutoriallab.cli.error import CliError
from tutoriallab.cli.proof_record import digest, kind_of_cluster, read_record, record
from tutoriallab.cli.proof_table import Result
from tutoriallab.cli.scripts import Script


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    folder = tmp_path / "pods" / "one"
    (folder / "mutants").mkdir(parents=True)
    for name in ("lab.yaml", "solution.sh", "mutants/wrong.sh"):
        (folder / name).write_text(f"{name}\n")
    return Entry("pods", "one", folder / "lab.yaml")


def result(entry: Entry, *, holds: bool = True, skipped: str = "") -> Result:
    def proof(file: Path, kind: str) -> Proof:
        case = Case(entry, Script(file, "", "", ""), kind)  # type: ignore[arg-type]
        return Proof(case, starts=True, holds=holds, seconds=1.25, skipped=skipped)

    return Result(
        entry.name,
        (
            *(proof(one, "solution") for one in entry.solutions),
            *(proof(one, "mutant") for one in entry.mutants),
        ),
    )


def test_what_holds_is_written_down_beside_what_is_known(entry: Entry, tmp_path: Path) -> None:
    file = tmp_path / "proofs.json"
    other = '{"kind": {"two": {"date": "2026-01-01", "digest": "x", "kubernetes": "v1", "solutions": 1, "mutants": 2, "seconds": 3}}}'
    file.write_text(other)

    record(file, [(entry, result(entry))], "kind", "v1.34.4")
    record(file, [(entry, result(entry))], "embedded", "v1.34.4")

    known = read_record(file)
    assert list(known) == ["embedded", "kind"]
    assert list(known["kind"]) == ["one", "two"]
    one = known["kind"]["one"]
    assert (one.digest, one.solutions, one.mutants, one.seconds) == (digest(entry), 1, 1, 2.5)


@pytest.mark.parametrize("how", [{"holds": False}, {"skipped": "needs Containers"}])
def test_what_does_not_hold_and_what_was_skipped_is_not_written(
    entry: Entry, tmp_path: Path, how: dict[str, object]
) -> None:
    file = tmp_path / "proofs.json"

    record(file, [(entry, result(entry, **how))], "kind", "v1.34.4")  # type: ignore[arg-type]

    assert read_record(file) == {"kind": {}}


@pytest.mark.parametrize("name", ["lab.yaml", "solution.sh", "mutants/wrong.sh"])
def test_a_change_of_any_file_is_told(entry: Entry, name: str) -> None:
    before = digest(entry)
    (entry.folder / name).write_text("changed\n")

    assert digest(entry) != before


def test_a_script_more_is_told(entry: Entry) -> None:
    before = digest(entry)
    (entry.folder / "solution-2.sh").touch()

    assert digest(entry) != before


def test_a_file_that_is_no_record_is_left_alone(entry: Entry, tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text('["mine"]')

    with pytest.raises(CliError, match=r"notes\.json is no record of proofs"):
        record(file, [(entry, result(entry))], "kind", "v1.34.4")

    assert file.read_text() == '["mine"]'


def test_the_kind_of_a_cluster_is_told_by_its_nodes() -> None:
    simulated = {"metadata": {"annotations": {"kwok.x-k8s.io/node": "fake"}}}
    kind = {"metadata": {}, "spec": {"providerID": "kind://docker/labs/labs-worker"}}

    assert kind_of_cluster([simulated]) == "embedded"
    assert kind_of_cluster([kind]) == "kind"
    assert kind_of_cluster([{"metadata": {}, "spec": {"providerID": "aws:///x"}}]) == "other"
