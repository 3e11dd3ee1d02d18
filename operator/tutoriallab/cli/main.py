"""The program `tutoriallab`, also as `kubectl lab`: its global options, and how errors end."""

import sys
from typing import Annotated

import typer

from tutoriallab.cli.commands import COMMANDS, SETTINGS, Commands
from tutoriallab.cli.error import CliError
from tutoriallab.cli.options import Context, Namespace, Output
from tutoriallab.cli.program import program
from tutoriallab.cluster.error import ClusterError
from tutoriallab.lab.plain import plain

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
    no_args_is_help=True,
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"tutoriallab {version('tutoriallab')}")
        raise typer.Exit


@app.callback()
def globally(
    context: typer.Context,
    name: Context = "",
    namespace: Namespace = "",
    output: Output = "text",
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Kubernetes tutorials as labs on a real cluster: prepared, watched and graded while you work with kubectl."""
    given = {"context": name, "namespace": namespace, "output": "" if output == "text" else output}
    # What stands before the command holds for it, unless it is given again after it.
    defaults = {option: value for option, value in given.items() if value}
    context.default_map = dict.fromkeys(COMMANDS, defaults)


def main() -> None:
    """Run the command line; expected errors are one sentence on stderr and exit code 1, wrong usage is 2."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a ? instead of a traceback.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    try:
        app(prog_name=program())
    except (CliError, ClusterError) as error:
        fail(str(error))


def fail(message: str) -> None:
    """Say on stderr what is wrong, and end with exit code 1."""
    sys.stderr.write(f"{program()}: {plain(message)}\n")
    sys.exit(1)
