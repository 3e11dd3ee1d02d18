"""A volume claim that is not bound: no such class, no volume that fits, or it waits for a pod. Called by `walk.py`."""

from collections.abc import Iterator, Mapping

from tutoriallab.grade.cel.quantity import thousandths
from tutoriallab.grade.diagnosis.containers import short
from tutoriallab.grade.diagnosis.evidence import CLAIM, POD, STORAGE_CLASS, VOLUME, Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, spec, status
from tutoriallab.grade.diagnosis.said import happened

NO_CLASS, MODE, NO_FIT = "ClaimNoClass", "ClaimMode", "ClaimNoFit"
WAITS, OTHER = "WaitsForConsumer", "ClaimPending"
REASONS = (NO_CLASS, MODE, NO_FIT, WAITS, OTHER)
#: The provisioner of classes whose volumes are made by hand.
_BY_HAND = "kubernetes.io/no-provisioner"
_SAYS = frozenset({"ProvisioningFailed"})
#: Volumes that are told.
_SHOWN = 3


def find(claim: Body, evidence: Evidence) -> Finding | None:
    """A PersistentVolumeClaim that is Pending."""
    if status(claim).get("phase") != "Pending":
        return None
    reason, told = OTHER, ""
    if evidence.knows(STORAGE_CLASS) and evidence.knows(VOLUME):
        reason, told = _reason(claim, evidence)
    if reason == OTHER:
        told = short(happened(claim, evidence, _SAYS))
    return about(claim, reason, **_values(claim), told=told)


def of_pod(pod: Body, evidence: Evidence) -> Finding | None:
    """A claim that is not bound, of a pod that the scheduler holds back for it."""
    if spec(pod).get("nodeName"):
        return None
    for name in _claim_names(pod):
        claim = evidence.one(CLAIM, name)
        found = find(claim, evidence) if claim else None
        if found and found.reason != WAITS:
            return found
    return None


def _claim_names(pod: Body) -> Iterator[str]:
    """The claims that it uses, as it names them."""
    for volume in spec(pod).get("volumes") or ():
        name = (volume.get("persistentVolumeClaim") or {}).get("claimName")
        if name:
            yield name


def _values(claim: Body) -> dict[str, str]:
    return {
        "storage_class": str(spec(claim).get("storageClassName") or '""'),
        "size": _requested(claim) or "?",
        "modes": ",".join(spec(claim).get("accessModes") or ()) or "?",
    }


def _reason(claim: Body, evidence: Evidence) -> tuple[str, str]:
    """Why it is not bound, and what there is instead."""
    name = str(spec(claim).get("storageClassName") or "")
    volumes = [one for one in evidence.all(VOLUME) if str(spec(one).get("storageClassName") or "") == name]
    found = evidence.one(STORAGE_CLASS, name) if name else None
    if name and found is None and not volumes:
        classes = [one["metadata"]["name"] for one in evidence.all(STORAGE_CLASS)]
        return NO_CLASS, ", ".join(classes[:_SHOWN]) or "-"
    if found and found.get("volumeBindingMode") == "WaitForFirstConsumer" and not _used(claim, evidence):
        return WAITS, ""
    if found and found.get("provisioner") != _BY_HAND:
        return OTHER, ""
    free = [one for one in volumes if status(one).get("phase", "Available") == "Available"]
    modes = set(spec(claim).get("accessModes") or ())
    reason = MODE if any(_big_enough(one, claim) and not _offers(one, modes) for one in free) else NO_FIT
    return reason, "; ".join(_in_words(one) for one in volumes[:_SHOWN]) or "-"


def _used(claim: Body, evidence: Evidence) -> bool:
    """Whether a pod uses it."""
    name = claim["metadata"]["name"]
    return any(name in _claim_names(pod) for pod in evidence.all(POD))


def _offers(volume: Body, modes: set[str]) -> bool:
    return modes <= set(spec(volume).get("accessModes") or ())


def _big_enough(volume: Body, claim: Body) -> bool:
    return thousandths(_capacity(volume)) >= thousandths(_requested(claim) or "0")


def _requested(claim: Body) -> str:
    """How much storage it asks for; empty where it does not say."""
    requests: Mapping[str, str] = (spec(claim).get("resources") or {}).get("requests") or {}
    return str(requests.get("storage", ""))


def _capacity(volume: Body) -> str:
    capacity: Mapping[str, str] = spec(volume).get("capacity") or {}
    return str(capacity.get("storage", "0"))


def _in_words(volume: Body) -> str:
    modes = ",".join(spec(volume).get("accessModes") or ())
    phase = status(volume).get("phase", "Available")
    return f"{volume['metadata']['name']} {_capacity(volume)} {modes} {phase}"
