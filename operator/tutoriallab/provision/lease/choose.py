"""Which nodes a lab gets, or why there are not enough for it. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from tutoriallab.kube.conditions import is_ready
from tutoriallab.provision.lease import marks
from tutoriallab.words import nodes as words
from tutoriallab.words.sentence import Sentence, Text, joined

_SHOWN = 6
#: Taints that the cluster itself puts on a node whose kubelet is not heard, and takes off again.
_PASSING = frozenset({"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"})


@dataclass(frozen=True)
class NotEnough:
    """Fewer free nodes than the lab needs; the message names them, and those that do not serve with the reason."""

    message: Sentence
    passing: bool
    """There are enough, but some are not Ready: the lab goes on when they are."""


def choose(
    aliases: Sequence[str], nodes: Sequence[Mapping[str, Any]], leased: Set[str], wanted: int
) -> dict[str, Mapping[str, Any]] | NotEnough:
    """A node for every alias, in the order of names.

    `nodes` are all that are labelled leasable, `leased` the names that have a record, `wanted` how many nodes the
    lab has in all, those that it has already included.
    """
    free, others, coming = [], [], 0
    for node in sorted(nodes, key=lambda one: str(one["metadata"]["name"])):
        fault = unsuitable(node, leased)
        if fault:
            others.append(words.FAULTY(node=str(node["metadata"]["name"]), fault=fault))
            coming += _comes_back(node)
        else:
            free.append(node)
    if len(free) >= len(aliases):
        return dict(zip(aliases, free, strict=False))
    seen, passing = wanted - len(aliases) + len(free), len(free) + coming >= len(aliases)
    return NotEnough(_too_few(wanted, seen, others, passing), passing)


def unsuitable(node: Mapping[str, Any], leased: Set[str]) -> Sentence | None:
    """Why a node that is labelled leasable cannot be leased now; None when it can."""
    metadata, spec = node["metadata"], node.get("spec") or {}
    labels = metadata.get("labels") or {}
    taint = next((one for one in spec.get("taints") or () if _repels(one)), None)
    faults = (
        (labels.get(marks.LEASABLE) != "true", words.NOT_LABELLED()),
        (not marks.CONTROL_PLANE.isdisjoint(labels), words.CONTROL_PLANE()),
        (metadata["name"] in leased, words.STILL_LEASED()),
        (metadata.get("deletionTimestamp"), words.BEING_DELETED()),
        (not is_ready(node), words.NOT_READY()),
        (spec.get("unschedulable"), words.CORDONED()),
        (taint, words.TAINTED(key=taint["key"] if taint else "")),
        (len(metadata["name"]) > marks.MAX_NODE_NAME, words.NAME_TOO_LONG()),
    )
    return next((fault for holds, fault in faults if holds), None)


def _repels(taint: Mapping[str, Any]) -> bool:
    """Whether the taint keeps pods off. The cordon's own comes and goes a moment after the cordon, which decides."""
    return (
        taint.get("effect") != "PreferNoSchedule" and taint.get("key") != "node.kubernetes.io/unschedulable"
    )


def _comes_back(node: Mapping[str, Any]) -> bool:
    """Whether nothing is the matter with the node but that its kubelet is not heard at the moment."""
    spec = node.get("spec") or {}
    taints = [one for one in spec.get("taints") or () if one.get("key") not in _PASSING]
    heard = {"conditions": [{"type": "Ready", "status": "True"}]}
    return unsuitable({**node, "spec": {**spec, "taints": taints}, "status": heard}, frozenset()) is None


def _too_few(wanted: int, seen: int, others: Sequence[Sentence], passing: bool) -> Sentence:
    shown: list[Text] = [*others[:_SHOWN], *(["…"] if len(others) > _SHOWN else [])]
    label = f"{marks.LEASABLE}=true"
    return words.TOO_FEW(
        wanted=words.WORKER() if wanted == 1 else words.WORKERS(count=wanted),
        label=label,
        seen=words.SEEN(count=seen) if seen else words.SEEN_NONE(),
        others=words.OTHERS(nodes=joined(shown, words.COMMA())) if others else "",
        remedy=words.COME_BACK() if passing else words.ADD_NODES(label=label),
    )
