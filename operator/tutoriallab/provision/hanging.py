"""What holds up the deletion of a namespace, in one sentence, from its status. Pure.

Called by `remove.py` and, for a workspace of before, by `workspace.py`.
"""

import re
from collections.abc import Mapping
from typing import Any

_REMAINING = re.compile(r"(\S+?)\.? has (\d+) resource instances")
_FINALIZERS = re.compile(r"(\S+) in \d+ resource instances")
#: Conditions with which the namespace controller says that it cannot even look.
_FAILURES = (
    "NamespaceDeletionDiscoveryFailure",
    "NamespaceDeletionGroupVersionParsingFailure",
    "NamespaceDeletionContentFailure",
)
MAX_MESSAGE = 500


def what_hangs(namespace: Mapping[str, Any]) -> str:
    """What a terminating Namespace waits for: kinds of objects, their finalizers, failures of the cluster."""
    name = namespace["metadata"]["name"]
    conditions = {
        one.get("type"): str(one.get("message", ""))
        for one in (namespace.get("status") or {}).get("conditions") or ()
        if one.get("status") == "True"
    }
    kinds = _REMAINING.findall(conditions.get("NamespaceContentRemaining", ""))
    finalizers = _FINALIZERS.findall(conditions.get("NamespaceFinalizersRemaining", ""))
    parts = [_remaining(name, kinds, finalizers)] if kinds or finalizers else []
    parts += [conditions[failure] for failure in _FAILURES if failure in conditions]
    own = list(namespace["metadata"].get("finalizers") or ())
    if own:
        parts.append(f"the namespace itself has the finalizer {', '.join(own)}")
    text = f"Namespace {name} is being deleted" + (": " + "; ".join(parts) if parts else "")
    return text if len(text) <= MAX_MESSAGE else text[: MAX_MESSAGE - 1] + "…"


def _remaining(name: str, kinds: list[tuple[str, str]], finalizers: list[str]) -> str:
    what = ", ".join(f"{count} {kind}" for kind, count in kinds) or "some objects"
    held = f", held by the finalizer {', '.join(finalizers)}" if finalizers else ""
    look = ",".join(kind for kind, _ in kinds) or "all"
    return f"still there: {what}{held}. Look: kubectl get {look} -n {name}"
