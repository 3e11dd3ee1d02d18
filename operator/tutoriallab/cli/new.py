"""`new`: makes the folder of a lab that is whole, lints and can be proven as it is, for its author to change."""

import json
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from tutoriallab.cli.catalogue import entries
from tutoriallab.cli.error import CliError
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import say
from tutoriallab.lab.model import NAME
from tutoriallab.lab.workspace import workspace_problem

TEMPLATE = Path(__file__).resolve().parent / "new_lab"
#: Characters: while a lab is proved its workspace is called prove-…-NAME, and a namespace has at most 63.
LONGEST = 40
#: Of a title: more is not one line.
LONGEST_TITLE = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the lab, for example my-first-lab.")]
Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", help="Its title; made of the name if left out.")
]
ChineseTitle = Annotated[str, typer.Option("--title-zh", metavar="TEXT", help="Its title in Chinese.")]
Folder = Annotated[
    Path, typer.Option("--folder", metavar="DIR", help="Where labs lie: it is made in DIR/TOPIC/NAME.")
]
Topic = Annotated[str, typer.Option("--topic", metavar="TOPIC", help="The topic that it belongs to.")]


def command(
    name: Name,
    title: Title = "",
    title_zh: ChineseTitle = "",
    folder: Folder = Path("labs"),
    topic: Topic = "mine",
) -> None:
    """Make the folder of a new lab, whole and provable, for its author to change."""
    _require_name(name, "a lab")
    if problem := workspace_problem(name):
        raise CliError(f"{name} is no name for a lab: {problem}. Choose another, such as my-{name}.")
    _require_name(topic, "a topic")
    _require_title("--title", title)
    _require_title("--title-zh", title_zh)
    place = folder / topic / name
    _require_free(name, place)
    shown = title or name.replace("-", " ").capitalize()
    files = filled({"name": name, "topic": topic, "title": shown, "title_zh": title_zh or f"实验 {name}"})
    write(place, files)
    for line in _next(place, files):
        say(line)


def filled(values: Mapping[str, str]) -> dict[str, str]:
    """The template's files by their paths, with these values in their places."""
    quoted = {key: _quoted(value) if key.startswith("title") else value for key, value in values.items()}

    def value(match: re.Match[str]) -> str:
        return quoted[match[1]]

    return {
        str(file.relative_to(TEMPLATE)): re.sub(r"@(\w+)@", value, file.read_text(encoding="utf-8"))
        for file in sorted(TEMPLATE.rglob("*"))
        if file.suffix in {".yaml", ".sh"}
    }


def write(place: Path, files: Mapping[str, str]) -> None:
    """Make the folder with these files, or nothing; raises CliError when something is there already."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir()
    except FileExistsError as failure:
        raise _taken(Path(failure.filename or place)) from None
    except OSError as failure:
        raise _unwritable(place, failure) from None
    try:
        for path, text in files.items():
            file = place / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            if file.suffix == ".sh":
                file.chmod(file.stat().st_mode | 0o111)
    except OSError as failure:
        # The folder is ours: nobody else had it before.
        shutil.rmtree(place, ignore_errors=True)
        raise _unwritable(place, failure) from None


def _require_name(name: str, what: str) -> None:
    """Raise CliError, with a name that would do, unless a lab (or a topic) can be called so."""
    near = re.sub(r"[^a-z0-9]+", "-", name.lower())[:LONGEST].strip("-") or "my-lab"
    if not re.fullmatch(NAME, name):
        raise CliError(
            f"{name!r} is no name for {what}: it has lower-case letters, digits and - between them, such as {near}."
        )
    if len(name) > LONGEST:
        raise CliError(f"{name} has {len(name)} characters, at most {LONGEST} do for {what}: shorten it.")


def _require_title(option: str, title: str) -> None:
    if _CONTROL.search(title) or len(title) > LONGEST_TITLE:
        raise CliError(f"{option} is one line of at most {LONGEST_TITLE} characters: shorten it.")


def _require_free(name: str, place: Path) -> None:
    """Neither the folder nor the name is another lab's: `start NAME` would mean that one."""
    if place.exists() or place.is_symlink():
        raise _taken(place)
    if there := next((one for one in entries() if one.name == name), None):
        raise CliError(f"The catalogue has a lab {name} already, in {there.folder}: choose another name.")


def _quoted(title: str) -> str:
    """A title in YAML; ${…} in it would be a name of the lab's."""
    return json.dumps(title.replace("${", "$${"), ensure_ascii=False)


def _taken(place: Path) -> CliError:
    return CliError(
        f"{place} is there already, and was left as it is: choose another name, or another --folder."
    )


def _unwritable(place: Path, failure: OSError) -> CliError:
    return CliError(f"{place} cannot be made ({failure.strerror}): choose another folder with --folder.")


def _next(place: Path, files: Mapping[str, str]) -> list[str]:
    """What was made, and the three commands that come next."""
    folder, file = shlex.quote(f"{place}/"), shlex.quote(str(place / "lab.yaml"))
    commands = {
        f"{program()} lint {folder}": "what is wrong with it; needs no cluster",
        f"{program()} start {file}": "as a learner, on a cluster of `tutoriallab up`",
        f"{program()} prove {folder}": "its start, its solution and its mutants, graded right?",
    }
    width = max(map(len, commands))
    return [
        f"{place} is made: {', '.join(files)}. It can be proven as it is; now change it:",
        *(f"  {one:{width}}  # {why}" for one, why in commands.items()),
    ]
