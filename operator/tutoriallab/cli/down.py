"""`down`: takes away what `up` made, and says what it did."""

import os
from typing import Annotated

import typer

from tutoriallab.cli.program import program
from tutoriallab.cli.progress import progress
from tutoriallab.cli.screen import say
from tutoriallab.cli.up import Existing, Name
from tutoriallab.cli.use import memory
from tutoriallab.cluster.down import Gone, down, down_existing
from tutoriallab.cluster.embedded import DEFAULT_NAME
from tutoriallab.cluster.install import NAMESPACE
from tutoriallab.cluster.places import Places


def command(
    name: Name = DEFAULT_NAME,
    context: Existing = "",
    labs: Annotated[
        bool, typer.Option("--labs", help="With --context: delete all labs there before the operator goes.")
    ] = False,
) -> None:
    """Take away what up made: operator, cluster and context."""
    places = Places.from_environment(os.environ)
    # For every kubectl that is run from here on: its cache belongs into ours, not into the user's home.
    os.environ.setdefault("KUBECACHEDIR", str(places.cache / "kubectl"))
    with progress() as reports:
        gone = (
            down_existing(context, places, os.environ, reports, with_labs=labs)
            if context
            else down(name, places, os.environ, reports)
        )
    if gone.context:
        memory().keep(gone.context, None)
    for text in told(gone, name, context):
        say(text)


def told(gone: Gone, name: str, context: str) -> list[str]:
    """What was done, a line each."""
    if not gone.anything:
        what = f"context {context}" if context else f"cluster {name}"
        return [f"There is nothing to take away for {what}."]
    lines = []
    if gone.operator:
        lines.append("The operator is stopped.")
    if gone.cluster:
        lines.append(f"Cluster {name} is gone, with the labs in it.")
    if gone.context:
        now = f"the current one is {gone.now}" if gone.now else "there is no current one"
        lines.append(f"Context {gone.context} is out of the kubeconfig; {now}.")
    if gone.labs:
        lines.insert(
            0, f"{gone.labs} {'lab is' if gone.labs == 1 else 'labs are'} gone, with all that they made."
        )
    if context and (gone.labs or gone.in_cluster):
        lines.append(
            f"The CRD and the namespace {NAMESPACE} stay on {context}: docs/install.md has their removal."
        )
    elif context:
        lines.append(
            f"CRD and labs stay on {context}: before the next `{program()} up --context {context}` nobody grades them."
        )
    return lines
