"""How an object of the API server is, by its status: conditions of Pods, Nodes and the like, a Pod's end. Pure."""

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


def has_ended(pod: Mapping[str, Any]) -> bool:
    """Whether all containers of a Pod have ended for good, well or badly."""
    return (pod.get("status") or {}).get("phase") in {"Succeeded", "Failed"}
