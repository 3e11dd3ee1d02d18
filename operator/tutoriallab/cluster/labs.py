"""The labs in a cluster, taken away before its operator is; called by down.py.

Without an operator nobody empties their workspaces and gives their nodes back, and their finalizer keeps them there.
"""

import json
import time

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.install import CRD
from tutoriallab.cluster.kubectl import Kubectl, KubectlError
from tutoriallab.cluster.progress import Progress

#: Seconds for all labs to go, each with its workspace.
GO_WITHIN = 180.0
_PAUSE = 1.0
_MANY = 5


def labs(kubectl: Kubectl) -> dict[str, str]:
    """Every lab, namespace/name, with what its status says comes next; raises KubectlError."""
    try:
        shown = kubectl("get", CRD, "--all-namespaces", "-o", "json")
    except KubectlError as failure:
        if "the server doesn't have a resource type" in str(failure):
            return {}
        raise
    found = json.loads(shown)["items"]
    return {
        f"{one['metadata']['namespace']}/{one['metadata']['name']}": one.get("status", {}).get("next", "")
        for one in found
    }


def delete_labs(kubectl: Kubectl, progress: Progress) -> int:
    """Delete all labs and wait until they are gone; how many there were. Raises ClusterError that names what stays."""
    there = labs(kubectl)
    if not there:
        return 0
    kubectl("delete", CRD, "--all", "--all-namespaces", "--wait=false")
    deadline = time.monotonic() + GO_WITHIN
    while left := labs(kubectl):
        first, text = next(iter(left.items()))
        if time.monotonic() > deadline:
            raise ClusterError(
                f"{listed(list(left))} did not go within {GO_WITHIN:.0f} s ({first}: {text or 'no reason is told'}): "
                "see docs/operating.md, then run this again."
            )
        gone = len(there) - len(left)
        progress.step(f"Waiting for labs to go: {gone} of {len(there)}, {text}", gone, len(there))
        time.sleep(_PAUSE)
    return len(there)


def listed(names: list[str]) -> str:
    """Labs as the subject of a sentence: all by name, or the first few."""
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return f"Lab{'s' if len(names) > 1 else ''} {', '.join(names[:_MANY])}{more}"
