"""Whether a step's starting state is there; called by `reconcile.py` before a step opens. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutoriallab.grade.bind import Scope, Select, Unbound, bind
from tutoriallab.grade.compile import CompiledSettle
from tutoriallab.grade.stale import stale_object
from tutoriallab.grade.tell import told, why
from tutoriallab.kube.conditions import has_ended, is_ready
from tutoriallab.observe.observed import Observed
from tutoriallab.observe.selection import Selection
from tutoriallab.words import grading as words
from tutoriallab.words.sentence import Sentence

#: Where each workload's status counts the pods that are as they should be.
AVAILABLE = {
    "Deployment": "availableReplicas",
    "StatefulSet": "availableReplicas",
    "ReplicaSet": "availableReplicas",
    "ReplicationController": "availableReplicas",
    "DaemonSet": "numberAvailable",
}


def workloads_missing(selections: Mapping[str, Selection], select: Select) -> Sentence | None:
    """The first provisioned workload that is not as available as it is meant to become; None when all are."""
    for name, selection in selections.items():
        missing = _missing(name, select(selection))
        if missing:
            return missing
    return None


def condition_missing(
    settle: CompiledSettle, selections: Mapping[str, Selection], select: Select, scope: Scope
) -> Sentence | None:
    """What a stated settle condition still lacks; None when it holds."""
    for binding in bind(settle.given, selections, settle.where, select, scope):
        if isinstance(binding, Unbound):
            return binding.message
        for expression in settle.expect:
            if not expression.evaluate(binding.values).true:
                return told(why(expression, binding))
    return None


def _missing(name: str, found: Sequence[Observed]) -> Sentence | None:
    if not found:
        return words.NOT_THERE(object=name)
    (one,) = found[:1]
    return stale_object(one) or _unavailable(name, one.body)


def _unavailable(name: str, body: Mapping[str, Any]) -> Sentence | None:
    status, kind = body.get("status") or {}, body.get("kind")
    if kind == "Pod":
        if is_ready(body) or has_ended(body):
            return None
        return words.POD_NOT_READY(object=name, phase=status.get("phase", "Pending"))
    if kind == "DaemonSet":
        wanted = status.get("desiredNumberScheduled", 0)
    else:
        wanted = (body.get("spec") or {}).get("replicas", 1)
    seen = status.get(AVAILABLE.get(str(kind), ""), 0)
    return None if seen >= wanted else words.REPLICAS(object=name, seen=seen, wanted=wanted)
