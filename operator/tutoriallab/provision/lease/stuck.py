"""Pods that nobody will ever finish deleting: their leased node is NotReady, so no kubelet answers for them. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime
from typing import Any


def stuck(pods: Iterable[Mapping[str, Any]], not_ready: Set[str], now: float) -> Iterator[Mapping[str, Any]]:
    """Those of `pods` on nodes of `not_ready` whose time to end by themselves has passed; `now` in seconds since 1970.

    The API server writes the end of the grace period into deletionTimestamp.
    """
    for pod in pods:
        until = pod["metadata"].get("deletionTimestamp")
        node = (pod.get("spec") or {}).get("nodeName")
        if until and node in not_ready and datetime.fromisoformat(until).timestamp() <= now:
            yield pod
