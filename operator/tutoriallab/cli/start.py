"""`start`: applies a lab of the catalogue or of a file, waits until its first step is open, and shows the task."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from tutoriallab.cli.catalogue import find_entry, load
from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.options import Context, Language, Namespace, Output, of_terminal
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import tell
from tutoriallab.cli.status import render
from tutoriallab.cli.use import follow
from tutoriallab.cli.waiting import wait_for
from tutoriallab.cli.words import word
from tutoriallab.lab.plain import line
from tutoriallab.lab.workspace import HOME
from tutoriallab.status.seen import Seen, read

#: Seconds until the first step is open; the operator itself gives up settling after 60.
PATIENCE = 120.0
WhatToStart = Annotated[str, typer.Argument(metavar="LAB|FILE", help="A lab of the catalogue, or a file.")]


def command(
    lab: WhatToStart,
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait until the first step is open.")] = True,
    lang: Language = "",
    output: Output = "text",
    namespace: Namespace = "",
    context: Context = "",
) -> None:
    """Start a lab of the catalogue, or one from a file."""
    body, is_file = _chosen(lab)
    kubectl = Kubectl.find(context)
    home = namespace or str(body["metadata"].get("namespace") or HOME)
    there = running(kubectl, body["metadata"]["name"], home)
    if there and not is_file:
        _say_it_runs(there, lang)
        render(there, lang, output)
        return
    seen = begin(kubectl, body, home, first_language(body, lang))
    if wait:
        seen = wait_active(kubectl, seen, quiet=output == "json")
    elif output == "text":
        tell(word(seen.speaks(lang), "is_prepared", lab=seen.name, program=program()))
        return
    follow(kubectl, seen, lang)
    render(seen, lang, output)


def begin(kubectl: Kubectl, body: Mapping[str, Any], namespace: str, language: str = "") -> Seen:
    """Apply a lab into a namespace; raises CliError when the cluster refuses it."""
    spec = dict(body.get("spec") or {})
    if language:
        spec["language"] = language
    metadata = {key: value for key, value in body["metadata"].items() if key != "namespace"}
    return read(kubectl.apply({**body, "metadata": metadata, "spec": spec}, namespace))


def first_language(body: Mapping[str, Any], wanted: str) -> str:
    """The language in which a lab begins: the one that is wanted, its own, or that of the user's terminal."""
    own = (body.get("spec") or {}).get("language")
    return wanted or ("" if own else of_terminal(os.environ))


def wait_active(kubectl: Kubectl, lab: Seen, *, quiet: bool = False, timeout: float = PATIENCE) -> Seen:
    """The lab once its step is open; raises CliError when it is Blocked or Failed, or too late."""
    seen = wait_for(kubectl, lab, is_decided, timeout, quiet=quiet)
    if seen.status.phase == "Blocked":
        raise CliError(f"Lab {seen.name} is Blocked: {_reason(seen)}")
    if seen.status.phase == "Failed":
        raise CliError(f"Lab {seen.name} was refused: {_reason(seen)}")
    return seen


def running(kubectl: Kubectl, name: str, namespace: str) -> Seen | None:
    """The lab as it stands in the namespace already, unless it is being deleted."""
    body = kubectl.find_one(LABS, name, namespace)
    seen = read(body) if body else None
    if seen and seen.deleting:
        raise CliError(f"Lab {name} is being deleted: start it again in a moment.")
    return seen


def _chosen(lab: str) -> tuple[Mapping[str, Any], bool]:
    """The lab's object, and whether it came from a file of the user's."""
    if "/" in lab or lab.endswith((".yaml", ".yml", ".json")):
        return load(Path(lab)), True
    return find_entry(lab).body(), False


def is_decided(lab: Seen) -> bool:
    """Whether the operator has said what becomes of the lab as it is applied now."""
    return lab.is_fresh and lab.status.phase in {"Active", "Completed", "Blocked", "Failed"}


def _reason(lab: Seen) -> str:
    told = [one.message for one in lab.status.conditions if one.status == "False" and one.type != "Completed"]
    reason = line(told[0] if told else lab.status.next).rstrip(".")
    return f"{reason}. See `kubectl describe lab -n {lab.namespace} {lab.name}`."


def _say_it_runs(lab: Seen, language: str) -> None:
    name = "is_done" if lab.status.phase == "Completed" else "is_running"
    tell(word(lab.speaks(language), name, lab=lab.name, program=program()))
