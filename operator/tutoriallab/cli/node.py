"""`node`: stops and starts a worker of a cluster that `up` made, as if somebody pulled its plug."""

import os
from collections.abc import Sequence
from typing import Annotated, Literal

import typer
import yaml

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Body, Kubectl
from tutoriallab.cli.options import Context
from tutoriallab.cli.program import program
from tutoriallab.cli.screen import say
from tutoriallab.cluster.node_power import NOTICED_AFTER, Switches, certificate_authority, switches
from tutoriallab.cluster.places import Places
from tutoriallab.provision.lease.marks import CONTROL_PLANE, LEASED_BY
from tutoriallab.status.seen import Seen, read

Action = Annotated[Literal["stop", "start"], typer.Argument(help="stop or start.")]
Node = Annotated[
    str, typer.Argument(metavar="NODE", help="The node: its alias in the lab (node2), or its name.")
]
Force = Annotated[bool, typer.Option("--force", help="Also stop a node that no lab has leased.")]


def command(action: Action, node: Node, force: Force = False, context: Context = "") -> None:
    """Stop or start a worker node of the cluster."""
    kubectl = Kubectl.find(context)
    power = of_cluster(kubectl)
    name = chosen(node, [read(body) for body in kubectl.list(LABS)])
    found = kubectl.find_one("node", name)
    if found is None:
        raise CliError(f"There is no node {name}: see `kubectl get nodes`.")
    if action == "start":
        _start(power, name)
    else:
        require_stoppable(found, force)
        _stop(power, node, name)


def of_cluster(kubectl: Kubectl) -> Switches:
    """The switches of the cluster that the context leads to; raises ClusterError when it is none of ours."""
    authority = certificate_authority(yaml.safe_load(kubectl.kubeconfig()))
    return switches(authority, kubectl.path, Places.from_environment(os.environ))


def chosen(node: str, labs: Sequence[Seen]) -> str:
    """The name of the node that is meant by an alias, or by its name; raises CliError when labs disagree.

    A lab that is completed or being removed gives its nodes back: what it called them counts if no other lab does.
    """
    having = [lab for lab in labs if node in lab.status.nodes]
    running = [lab for lab in having if lab.status.phase == "Active"] or having
    meant = sorted({lab.status.nodes[node] for lab in running})
    if len(meant) > 1:
        raise CliError(f"Labs call several nodes {node} ({', '.join(meant)}): say which by its name.")
    return meant[0] if meant else node


def require_stoppable(node: Body, force: bool) -> None:
    """Raise CliError unless it is a worker, and leased by a lab or forced."""
    metadata = node["metadata"]
    name = metadata["name"]
    if not CONTROL_PLANE.isdisjoint(metadata.get("labels") or {}):
        raise CliError(f"{name} is the control plane, without which nothing works: stop a worker.")
    if LEASED_BY not in (metadata.get("annotations") or {}) and not force:
        raise CliError(
            f"No lab has leased {name}, so its pods are somebody else's: take a node of your lab "
            f"(`{program()} status` names them), or say --force."
        )


def _stop(power: Switches, typed: str, name: str) -> None:
    if power.stop(name):
        say(
            f"Node {name} is stopped. Within {NOTICED_AFTER} s the control plane misses it: kubectl get nodes -w"
        )
    else:
        say(f"Node {name} is stopped already.")
    say(f"Start it again: {program()} node start {typed}")


def _start(power: Switches, name: str) -> None:
    if power.start(name):
        say(f"Node {name} is started, and Ready in a moment: kubectl get nodes -w")
    else:
        say(f"Node {name} is not stopped.")
