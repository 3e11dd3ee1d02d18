"""Objects outside the workspace that a lab asks its learner to make: which may be named, and who may read there. Pure.

Called by `lab/parse.py`, so that a lab that asks for another object is refused with its path; `provision/outside.py`
asks `belongs_to_cluster` again before it deletes anything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tutoriallab.lab.given import Given
from tutoriallab.lab.kinds import READABLE
from tutoriallab.lab.model import OutsideRef
from tutoriallab.lab.problem import Problem
from tutoriallab.lab.texts import fill

#: The kinds that a lab may name, with their versions.
KINDS: Mapping[str, str] = {
    "Namespace": "v1",
    "PersistentVolume": "v1",
    "StorageClass": "storage.k8s.io/v1",
}
#: Kinds that are read in the workspace alone, as only its own provisioner may read them.
CONFIDENTIAL = frozenset({"Secret", "ConfigMap"})
WORKSPACE = "${workspace}"


def belongs_to_cluster(namespace: str) -> bool:
    """Whether no lab may have this namespace made or removed."""
    return namespace.startswith(("kube-", "tutoriallab-")) or namespace == "default"


def outside_problems(outside: Sequence[OutsideRef]) -> Iterator[Problem]:
    """What is wrong with the objects that a lab names."""
    for i, one in enumerate(outside):
        where = f"spec.outside[{i}]"
        if KINDS[one.kind] != one.api_version:
            yield Problem(f"{where}.apiVersion", f"{one.kind} is in {KINDS[one.kind]}: write that")
        if "${" in fill(one.name, {"workspace": ""}):
            yield Problem(f"{where}.name", "only ${workspace} is replaced here: leave the rest out")
        if one.kind == "Namespace" and belongs_to_cluster(one.name):
            yield Problem(f"{where}.name", f"namespace {one.name} belongs to the cluster: choose another")
        if one.kind == "Namespace" and one.name == WORKSPACE:
            yield Problem(f"{where}.name", "the workspace is the lab's own: choose another")
        if any((before.kind, before.name) == (one.kind, one.name) for before in outside[:i]):
            yield Problem(where, f"{one.kind} {one.name} is there twice: leave it out")


def reading_problems(
    outside: Sequence[OutsideRef], givens: Iterable[tuple[str, str, Given]]
) -> Iterator[Problem]:
    """Checks that read in a namespace, or a Namespace, which is neither the workspace nor named in outside."""
    namespaces = {one.name for one in outside if one.kind == "Namespace"}
    for path, _, given in givens:
        if given.kind == "Namespace" and given.name not in {*namespaces, WORKSPACE}:
            yield Problem(
                f"{path}.name", "checks read only Namespaces by name that spec.outside has, and ${workspace}"
            )
        if given.namespace is None or given.asks:
            continue
        for fault in _faults(given, namespaces):
            yield Problem(f"{path}.namespace", fault)


def _faults(given: Given, namespaces: set[str]) -> Iterator[str]:
    if not READABLE.get((given.api_version or "", given.kind), True):
        yield f"{given.kind} is in no namespace: leave it out"
    elif given.kind in CONFIDENTIAL:
        yield f"a {given.kind} is read in the workspace alone: leave namespace out, or check something else"
    elif given.namespace not in namespaces:
        yield f"name the Namespace {given.namespace} in spec.outside, or leave namespace out for the workspace"
