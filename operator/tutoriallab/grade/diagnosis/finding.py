"""A finding: the first broken link between what a check selects and what it wants, and where to look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Body = Mapping[str, Any]
"""A live object as the API server tells it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause. `reason`: one word for programs; `subject`: the object at fault; `values`: what the sentence tells
    of it; `look`: the command that shows it. `words.py` makes the sentence."""

    reason: str
    subject: str
    look: str
    values: Mapping[str, str] = field(default_factory=dict)


def about(one: Body, reason: str, *, look: str = "", **values: str) -> Finding:
    """A finding about this object; it is described where there is no better `look`."""
    return Finding(reason, named(one), look or describe(one), values)


def named(one: Body) -> str:
    """Kind and name, for example `Pod web-1`."""
    return f"{one['kind']} {one['metadata']['name']}"


def describe(one: Body) -> str:
    """The command that describes an object."""
    metadata = one["metadata"]
    where = f" -n {metadata['namespace']}" if metadata.get("namespace") else ""
    return f"kubectl describe {resource(one)}{where} {metadata['name']}"


def resource(one: Body) -> str:
    """The object's kind as one types it for kubectl."""
    kind = str(one["kind"])
    return _SHORT.get(kind, kind.lower())


def status(one: Body) -> Body:
    """Its status; empty while it has none."""
    found: Body = one.get("status") or {}
    return found


def spec(one: Body) -> Body:
    """Its spec; empty when it has none."""
    found: Body = one.get("spec") or {}
    return found


_SHORT = {"PersistentVolumeClaim": "pvc", "PersistentVolume": "pv"}
