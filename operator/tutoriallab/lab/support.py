"""What a lab asks for that this cluster or this version does not offer; such a lab is Blocked and says so.

Called by `reconcile.py` before anything is prepared. Each rule of `not_yet` goes when its feature comes.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from tutoriallab.lab.model import Spec
from tutoriallab.lab.parse import givens
from tutoriallab.lab.problem import Problem


@dataclass(frozen=True)
class Unmet:
    """Why the lab is Blocked: one word for programs, and a sentence with the way out."""

    reason: str
    message: str


def unmet_requirement(
    spec: Spec, capabilities: Set[str], allow_privileged: bool, allow_outside: bool = False
) -> Unmet | None:
    """The first requirement that is not met; None when the lab can be run here."""
    later = next(not_yet(spec), None)
    if later:
        return Unmet("NotInThisVersion", str(later))
    missing = sorted(set(spec.requires.capabilities) - capabilities)
    if missing:
        return Unmet(
            "CapabilityMissing",
            f"The lab needs {', '.join(missing)}, which this cluster does not offer: "
            "run it on a cluster with real nodes, such as kind",
        )
    if spec.requires.pod_security == "privileged" and not allow_privileged:
        return Unmet(
            "PrivilegedNotAllowed",
            "The lab needs privileged pods, which this operator does not allow: "
            "ask who runs it to set TUTORIALLAB_ALLOW_PRIVILEGED=true",
        )
    if spec.outside and not allow_outside:
        return Unmet(
            "OutsideNotAllowed",
            "The lab has you make objects outside its workspace, which this operator does not allow: "
            "run it on a cluster of your own (tutoriallab up), or ask who runs it to set "
            "TUTORIALLAB_ALLOW_OUTSIDE=true",
        )
    return None


def not_yet(spec: Spec) -> Iterator[Problem]:
    """Every field of the lab whose behaviour a later version brings."""
    for path, _, given in givens(spec):
        if given.kind in {"Http", "Log"}:
            yield Problem(f"{path}.kind", f"{given.kind} comes with a later version of tutoriallab")
