"""The merge patches that make a node a lab's, and make it again what it was. Pure.

Every patch carries the resourceVersion of the node that it was made from: when somebody was faster, it is refused
and made again. So nobody's change is lost between a look at the node and the patch.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tutoriallab.lab.key import LabKey
from tutoriallab.lab.model import NodeRequest
from tutoriallab.provision.lease import marks
from tutoriallab.provision.lease.machine import is_machines_key, is_machines_taint
from tutoriallab.provision.lease.record import Json, Was, what_is


def leasing(node: Mapping[str, Any], request: NodeRequest, lab: LabKey) -> Json:
    """The patch that puts the declared labels and taints on a node, and says whose it is."""
    declared = [_taint(one.key, one.value, one.effect) for one in request.taints]
    replaced = {(one["key"], one["effect"]) for one in declared}
    now = what_is(node)
    taints = [one for one in now.taints if (one.get("key"), one.get("effect")) not in replaced]
    change: Json = {
        "metadata": {
            "resourceVersion": node["metadata"]["resourceVersion"],
            "annotations": {marks.LEASED_BY: str(lab)},
        }
    }
    if request.labels:
        change["metadata"]["labels"] = dict(request.labels)
    if declared:
        change["spec"] = {"taints": [*taints, *declared]}
    return change


def giving_back(node: Mapping[str, Any], was: Was) -> Json | None:
    """The patch that makes a node what it was; None when it is."""
    now = what_is(node)
    metadata: Json = {}
    spec: Json = {}
    if labels := _difference(now.labels, was.labels):
        metadata["labels"] = labels
    annotations = _difference(now.annotations, was.annotations)
    if marks.LEASED_BY in (node["metadata"].get("annotations") or {}):
        annotations[marks.LEASED_BY] = None
    if annotations:
        metadata["annotations"] = annotations
    taints = _taints(now.taints, was.taints)
    if taints != now.taints:
        spec["taints"] = taints or None
    if now.unschedulable != was.unschedulable:
        spec["unschedulable"] = True if was.unschedulable else None
    if not metadata and not spec:
        return None
    metadata["resourceVersion"] = node["metadata"]["resourceVersion"]
    return {"metadata": metadata} | ({"spec": spec} if spec else {})


def _difference(now: Mapping[str, str], was: Mapping[str, str]) -> dict[str, str | None]:
    """What makes `was` of `now`. Values that programs keep writing stay; where they are missing they come back."""
    back: dict[str, str | None] = {
        key: value
        for key, value in was.items()
        if key not in now or (now[key] != value and not is_machines_key(key))
    }
    gone = {key: None for key in now if key not in was and not is_machines_key(key)}
    return back | gone


def _taints(now: Sequence[Json], was: Sequence[Json]) -> list[Json]:
    """People's taints as they were, in their order; the control plane's as they are now."""
    machines = [one for one in now if is_machines_taint(one)]
    kept = [one for one in was if not is_machines_taint(one) or one in machines]
    return [*kept, *(one for one in machines if one not in kept)]


def _taint(key: str, value: str, effect: str) -> Json:
    return {"key": key, "effect": effect} | ({"value": value} if value else {})
