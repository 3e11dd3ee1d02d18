"""The conditions in the status of an object of the API server: of Pods, Nodes, Deployments and the like. Pure."""

from collections.abc import Mapping
from typing import Any


def condition(one: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    """The condition of this type; empty when the object has none."""
    known = (one.get("status") or {}).get("conditions") or ()
    found: Mapping[str, Any] = next((each for each in known if each.get("type") == kind), {})
    return found


def is_true(one: Mapping[str, Any], kind: str) -> bool:
    """Whether the object has the condition of this type, and it is True; not while it is Unknown."""
    return condition(one, kind).get("status") == "True"


def is_ready(one: Mapping[str, Any]) -> bool:
    """Whether a Pod or a Node is Ready."""
    return is_true(one, "Ready")
