"""`up`: a cluster of one's own with the operator and a first lab; ends with the lab's task in front of the learner."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from typing import Annotated

import typer

from tutoriallab.cli import forwarded, start
from tutoriallab.cli.catalogue import find_entry
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.options import Language
from tutoriallab.cli.page import page
from tutoriallab.cli.program import program
from tutoriallab.cli.progress import progress
from tutoriallab.cli.screen import say, show, tell
from tutoriallab.cli.tracks import learner_of, tracks
from tutoriallab.cli.waiting import wait_for
from tutoriallab.cluster.embedded import DEFAULT_NAME
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.provider import Provider, Wish
from tutoriallab.cluster.up import Running, up, up_existing
from tutoriallab.lab.workspace import HOME
from tutoriallab.status.seen import Seen, read

#: The lab that a learner begins with.
FIRST = "first-deployment"
Name = Annotated[str, typer.Option("--name", metavar="NAME", help="Name of the cluster; several can run.")]
Existing = Annotated[
    str,
    typer.Option("--context", metavar="NAME", help="Take this cluster of your own instead of making one."),
]


LabToStart = Annotated[
    str,
    typer.Option(
        "--lab",
        metavar="LAB",
        help=f"The lab to start; none for none. Without it: {FIRST}, later the open one.",
    ),
]
WhichProvider = Annotated[
    Provider,
    typer.Option(
        "--provider",
        envvar="TUTORIALLAB_PROVIDER",
        help="kind has real containers and needs Docker or podman; embedded simulates them.",
    ),
]
Offline = Annotated[
    Path | None,
    typer.Option(
        "--offline",
        metavar="ARCHIVE",
        help="Make kind's nodes of this archive (make node-image), without a registry.",
    ),
]
Version = Annotated[
    str,
    typer.Option("--k8s-version", metavar="VERSION", help="Version of Kubernetes, of those that are tested."),
]
InCluster = Annotated[
    bool | None,
    typer.Option(
        "--in-cluster/--beside",
        help="The operator as pods in the cluster, or as a process beside it; where it is, without either.",
    ),
]
OperatorImage = Annotated[
    str,
    typer.Option(
        "--operator-image",
        metavar="IMAGE",
        help="With --in-cluster: a reference or an archive; what make operator-image built by default.",
    ),
]


def command(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    name: Name = DEFAULT_NAME,
    lab: LabToStart = "",
    lang: Language = "",
    context: Existing = "",
    provider: WhichProvider = "auto",
    offline: Offline = None,
    version: Version = "",
    in_cluster: InCluster = None,
    operator_image: OperatorImage = "",
) -> None:
    """Bring up a cluster of your own with the operator and a first lab."""
    begun = time.monotonic()
    if lab not in {"", "none"}:
        find_entry(lab)  # a mistyped name is said before a cluster is made
    places = Places.from_environment(os.environ)
    # For every kubectl that is run from here on: its cache belongs into ours, not into the user's home.
    os.environ.setdefault("KUBECACHEDIR", str(places.cache / "kubectl"))
    wish = Wish(provider, offline, version, in_cluster, operator_image)
    with progress() as reports:
        made = (
            up_existing(context, places, os.environ, reports, wish)
            if context
            else up(name, places, os.environ, reports, wish)
        )
    for text in came(made, name, time.monotonic() - begun):
        tell(text)
    kubectl = Kubectl.at(made.kubectl, made.context, places)
    shown = _lab_to_show(kubectl, lab, lang)
    if shown:
        _show_task(shown, lang)
    say("")
    has_page = made.where == "beside" or forwarded.is_in(kubectl)
    for text in ways_on(made, name, shown.name if shown else "", places.search_path, has_page=has_page):
        say(text)


def came(made: Running, name: str, seconds: float) -> list[str]:
    """What is up, and what was done to the kubeconfig."""
    how = {
        "created": "was made",
        "started": "was started again",
        "found": "was there",
        "existing": "is your own",
    }
    cluster = f"Cluster {name}" if made.kubeconfig else f"The cluster of context {made.context}"
    operator = "was running" if made.operator == "found" else "is running"
    place = " in it" if made.where == "in the cluster" else ""
    told = [f"{cluster} {how[made.came]}, the operator {operator}{place} ({seconds:.1f} s)."]
    if made.kubeconfig:
        before = f"it was {made.before}" if made.before else "there was none"
        told.append(f"kubectl's context is now {made.context}, {before} ({made.kubeconfig}).")
    return told


def ways_on(made: Running, name: str, lab: str, search_path: str, *, has_page: bool = True) -> list[str]:
    """Commands to try, and how to stop it all."""
    tool = program()
    named = "" if name == DEFAULT_NAME else f" --name {name}"
    stop = f"{tool} down{named}" if made.kubeconfig else f"{tool} down --context {made.context}"
    ways = {f"{tool} page": "labs and cluster in your browser"} if has_page else {}
    ways |= {f"{tool} ls": "all labs", stop: "stop it all, put everything back"}
    if made.where == "in the cluster":
        back = named if made.kubeconfig else f" --context {made.context}"
        ways = {f"{tool} up --beside{back}": "the operator as a process here", **ways}
    if lab:
        first = {
            "kubectl get labs -w": "verdicts as they turn",
            f"{tool} watch {lab}": "the same, with task and reasons",
            f"{tool} use {lab}": "work without -n",
        }
        ways = {**first, **ways}
    else:
        ways = {f"{tool} next": "the next lab", **ways}
    wide = max(map(len, ways))
    told = ["Try:", *(f"  {way:<{wide}}   {what}" for way, what in ways.items())]
    missing = off_path((made.kubectl, *made.tools), search_path)
    if missing:
        told.insert(0, f'First, in each terminal: export PATH="{":".join(map(str, missing))}:$PATH"')
    return told


def off_path(programs: Sequence[Path], search_path: str) -> list[Path]:
    """The folders of these programs and of this one that a shell does not search yet."""
    folders = {program.name: program.parent for program in programs}
    folders["tutoriallab"] = Path(sys.executable).parent
    return [folder for name, folder in folders.items() if which(name, path=search_path) is None]


def _lab_to_show(kubectl: Kubectl, named: str, language: str) -> Seen | None:
    """The lab that was named; else where the learner is: the open one, none when all begun are done, FIRST at first."""
    if named == "none":
        return None
    if not named:
        learner = learner_of(map(read, kubectl.list(LABS, HOME)), tracks())
        if learner.begun and not learner.open:
            return None
        named = learner.open or FIRST
    there = start.running(kubectl, named, HOME)
    if there:
        return wait_for(kubectl, there, start.is_decided, start.PATIENCE)
    body = find_entry(named).body()
    begun = start.begin(kubectl, body, HOME, start.first_language(body, language))
    return start.wait_active(kubectl, begun)


def _show_task(lab: Seen, language: str) -> None:
    from tutoriallab.cli.show import whole

    show(whole(page(lab, language)))
