"""What a lab asks for that this cluster or its operator does not offer; such a lab is Blocked and says so.

Called by `reconcile.py` before anything is prepared, and by `lint`.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from tutoriallab.lab.model import Spec
from tutoriallab.lab.probes import first_probe
from tutoriallab.lab.problem import Problem
from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence

#: What Http and Log ask: simulated nodes run no containers.
CONTAINERS = "Containers"
#: Which cluster offers them, the most demanding first.
_OFFERED_BY = (
    ({"ImageLoad"}, words.ON_KIND_OF_UP()),
    ({CONTAINERS, "DynamicVolumes"}, words.ON_REAL_NODES()),
    ({"NodePower"}, words.ON_YOUR_OWN()),
)


@dataclass(frozen=True)
class Unmet:
    """Why the lab is Blocked: one word for programs, and a sentence with the way out."""

    reason: str
    message: Sentence


def unmet_requirement(
    spec: Spec, capabilities: Set[str], allow_privileged: bool, allow_outside: bool = False
) -> Unmet | None:
    """The first requirement that is not met; None when the lab can be run here."""
    missing = sorted(needed(spec) - capabilities)
    if missing:
        where = next(where for names, where in _OFFERED_BY if names & set(missing))
        told = words.CAPABILITY_MISSING(missing=", ".join(missing), where=where)
        return Unmet("CapabilityMissing", told)
    if spec.requires.pod_security == "privileged" and not allow_privileged:
        return Unmet("PrivilegedNotAllowed", words.PRIVILEGED_NOT_ALLOWED())
    if spec.outside and not allow_outside:
        return Unmet("OutsideNotAllowed", words.OUTSIDE_NOT_ALLOWED())
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
