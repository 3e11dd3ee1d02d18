"""What a check's variables select or ask for, as values that the observer and the prober know; when a step opens."""

from collections.abc import Mapping

from tutoriallab.grade.cel.expression import EVENTS
from tutoriallab.grade.compile import CompiledCheck, CompiledSettle
from tutoriallab.lab.given import Given, LabelSelector
from tutoriallab.lab.kinds import READABLE
from tutoriallab.lab.model import Check, Manifest
from tutoriallab.lab.texts import Names, fill
from tutoriallab.observe.probe.request import LOG, Http, Log, Probe
from tutoriallab.observe.selection import (
    LabelSelector as Selector,
)
from tutoriallab.observe.selection import (
    OwnerRef,
    Requirement,
    Selection,
)


def selections(
    compiled: CompiledCheck | CompiledSettle, workspace: str, names: Names
) -> dict[str, Selection]:
    """The selection of every variable that stands for objects; and of the Events, if an expression asks for them."""
    given = compiled.check.given if isinstance(compiled, CompiledCheck) else compiled.given
    found = {name: selection(one, workspace, names) for name, one in given.items() if not one.asks}
    if isinstance(compiled, CompiledCheck) and compiled.uses_events:
        found[EVENTS] = Selection(api_version="v1", kind="Event", namespace=workspace)
    return found


def selection(given: Given, workspace: str, names: Names) -> Selection:
    """What one variable selects."""
    namespaced = READABLE.get((given.api_version or "", given.kind), True)
    owner = given.owned_by
    return Selection(
        api_version=given.api_version or "",
        kind=given.kind,
        namespace=_namespace(given, workspace, names) if namespaced else None,
        name=fill(given.name, names) if given.name else None,
        selector=_selector(given.selector) if given.selector else None,
        owned_by=OwnerRef(owner.api_version, owner.kind, fill(owner.name, names)) if owner else None,
        terminating=given.terminating or given.name is not None,
    )


def probes(check: Check, workspace: str, names: Names) -> dict[str, Probe]:
    """What is asked for every variable that stands for a page or a log."""
    return {name: _probe(one, workspace, names) for name, one in check.given.items() if one.asks}


def _probe(given: Given, workspace: str, names: Names) -> Probe:
    pod = fill(given.pod or "", names)
    if given.kind == LOG:
        return Log(workspace, pod, fill(given.container or "", names))
    headers = tuple(sorted(given.headers.items()))
    service = fill(given.service or "", names)
    return Http(workspace, given.port or 0, given.path or "/", headers, service, pod)


def _namespace(given: Given, workspace: str, names: Names) -> str:
    return fill(given.namespace, names) if given.namespace else workspace


def workload_selections(manifests: list[Manifest], workspace: str) -> dict[str, Selection]:
    """Selections of the provisioned workloads that a step waits for before it opens."""
    return {
        f"{manifest['kind']} {manifest['metadata']['name']}": Selection(
            api_version=manifest["apiVersion"],
            kind=manifest["kind"],
            namespace=workspace,
            name=manifest["metadata"]["name"],
        )
        for manifest in manifests
        if (manifest["apiVersion"], manifest["kind"]) in SETTLING
    }


#: Kinds whose starting state takes a while to be there.
SETTLING: Mapping[tuple[str, str], str] = {
    ("v1", "Pod"): "Pod",
    ("apps/v1", "Deployment"): "Deployment",
    ("apps/v1", "ReplicaSet"): "ReplicaSet",
    ("apps/v1", "StatefulSet"): "StatefulSet",
    ("apps/v1", "DaemonSet"): "DaemonSet",
    ("v1", "ReplicationController"): "ReplicationController",
}


def _selector(selector: LabelSelector) -> Selector:
    return Selector(
        match_labels=tuple(sorted(selector.match_labels.items())),
        match_expressions=tuple(
            Requirement(one.key, one.operator, tuple(one.values)) for one in selector.match_expressions
        ),
    )
