"""`use`: makes a lab's workspace the context's namespace, and puts back what was before."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from msgspec import Struct

from tutoriallab.cli.error import CliError
from tutoriallab.cli.finding import find_lab
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.options import Context, Language, Namespace
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import say, tell
from tutoriallab.cli.words import word
from tutoriallab.cluster.places import Places
from tutoriallab.status.seen import Seen

WhatToUse = Annotated[
    str, typer.Argument(metavar="[LAB|-]", help="The lab; - goes back to the namespace before.")
]


def command(
    lab: WhatToUse = "", lang: Language = "", namespace: Namespace = "", context: Context = ""
) -> None:
    """Make a lab's workspace the context's namespace; 'use -' goes back."""
    kubectl = Kubectl.find(context)
    here = kubectl.current_context()
    if lab == "-":
        _back(kubectl, here, memory(), lang)
    else:
        say(_there(kubectl, here, memory(), find_lab(kubectl, lab, namespace), lang))


def follow(kubectl: Kubectl, lab: Seen, lang: str) -> None:
    """Called when another lab is begun: whoever uses a lab's workspace goes along into that of the next."""
    kept, here = memory(), kubectl.current_context()
    before = kept.before(here)
    if (
        before
        and lab.status.workspace
        and kubectl.namespace() not in (before.namespace, lab.status.workspace)
    ):
        tell(_there(kubectl, here, kept, lab, lang))


class Before(Struct, frozen=True):
    """What a context had before `use`, and the language of the lab that it went to."""

    namespace: str
    language: str = "en"


class Memory:
    """Which namespace each context had before `use`; a file in the cache."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def before(self, context: str) -> Before | None:
        """What is to be put back; None when nothing is kept."""
        return self._all().get(context)

    def keep(self, context: str, before: Before | None) -> None:
        """Keep what a context had, or forget it (None); raises CliError when the cache cannot be written."""
        kept = {name: value for name, value in self._all().items() if name != context}
        if before is not None:
            kept[context] = before
        part = self._file.with_suffix(".part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(msgspec.json.encode(kept))
            part.replace(self._file)
        except OSError as failure:
            raise CliError(
                f"{self._file} cannot be written ({failure.strerror}): set TUTORIALLAB_CACHE."
            ) from None

    def _all(self) -> dict[str, Before]:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Before])
        return {}


def memory() -> Memory:
    """The memory of this user."""
    return Memory(Places.from_environment(os.environ).cache / "namespaces.json")


def _there(kubectl: Kubectl, context: str, kept: Memory, lab: Seen, wanted: str) -> str:
    """Go into the lab's workspace; what to say of it."""
    workspace, language = lab.status.workspace, lab.speaks(wanted)
    if not workspace:
        raise CliError("The lab has no workspace yet: wait until it is Active.")
    now = kubectl.namespace()
    if now == workspace:
        return word(language, "used_already", workspace=workspace, context=context)
    # From one lab straight to the next: what was before the first is what to go back to.
    first = kept.before(context)
    kept.keep(context, Before(first.namespace if first else now, language))
    _set(kubectl, context, workspace)
    return word(language, "used", context=context, workspace=workspace, before=now, program=program())


def _back(kubectl: Kubectl, context: str, kept: Memory, wanted: str) -> None:
    before = kept.before(context)
    if before is None:
        raise CliError(f"Nothing to go back to: `{program()} use LAB` has not changed context {context}.")
    now = kubectl.namespace()
    _set(kubectl, context, before.namespace)
    kept.keep(context, None)
    told = {"context": context, "namespace": before.namespace, "before": now}
    say(word(wanted or before.language, "used_back", **told))


def _set(kubectl: Kubectl, context: str, namespace: str) -> None:
    kubectl.run(
        "config", "set-context", context, f"--namespace={'' if namespace == 'default' else namespace}"
    )
