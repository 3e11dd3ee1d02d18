"""`lint`: checks lab files as their author: YAML, schema, CEL, texts in both languages, solution and mutants.

Each lint_*.py beside it holds the rules of one subject; their docstrings say what they tell and what they leave.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from msgspec.structs import replace

from tutoriallab.cli.catalogue import Entry, Loader, is_lab, where
from tutoriallab.cli.error import CliError
from tutoriallab.cli.lint_constant import constant_problems
from tutoriallab.cli.lint_said import said_problems
from tutoriallab.cli.lint_scripts import Finding, script_problems, solutions
from tutoriallab.cli.lint_start import start_problems
from tutoriallab.cli.lint_texts import LANGUAGES, text_problems
from tutoriallab.cli.options import Output
from tutoriallab.cli.screen import say, show_json
from tutoriallab.cli.yaml_lines import Lines
from tutoriallab.grade.compile import compile_step
from tutoriallab.grade.compile import problems as cel_problems
from tutoriallab.lab.crd import GROUP, VERSION
from tutoriallab.lab.model import Spec
from tutoriallab.lab.parse import parse
from tutoriallab.lab.problem import InvalidLab, Problem
from tutoriallab.lab.support import unsaid
from tutoriallab.settings import InvalidSetting, Settings

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE…",
        help="Lab files, or folders with lab.yaml files. A lab.yaml must have its scripts beside it.",
    ),
]

#: What an object of ours has beside each other.
_TOP = {"apiVersion", "kind", "metadata", "spec", "status"}


def command(files: Files, output: Output = "text") -> None:
    """Check lab files as their author: schema, CEL, texts, scripts; exit code 1 when something is wrong."""
    chosen = list(lab_files(files))
    findings = [finding for file in chosen for finding in lint(file)]
    if output == "json":
        show_json([{"file": str(one.file), "line": one.line, "problem": one.problem} for one in findings])
    else:
        for finding in findings:
            say(str(finding))
        say(f"{_count(len(chosen), 'lab')}, {_count(len(findings), 'problem')}.")
    if findings:
        raise typer.Exit(1)


def lab_files(given: list[Path]) -> Iterator[Path]:
    """The files that are meant; raises CliError for a folder without labs."""
    for path in given:
        found = sorted(path.rglob("lab.yaml")) if path.is_dir() else [path]
        if not found:
            raise CliError(f"There is no lab.yaml in {path}: name lab files, or folders that hold some.")
        yield from found


def lint(file: Path) -> list[Finding]:
    """Everything that is wrong with one lab file and its scripts, in the order of files and lines."""
    try:
        text = file.read_text(encoding="utf-8")
        bodies = [body for body in yaml.load_all(text, Loader) if body is not None]
    except (OSError, UnicodeDecodeError) as failure:
        return [Finding(file, 1, f"cannot be read ({failure}): name a lab file")]
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        problem = where(file, failure).rpartition(": ")[2]
        return [Finding(file, mark.line + 1 if mark else 1, f"{problem}: correct the YAML")]
    if len(bodies) != 1 or not is_lab(bodies[0]):
        return [
            Finding(file, 1, "is not one object of kind TutorialLab with a name: put exactly one into it")
        ]
    lines = Lines(text)
    entry = Entry(file.resolve().parent.parent.name, file.resolve().parent.name, file)
    is_folder = file.name == "lab.yaml"
    spec, faults = _spec_problems(bodies[0], solutions(entry) if is_folder else [])
    faults += _place_problems(file, bodies[0])
    found = [Finding(file, lines.line(fault.path), str(fault)) for fault in faults]
    found += [
        Finding(
            file,
            line,
            f"{name} stands here again (first in line {first}), and only this one counts: join them",
        )
        for line, name, first in lines.twice()
    ]
    found.sort(key=lambda finding: finding.line)
    if is_folder:
        found += script_problems(entry, spec)
    return found


def _spec_problems(body: dict[str, Any], scripts: Sequence[str]) -> tuple[Spec | None, list[Problem]]:
    try:
        # What the operator would take that is started from here.
        lab = parse(body, Settings.from_environment(os.environ).extra_kinds)
    except InvalidSetting as error:
        raise CliError(f"{error}.") from None
    except InvalidLab as invalid:
        return None, invalid.problems
    spec = lab.spec
    # because is compiled in the lab's language: every language is somebody's.
    in_all = [
        fault for language in LANGUAGES for fault in cel_problems(replace(spec, language=_known(language)))
    ]
    found = [*dict.fromkeys(in_all), *text_problems(spec), *unsaid(spec)]
    if not in_all:
        steps = [compile_step(spec, number) for number in range(len(spec.steps))]
        found += [
            *constant_problems(steps),
            *start_problems(lab, steps),
            *said_problems(spec, steps, scripts),
        ]
    return spec, found


def _known(language: str) -> Any:
    return language


def _place_problems(file: Path, body: dict[str, Any]) -> Iterator[Problem]:
    """In a catalogue folder the lab is named after its folder, and labelled with its topic."""
    api = f"{GROUP}/{VERSION}"
    if body.get("apiVersion") != api:
        yield Problem("apiVersion", f"is not {api}: write it")
    for name in body.keys() - _TOP:
        yield Problem(str(name), "is no field of a TutorialLab: put it below spec, two spaces further in")
    if file.name != "lab.yaml":
        return
    folder = file.resolve().parent
    if body["metadata"]["name"] != folder.name:
        yield Problem(
            "metadata.name", f"is not the folder's name: call it {folder.name}, or rename the folder"
        )
    labels = body["metadata"].get("labels") or {}
    if labels.get("tutoriallab.dev/topic") != folder.parent.name:
        yield Problem(
            "metadata.labels", f"write tutoriallab.dev/topic: {folder.parent.name}, as the folder says"
        )


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
