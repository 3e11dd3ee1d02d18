"""The labs that come with the program: `labs/<topic>/<slug>/lab.yaml` and its scripts.

Called by ls, start, solve, lint and prove.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tutoriallab.cli.error import CliError
from tutoriallab.cli.program import program
from tutoriallab.data import labs_dir
from tutoriallab.lab.near import did_you_mean

#: libyaml's loader where it is there: ten times as fast.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Entry:
    """One lab of the catalogue, by the place of its file."""

    topic: str
    name: str
    file: Path

    @property
    def folder(self) -> Path:
        """Where its scripts lie."""
        return self.file.parent

    @property
    def solutions(self) -> list[Path]:
        """Every reference way to pass, the first one first."""
        return sorted(self.folder.glob("solution*.sh"), key=lambda file: (len(file.name), file.name))

    @property
    def mutants(self) -> list[Path]:
        """Every plausible wrong way."""
        return sorted(self.folder.glob("mutants/*.sh"))

    def body(self) -> Mapping[str, Any]:
        """The TutorialLab object; raises CliError for a file that is none."""
        return load(self.file)


def entries(folder: Path | None = None) -> list[Entry]:
    """The whole catalogue by topic and name."""
    root = folder or labs_dir()
    return [
        Entry(file.parent.parent.name, file.parent.name, file) for file in sorted(root.glob("*/*/lab.yaml"))
    ]


def find_entry(name: str, folder: Path | None = None) -> Entry:
    """The lab of this name; raises CliError that suggests what is close."""
    known = {entry.name: entry for entry in entries(folder)}
    if name in known:
        return known[name]
    meant = did_you_mean(name, known)
    if meant:
        raise CliError(f"There is no lab called {name}; {meant}")
    raise CliError(f"There is no lab called {name}: choose one with `{program()} ls`.")


def load(file: Path) -> Mapping[str, Any]:
    """The one TutorialLab in a YAML file; raises CliError with the line where it is broken."""
    try:
        bodies = [
            body for body in yaml.load_all(file.read_text(encoding="utf-8"), Loader) if body is not None
        ]
    except FileNotFoundError:
        raise CliError(f"There is no file {file}: name a lab file, or a lab of `{program()} ls`.") from None
    except (OSError, UnicodeDecodeError) as failure:
        raise CliError(f"{file} cannot be read ({failure}): name a lab file.") from None
    except yaml.YAMLError as failure:
        raise CliError(f"{where(file, failure)}: correct the YAML.") from None
    if len(bodies) != 1 or not is_lab(bodies[0]):
        raise CliError(f"{file} is not one object of kind TutorialLab: put exactly one into it.")
    return dict(bodies[0])


def is_lab(body: Any) -> bool:
    """Whether this is an object of our kind with a name."""
    return (
        isinstance(body, dict)
        and body.get("kind") == "TutorialLab"
        and isinstance(body.get("metadata"), dict)
        and isinstance(body["metadata"].get("name"), str)
    )


def where(file: Path, failure: yaml.YAMLError) -> str:
    """`file:line: what` of a YAML error."""
    mark = getattr(failure, "problem_mark", None)
    problem = getattr(failure, "problem", None) or "not readable as YAML"
    return f"{file}:{mark.line + 1}: {problem}" if mark else f"{file}: {problem}"


def by_topic(labs: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """The labs of each topic."""
    for topic in sorted({entry.topic for entry in labs}):
        yield topic, [entry for entry in labs if entry.topic == topic]
