"""Which lab is meant: by name, or the only one that runs, or the one whose workspace the context stands in.

Called by every command that takes an optional LAB.
"""

from collections.abc import Sequence

from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import LABS, Kubectl
from tutoriallab.cli.program import program
from tutoriallab.cli.refusal import Forbidden, NotFound
from tutoriallab.lab.near import did_you_mean
from tutoriallab.lab.workspace import HOME
from tutoriallab.status.seen import Seen, read

#: On a workspace's Namespace: which lab it belongs to, and where that lab stands.
LAB_LABEL = "tutoriallab.dev/lab"
LAB_NAMESPACE_LABEL = "tutoriallab.dev/lab-namespace"


def find_lab(kubectl: Kubectl, name: str, namespace: str) -> Seen:
    """The lab that is meant; raises CliError that says which there are."""
    if name:
        return _named(kubectl, name, namespace)
    return _of_workspace(kubectl, namespace) or _only(kubectl, namespace)


def refresh(kubectl: Kubectl, lab: Seen) -> Seen:
    """The same lab as it is now."""
    return read(kubectl.get(LABS, lab.name, lab.namespace))


def _named(kubectl: Kubectl, name: str, namespace: str) -> Seen:
    try:
        body = kubectl.find_one(LABS, name, namespace or HOME)
    except Forbidden:
        if namespace:
            raise
        # A learner of a class may read the labs of that class's namespace alone.
        body = None
    if body is not None:
        return read(body)
    labs = _labs(kubectl, namespace)
    elsewhere = [lab for lab in labs if lab.name == name]
    if len(elsewhere) == 1:
        return elsewhere[0]
    if elsewhere:
        places = ", ".join(sorted(lab.namespace for lab in elsewhere))
        raise CliError(f"Lab {name} runs in several namespaces ({places}): say which with -n.")
    meant = did_you_mean(name, [lab.name for lab in labs])
    if meant:
        raise CliError(f"No lab called {name} is running; {meant}")
    raise CliError(f"No lab called {name} is running: start it with `{program()} start {name}`.")


def _of_workspace(kubectl: Kubectl, namespace: str) -> Seen | None:
    """The lab whose workspace the context's namespace (or -n) is."""
    here = namespace or kubectl.namespace()
    if here == HOME:
        return None
    try:
        labels = kubectl.get("namespace", here)["metadata"].get("labels") or {}
    except (NotFound, Forbidden):
        # A learner of a class may not look at the Namespace in which its labs stand.
        return None
    if LAB_LABEL not in labels:
        return None
    body = kubectl.find_one(LABS, labels[LAB_LABEL], labels.get(LAB_NAMESPACE_LABEL) or HOME)
    return read(body) if body else None


def _only(kubectl: Kubectl, namespace: str) -> Seen:
    labs = _labs(kubectl, namespace)
    if not labs:
        raise CliError(f"No lab is running: choose one with `{program()} ls`.")
    running = [lab for lab in labs if lab.status.phase != "Completed"]
    if not running:
        # What was done last is what people still talk of: its debrief.
        return max(labs, key=lambda lab: lab.status.completed_at)
    if len(running) == 1:
        return running[0]
    raise CliError(f"Several labs are running: say which, one of {_listed(running)}.")


def _labs(kubectl: Kubectl, namespace: str) -> list[Seen]:
    try:
        found = kubectl.list(LABS, namespace)
    except Forbidden:
        if namespace:
            raise
        # Not those of all namespaces, then those where the context stands.
        found = kubectl.list(LABS, kubectl.namespace())
    return [read(body) for body in found]


def _listed(labs: Sequence[Seen], at_most: int = 8) -> str:
    names = [lab.name if lab.namespace == HOME else f"{lab.name} (-n {lab.namespace})" for lab in labs]
    more = [f"{len(names) - at_most} more"] if len(names) > at_most else []
    return ", ".join([*sorted(names)[:at_most], *more])
