"""One object as a click on it shows it: its YAML, its conditions, its Events; called by `pages.py`.

Only objects that are drawn come here, and no ConfigMap or Secret is.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from tutoriallab.kube.errors import ApiError
from tutoriallab.kube.session import Query, Session, path_segment
from tutoriallab.lab.moment import milliseconds
from tutoriallab.lab.plain import plain
from tutoriallab.observe.observed import Observed

#: Events that are shown, the newest first.
_MOST = 50
_TIMEOUT = 5.0
#: What kubectl apply notes down: the whole object once more.
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


async def details(session: Session, one: Observed) -> dict[str, Any]:
    """What there is to tell of an object. Without Events where the API server does not give them."""
    body = _slim(one.body)
    return {
        "yaml": yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120),
        "conditions": [_condition(each) for each in (body.get("status") or {}).get("conditions") or ()],
        "events": await _events(session, one),
    }


def _slim(body: Mapping[str, Any]) -> dict[str, Any]:
    metadata = dict(body["metadata"])
    annotations = {k: v for k, v in (metadata.pop("annotations", None) or {}).items() if k != _LAST_APPLIED}
    if annotations:
        metadata["annotations"] = annotations
    return {**body, "metadata": metadata}


def _condition(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": one.get("type", ""),
        "status": one.get("status", ""),
        "reason": one.get("reason", ""),
        "message": plain(one.get("message") or ""),
        "since": milliseconds(one.get("lastTransitionTime") or ""),
    }


async def _events(session: Session, one: Observed) -> list[dict[str, Any]]:
    # Events of cluster-scoped objects stand in the namespace default.
    namespace = one.namespace or "default"
    query: Query = {
        "fieldSelector": f"involvedObject.name={one.name},involvedObject.kind={one.kind}",
        "limit": 500,
    }
    path = f"/api/v1/namespaces/{path_segment(namespace)}/events"
    try:
        found = await session.request("GET", path, query=query, timeout=_TIMEOUT)
    except ApiError:
        return []
    told = [_event(each) for each in found.get("items") or () if _is_of(each, one)]
    return sorted(told, key=lambda each: str(each["time"]), reverse=True)[:_MOST]


def _is_of(event: Mapping[str, Any], one: Observed) -> bool:
    # Events of a Node have its name for a UID.
    return (event.get("involvedObject") or {}).get("uid") in {one.uid, one.name, "", None}


def _event(one: Mapping[str, Any]) -> dict[str, Any]:
    series = one.get("series") or {}
    last = series.get("lastObservedTime") or one.get("lastTimestamp") or one.get("eventTime") or ""
    source = one.get("reportingComponent") or (one.get("source") or {}).get("component") or ""
    return {
        "type": one.get("type") or "Normal",
        "reason": one.get("reason") or "",
        "message": plain(one.get("message") or ""),
        "count": series.get("count") or one.get("count") or 1,
        "from": source,
        "time": last,
    }
