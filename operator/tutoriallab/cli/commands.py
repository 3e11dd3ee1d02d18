"""The commands and the group that imports one only when it is called: `--help` and typing errors stay fast.

Called by `main.py`. Each command is the function `command` of the module of its name (`_` for `-`), or of MODULES.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from tutoriallab.lab.near import did_you_mean

#: Command to its one line in `--help`, in the order in which a learner meets them.
COMMANDS: Mapping[str, str] = {
    "up": "Bring up a cluster of your own with the operator and a first lab.",
    "down": "Take away what up made: operator, cluster and context.",
    "ls": "Labs of the catalogue by track, and what is running.",
    "start": "Start a lab of the catalogue, or one from a file.",
    "next": "Start the lab that comes next in its track.",
    "status": "The open step: its task, what is asked, what is seen.",
    "files": "Write the lab's files into a folder.",
    "watch": "The same, live, until the lab is done.",
    "page": "Open labs and the live cluster in the browser.",
    "replay": "Write what happened in a lab into one HTML file that plays anywhere.",
    "hint": "One more hint for the open step.",
    "explain": "How a check comes to its verdict: what it selects, what is seen, every part of its expressions.",
    "answer": "Answer a question of the open step.",
    "restart-step": "Start the open step over: what it set up is applied again, what was seen is forgotten.",
    "reset": "Start a lab over: its workspace is emptied and prepared again.",
    "use": "Make a lab's workspace the context's namespace; 'use -' goes back.",
    "solve": "Run a lab's reference solution, saying each command.",
    "node": "Stop or start a worker node of the cluster.",
    "new": "Make the folder of a new lab, whole and provable, for its author to change.",
    "report": "How far all labs are, for teachers and CI; exit code 0 only when all of them are completed.",
    "lint": "Check lab files as their author: schema, CEL, texts, scripts.",
    "prove": "Run labs' solutions and mutants on the cluster and see that each is graded right.",
    "programs": "Get the programs of a cluster without starting one.",
    "doctor": "What would be used on this machine, and what is missing.",
}

#: `page.py` is what there is to tell of a lab.
MODULES: Mapping[str, str] = {"page": "open_page"}


class Commands(TyperGroup):
    """The group of all commands; each module is imported when its command is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command, imported now; None for no such command."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """The help's list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was meant; what is close to a command is suggested."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            meant = did_you_mean(name, COMMANDS) or "see --help."
            ctx.fail(f"There is no command {name}: {meant}")
        return super().resolve_command(ctx, args)


def load(name: str) -> Any:
    """Import a command's module and make its function a command."""
    module = import_module(f"tutoriallab.cli.{MODULES.get(name, name.replace('-', '_'))}")
    app = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=SETTINGS
    )
    app.command(name=name, no_args_is_help=False)(module.command)
    return typer.main.get_command(app)


SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
