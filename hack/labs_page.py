"""docs/labs.md: every exercise of the tutorials with its lab, what each lab grades, where it runs, when it was proved.

Pure but for the files that it is made of: the catalogue, its tracks, and docs/catalogue. Called by generate.py.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tutoriallab.cli.catalogue import Entry, entries
from tutoriallab.cli.proof_record import Proved, Record, digest, read_record
from tutoriallab.cli.tracks import tracks

LABS = Path(__file__).resolve().parent.parent / "labs"
DOCS = LABS.parent / "docs"
CLUSTERS = ("embedded", "kind")
HEAD = """<!-- Generated from labs/ by `make generate`; do not edit. -->
# The labs

{count} labs in {tracks} tracks, made of {rows} exercises of five Chinese tutorials. Each is proved on real clusters: at
its start nothing is passed, every solution completes it, every mutant (a mistake that people make) fails as it says.
`make prove-all` proves them again on the cluster of the current context and writes down when.
"""


def labs_page() -> str:
    """The whole page; raises SystemExit that names the exercises that have no lab."""
    known = {entry.name: entry for entry in entries(LABS)}
    tutorials = yaml.safe_load((DOCS / "catalogue/tutorials.yaml").read_text(encoding="utf-8"))["tutorials"]
    exercises = [row for tutorial in tutorials for row in tutorial["exercises"] if "lab" in row]
    if missing := sorted({row["lab"] for row in exercises} - set(known)):
        raise SystemExit(f"docs/catalogue/tutorials.yaml names labs that are not there: {', '.join(missing)}")
    proofs = read_record(DOCS / "catalogue/proofs.json")
    parts = [HEAD.format(count=len(known), tracks=len(tracks(LABS)), rows=len(exercises))]
    parts += ["\n".join(_track_table(known, proofs)), "\n".join(_tutorial_tables(tutorials, known))]
    parts += ["## What each lab grades\n", "\n".join(_graded(known))]
    return "\n".join(parts) + "\n"


def _track_table(known: dict[str, Entry], proofs: Record) -> Iterator[str]:
    yield "## By track, with the last proofs\n"
    yield "A proof tells its date, how many solutions and mutants ran, and how long they took one after another.\n"
    for track in tracks(LABS):
        yield f"### {track.name}: {track.title['en']} / {track.title['zh']}\n"
        yield "| lab | | minutes | needs | on simulated nodes | on kind |"
        yield "| --- | --- | ---: | --- | --- | --- |"
        for name in track.labs:
            entry = known[name]
            spec = entry.body()["spec"]
            cells = [_proof(proofs.get(cluster, {}).get(name), entry, cluster) for cluster in CLUSTERS]
            title = f"{spec['title']['en']} / {spec['title']['zh']}"
            yield f"| {_link(entry)} | {title} | {spec.get('minutes', 10)} | {_needs(spec)} | {' | '.join(cells)} |"
        yield ""


def _tutorial_tables(tutorials: list[dict[str, Any]], known: dict[str, Entry]) -> Iterator[str]:
    yield "## By tutorial\n"
    yield "What of them is out of date, and what the labs teach instead: [tutorials.md](tutorials.md).\n"
    for tutorial in tutorials:
        yield f"### {tutorial['id']}: {tutorial['title']} ({tutorial['author']})\n"
        yield "| section | exercise | lab |"
        yield "| --- | --- | --- |"
        for row in tutorial["exercises"]:
            became = _link(known[row["lab"]]) if "lab" in row else f"none: {row['none']['en']}"
            yield f"| {_cell(row['section'])} | {_cell(row['does']['en'])} | {_cell(became)} |"
        yield ""


def _graded(known: dict[str, Entry]) -> Iterator[str]:
    for track in tracks(LABS):
        for name in track.labs:
            spec = known[name].body()["spec"]
            yield f"### {name}\n"
            yield f"{spec['summary']['en'].strip()}\n"
            for number, step in enumerate(spec["steps"], start=1):
                yield f"{number}. {step['title']['en']}"
                for check in step["checks"]:
                    yield f"   - {' '.join(check['says']['en'].split())}"
            yield ""


def _needs(spec: dict[str, Any]) -> str:
    needs = list(spec.get("requires", {}).get("capabilities", ()))
    if nodes := len(spec.get("nodes", ())):
        needs.append(f"{nodes} node{'s' if nodes > 1 else ''}")
    if spec.get("outside"):
        needs.append("allowOutside")
    return ", ".join(needs) or "–"


def _proof(proved: Proved | None, entry: Entry, cluster: str) -> str:
    needs = entry.body()["spec"].get("requires", {}).get("capabilities", ())
    if cluster == "embedded" and "Containers" in needs:
        return "Blocked"
    if proved is None:
        return "not yet"
    if proved.digest != digest(entry):
        return f"changed since {proved.date}"
    return f"{proved.date}: {proved.solutions} + {proved.mutants}, {proved.seconds:.0f} s"


def _link(entry: Entry) -> str:
    return f"[{entry.name}](../labs/{entry.topic}/{entry.name}/lab.yaml)"


def _cell(text: str) -> str:
    """A text as it may stand in a cell of a table."""
    return " ".join(text.replace("|", "\\|").split())
