"""Whether anybody has done something: what of live objects people change, and no controller by itself. Pure.

Called by `leases.py` to see whether a lab that holds nodes is idle. A restarting container, a node's heartbeat or
the pods of a CronJob must not look like a learner.
"""

from collections.abc import Hashable, Iterable
from typing import Any

import msgspec

from tutoriallab.observe.observed import Observed

#: Kinds that only controllers write.
_MACHINES = frozenset({"Event", "Endpoints", "EndpointSlice", "ControllerRevision"})
#: Owners that make new objects with time.
_CLOCKWORK = frozenset({"CronJob", "Job"})
#: Kinds without a generation that only people write, as a rule.
_UNCOUNTED = frozenset({"ConfigMap", "Secret", "Service", "ServiceAccount"})


def fingerprint(objects: Iterable[Observed]) -> frozenset[Hashable]:
    """A value that differs when somebody has made, changed or deleted one of these objects."""
    return frozenset(_print(one) for one in objects if not _by_itself(one))


def _by_itself(one: Observed) -> bool:
    return one.kind in _MACHINES or any(owner.kind in _CLOCKWORK for owner in one.owner_references)


def _print(one: Observed) -> Hashable:
    return (one.kind, one.uid, one.generation, one.terminating, *sorted(one.labels.items()), _more(one))


def _more(one: Observed) -> Hashable:
    if one.kind in _UNCOUNTED:
        return one.revision
    if one.kind == "Node":
        spec: dict[str, Any] = one.body.get("spec") or {}
        return msgspec.json.encode([spec.get("taints"), spec.get("unschedulable")])
    return None
