"""What holds up the deletion of a namespace, in one sentence, from its status. Pure.

Called by `remove.py` and, for a workspace of before, by `workspace.py`.
"""

import re
from collections.abc import Mapping
from typing import Any

from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence, Text, cut, joined

_REMAINING = re.compile(r"(\S+?)\.? has (\d+) resource instances")
_FINALIZERS = re.compile(r"(\S+) in \d+ resource instances")
#: Conditions with which the namespace controller says that it cannot even look.
_FAILURES = (
    "NamespaceDeletionDiscoveryFailure",
    "NamespaceDeletionGroupVersionParsingFailure",
    "NamespaceDeletionContentFailure",
)
MAX_MESSAGE = 500


def what_hangs(namespace: Mapping[str, Any]) -> Sentence:
    """What a terminating Namespace waits for: kinds of objects, their finalizers, failures of the cluster."""
    name = namespace["metadata"]["name"]
    conditions = {
        one.get("type"): str(one.get("message", ""))
        for one in (namespace.get("status") or {}).get("conditions") or ()
        if one.get("status") == "True"
    }
    kinds = _REMAINING.findall(conditions.get("NamespaceContentRemaining", ""))
    finalizers = _FINALIZERS.findall(conditions.get("NamespaceFinalizersRemaining", ""))
    parts: list[Text] = [_remaining(name, kinds, finalizers)] if kinds or finalizers else []
    parts += [conditions[failure] for failure in _FAILURES if failure in conditions]
    own = list(namespace["metadata"].get("finalizers") or ())
    if own:
        parts.append(words.OWN_FINALIZER(finalizers=", ".join(own)))
    if not parts:
        return words.BEING_DELETED(object=f"Namespace {name}")
    what = joined(parts, words.AND_ALSO())
    return cut(words.BEING_DELETED_YET(object=f"Namespace {name}", parts=what), MAX_MESSAGE)


def _remaining(name: str, kinds: list[tuple[str, str]], finalizers: list[str]) -> Sentence:
    what = ", ".join(f"{count} {kind}" for kind, count in kinds) or words.SOME_OBJECTS()
    look = f"kubectl get {','.join(kind for kind, _ in kinds) or 'all'} -n {name}"
    if finalizers:
        return words.REMAINING_HELD(what=what, finalizers=", ".join(finalizers), look=look)
    return words.REMAINING(what=what, look=look)
