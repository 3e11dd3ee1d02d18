"""`programs`: gets what `up` would get, or a program by name, without starting anything."""

import os
from typing import Annotated

import typer

from tutoriallab.cli.options import Output
from tutoriallab.cli.progress import progress
from tutoriallab.cli.screen import say, show_json
from tutoriallab.cluster.pins import EMBEDDED, PROGRAMS
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain

Names = Annotated[
    list[str],
    typer.Argument(metavar="NAME…", help="Such as helm; those of the embedded cluster by default."),
]


def command(
    names: Names = [],  # noqa: B006 - typer reads the default, nobody changes it
    output: Output = "text",
) -> None:
    """Get the programs of a cluster without starting one."""
    for name in names:
        if name not in PROGRAMS:
            raise typer.BadParameter(f"there is no program {name}: choose of {', '.join(PROGRAMS)}.")
    with progress() as reports:
        paths = obtain(names or EMBEDDED, Places.from_environment(os.environ), reports)
    if output == "json":
        show_json({name: str(path) for name, path in paths.items()})
        return
    for name, path in paths.items():
        say(f"{name:<24} {path}")
