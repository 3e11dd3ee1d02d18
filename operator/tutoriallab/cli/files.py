"""`files`: writes the files that a lab brings into a folder of the learner's; what they have changed stays."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.folder import Written, write
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Lab, Namespace, Output
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import say, show_json
from tutoriallab.cli.words import word
from tutoriallab.status.seen import Seen

Into = Annotated[
    Path | None,
    typer.Option(
        "--into", metavar="FOLDER", help="Where to write them; a folder of the lab's name by default."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Also write over files that were changed.")]


def command(
    lab: Lab = "",
    into: Into = None,
    force: Force = False,
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """Write the lab's files into a folder."""
    seen = find_lab(Kubectl.find(context), lab, namespace)
    _require_files(seen)
    folder = into or Path(seen.name)
    written = write(folder, seen.files, force=force)
    if output == "json":
        show_json([{"path": str(folder / one.path), "state": one.state} for one in written])
        return
    for told in account(seen.name, folder, written, seen.speaks()):
        say(told)


def _require_files(lab: Seen) -> None:
    if not lab.files:
        raise CliError(f"Lab {lab.name} has no files: see its task with `{program()} status {lab.name}`.")
    waiting = [node.name for node in lab.spec.nodes if node.name not in lab.status.nodes] if lab.spec else []
    if waiting:
        # The files may name them.
        raise CliError(f"Lab {lab.name} has no nodes yet: see `{program()} status {lab.name}`.")


def account(lab: str, folder: Path, written: Sequence[Written], language: str) -> Iterator[str]:
    """What was done with each file, and how it goes on."""
    paths = [str(folder / one.path) for one in written]
    widest = max(len(path) for path in paths)
    for path, one in zip(paths, written, strict=True):
        yield f"{path:<{widest}}  {word(language, f'file_{one.state}')}"
    if any(one.state == "kept" for one in written):
        yield word(language, "files_anew")
    if folder.resolve() == Path.cwd():
        yield word(language, "files_next", program=program(), lab=lab)
    else:
        there = shlex.quote(str(folder))
        yield word(language, "files_next_there", folder=there, program=program(), lab=lab)
