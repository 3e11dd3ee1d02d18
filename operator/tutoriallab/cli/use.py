"""`use`: makes a lab's workspace the context's namespace, and puts back what was before."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Namespace
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import say
from tutoriallab.cluster.places import Places

WhatToUse = Annotated[
    str, typer.Argument(metavar="[LAB|-]", help="The lab; - goes back to the namespace before.")
]


def command(lab: WhatToUse = "", namespace: Namespace = "", context: Context = "") -> None:
    """Make a lab's workspace the context's namespace; 'use -' goes back."""
    kubectl = Kubectl.find(context)
    here = kubectl.current_context()
    if lab == "-":
        _back(kubectl, here, memory())
    else:
        _there(kubectl, here, memory(), find_lab(kubectl, lab, namespace).status.workspace)


class Memory:
    """Which namespace each context had before `use`; a file in the cache."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def before(self, context: str) -> str | None:
        """The namespace that is to be put back; None when none is kept."""
        return self._all().get(context)

    def keep(self, context: str, namespace: str | None) -> None:
        """Keep the namespace of a context, or forget it (None); raises CliError when the cache cannot be written."""
        kept = {name: value for name, value in self._all().items() if name != context}
        if namespace is not None:
            kept[context] = namespace
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(kept), encoding="utf-8")
            part.replace(self._file)
        except OSError as failure:
            raise CliError(
                f"{self._file} cannot be written ({failure.strerror}): set TUTORIALLAB_CACHE."
            ) from None

    def _all(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        return {}


def memory() -> Memory:
    """The memory of this user."""
    return Memory(Places.from_environment(os.environ).cache / "namespaces.json")


def _there(kubectl: Kubectl, context: str, kept: Memory, workspace: str) -> None:
    if not workspace:
        raise CliError("The lab has no workspace yet: wait until it is Active.")
    now = kubectl.namespace()
    if now == workspace:
        say(f"{workspace} is the namespace of context {context} already.")
        return
    if kept.before(context) is None:
        # From one lab straight to the next: what was before the first is what to go back to.
        kept.keep(context, now)
    _set(kubectl, context, workspace)
    say(f"Namespace of context {context} is now {workspace}, it was {now}. Back: {program()} use -")


def _back(kubectl: Kubectl, context: str, kept: Memory) -> None:
    before = kept.before(context)
    if before is None:
        raise CliError(f"Nothing to go back to: `{program()} use LAB` has not changed context {context}.")
    now = kubectl.namespace()
    _set(kubectl, context, before)
    kept.keep(context, None)
    say(f"Namespace of context {context} is {before} again, it was {now}.")


def _set(kubectl: Kubectl, context: str, namespace: str) -> None:
    kubectl.run(
        "config", "set-context", context, f"--namespace={'' if namespace == 'default' else namespace}"
    )
