"""Which nodes a lab gets, or why there are not enough for it. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from tutoriallab.provision.lease import marks

_SHOWN = 6


@dataclass(frozen=True)
class NotEnough:
    """Fewer free nodes than the lab needs; the message names them, and those that do not serve with the reason."""

    message: str


def choose(
    aliases: Sequence[str], nodes: Sequence[Mapping[str, Any]], leased: Set[str], wanted: int
) -> dict[str, Mapping[str, Any]] | NotEnough:
    """A node for every alias, in the order of names.

    `nodes` are all that are labelled leasable, `leased` the names that have a record, `wanted` how many nodes the
    lab has in all, those that it has already included.
    """
    free, others = [], []
    for node in sorted(nodes, key=lambda one: str(one["metadata"]["name"])):
        fault = unsuitable(node, leased)
        if fault:
            others.append(f"{node['metadata']['name']} ({fault})")
        else:
            free.append(node)
    if len(free) >= len(aliases):
        return dict(zip(aliases, free, strict=False))
    return NotEnough(_too_few(wanted, wanted - len(aliases) + len(free), others))


def unsuitable(node: Mapping[str, Any], leased: Set[str]) -> str:
    """Why a node that is labelled leasable cannot be leased now; empty when it can."""
    metadata, spec = node["metadata"], node.get("spec") or {}
    labels = metadata.get("labels") or {}
    taint = next((one for one in spec.get("taints") or () if _repels(one)), None)
    faults = (
        (labels.get(marks.LEASABLE) != "true", "not labelled"),
        (not marks.CONTROL_PLANE.isdisjoint(labels), "control plane"),
        (metadata["name"] in leased, "still leased"),
        (metadata.get("deletionTimestamp"), "being deleted"),
        (not is_ready(node), "NotReady"),
        (spec.get("unschedulable"), "cordoned"),
        (taint, f"tainted {taint['key']}" if taint else ""),
        (len(metadata["name"]) > marks.MAX_NODE_NAME, "name too long"),
    )
    return next((text for holds, text in faults if holds), "")


def _repels(taint: Mapping[str, Any]) -> bool:
    """Whether the taint keeps pods off. The cordon's own comes and goes a moment after the cordon, which decides."""
    return (
        taint.get("effect") != "PreferNoSchedule" and taint.get("key") != "node.kubernetes.io/unschedulable"
    )


def is_ready(node: Mapping[str, Any]) -> bool:
    """Whether a Node's condition Ready is True."""
    conditions = (node.get("status") or {}).get("conditions") or ()
    return any(one.get("type") == "Ready" and one.get("status") == "True" for one in conditions)


def _too_few(wanted: int, seen: int, others: Sequence[str]) -> str:
    text = (
        f"The lab needs {wanted} worker node{'' if wanted == 1 else 's'} labelled {marks.LEASABLE}=true, "
        f"this cluster has {seen or 'none'}"
    )
    if others:
        text += f" (not {', '.join(others[:_SHOWN])}{', …' if len(others) > _SHOWN else ''})"
    return text + f": add nodes, or kubectl label node NAME {marks.LEASABLE}=true"
