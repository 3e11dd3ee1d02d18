"""What others have said of an object, fit for a sentence of ours: its Events, and the last words of a container.

A container's words are hostile and may repeat what is confidential: they lose what would change a terminal, and are
not told at all where the pod has a Secret, as whoever reads the lab's status would read them.
"""

from collections.abc import Iterator

from tutoriallab.grade.diagnosis.containers import Container, short
from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, spec

#: What a controller or a kubelet meets and tries again within a second: it keeps nothing from going on.
_PASSES = (
    "the object has been modified; please apply your changes",
    "failed to sync configmap cache: timed out",
    "failed to sync secret cache: timed out",
)


def passes(message: str) -> bool:
    """Whether this fault is over by itself before anybody could look."""
    return any(one in message for one in _PASSES)


def happened(
    one: Body, evidence: Evidence, reasons: frozenset[str], begins: str = "", since: str = ""
) -> str:
    """What the newest Event about an object says whose reason is one of these; empty where there is none.

    `since`: what happened before this moment (RFC 3339) does not count, nor does what passes by itself.
    """
    told = (
        each.message
        for each in evidence.events(one)
        if each.reason in reasons
        and each.message.startswith(begins)
        and not (each.at and each.at < since)
        and not passes(each.message)
    )
    return printable(next(told, ""))


def by_the_container(
    pod: Body, evidence: Evidence, reasons: frozenset[str], begins: str = "", since: str = ""
) -> str:
    """The same of Events that repeat what a command in the container has printed."""
    return "" if has_secret(pod) else happened(pod, evidence, reasons, begins, since)


def last_words(one: Container, evidence: Evidence) -> str:
    """The last line of its log in quotation marks; empty where there is none, or none to be told."""
    said = "" if has_secret(one.pod) else printable(evidence.last_line(one.pod, one.name))
    return f'"{short(said)}"' if said else ""


def printable(text: str) -> str:
    """Without control characters and the like."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def has_secret(pod: Body) -> bool:
    """Whether a Secret's values come into the pod, by its environment or a volume."""
    return any("secret" in one or _projects(one) for one in spec(pod).get("volumes") or ()) or any(
        "secretRef" in one or "secretKeyRef" in (one.get("valueFrom") or {}) for one in _environment(pod)
    )


def _projects(volume: Body) -> bool:
    sources = (volume.get("projected") or {}).get("sources") or ()
    return any("secret" in one for one in sources)


def _environment(pod: Body) -> Iterator[Body]:
    for kind in ("initContainers", "containers"):
        for one in spec(pod).get(kind) or ():
            yield from one.get("env") or ()
            yield from one.get("envFrom") or ()
