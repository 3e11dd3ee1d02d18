"""What a lab asks for that this cluster or its operator does not offer; such a lab is Blocked and says so.

Called by `reconcile.py` before anything is prepared, and by `lint`.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from tutoriallab.lab.model import Spec
from tutoriallab.lab.probes import first_probe
from tutoriallab.lab.problem import Problem

#: What Http and Log ask: simulated nodes run no containers.
CONTAINERS = "Containers"
#: Which cluster offers them, the most demanding first.
_OFFERED_BY = (
    ({"ImageLoad"}, "a kind cluster that `tutoriallab up` has made on your own machine"),
    ({CONTAINERS, "DynamicVolumes"}, "a cluster with real nodes, such as kind"),
    ({"NodePower"}, "a cluster that `tutoriallab up` has made on your own machine"),
)


@dataclass(frozen=True)
class Unmet:
    """Why the lab is Blocked: one word for programs, and a sentence with the way out."""

    reason: str
    message: str


def unmet_requirement(
    spec: Spec, capabilities: Set[str], allow_privileged: bool, allow_outside: bool = False
) -> Unmet | None:
    """The first requirement that is not met; None when the lab can be run here."""
    missing = sorted(needed(spec) - capabilities)
    if missing:
        return Unmet(
            "CapabilityMissing",
            f"The lab needs {', '.join(missing)}, which this cluster does not offer: "
            f"run it on {next(where for names, where in _OFFERED_BY if names & set(missing))}",
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


def needed(spec: Spec) -> frozenset[str]:
    """The capabilities that the lab asks for, and those that its checks cannot do without."""
    probed = {CONTAINERS} if first_probe(spec) else set()
    return frozenset({*spec.requires.capabilities, *probed})


def unsaid(spec: Spec) -> Iterator[Problem]:
    """What the lab needs and does not say, for its author; whoever reads the lab should know before it is Blocked."""
    path = first_probe(spec)
    if path and CONTAINERS not in spec.requires.capabilities:
        text = f"add {CONTAINERS}: {path} asks a container, and simulated nodes run none"
        yield Problem("spec.requires.capabilities", text)
