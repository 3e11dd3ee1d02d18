"""Why a check finds nothing of what it selects: made in the wrong place, under a near name, without a label. Pure.

Called by `grade/open_step.py` for what a failing check is about; `walk.py` looks at what is there.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from tutoriallab.grade.diagnosis.evidence import Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, about, resource
from tutoriallab.grade.diagnosis.labels import in_words
from tutoriallab.observe.selection import Selection

ELSEWHERE, NEAR_NAME, LABELS = "MadeElsewhere", "NearName", "LabelMissing"
REASONS = (ELSEWHERE, NEAR_NAME, LABELS)
#: How alike two names are that somebody may have mixed up, from 0 to 1.
ALIKE = 0.75
#: What the cluster itself makes in each namespace: nobody made it in place of something else.
_OF_THE_CLUSTER = {
    ("ConfigMap", "kube-root-ca.crt"),
    ("ServiceAccount", "default"),
    ("Service", "kubernetes"),
}
_NUMBER = re.compile(r"\d+")


def absent(selection: Selection, evidence: Evidence, taken: Iterable[str]) -> Finding | None:
    """Why nothing is selected; None where something is, or nothing is known of it.

    `taken`: names of the lab's other objects, which nobody has mixed up with this one.
    """
    if selection.namespace != evidence.workspace or evidence.select(selection):
        return None
    if selection.owned_by:
        owner = selection.owned_by
        above = Selection(owner.api_version, owner.kind, selection.namespace, owner.name)
        return absent(above, evidence, taken)
    return (
        _at_home(selection, evidence) or _near_name(selection, evidence, taken) or _label(selection, evidence)
    )


def _at_home(selection: Selection, evidence: Evidence) -> Finding | None:
    found = evidence.at_home(selection)
    if not found:
        return None
    one = found[0]
    look = f"kubectl get {resource(one)} -n {evidence.home}"
    return about(one, ELSEWHERE, look=look, namespace=evidence.home, wanted=evidence.workspace)


def _near_name(selection: Selection, evidence: Evidence, taken: Iterable[str]) -> Finding | None:
    if not selection.name:
        return None
    others = {one["metadata"]["name"]: one for one in evidence.all(selection.kinds()[0])}
    for name in taken:
        others.pop(name, None)
    near = max(others, key=lambda name: _alike(name, selection.name or ""), default="")
    if not near or _alike(near, selection.name) < ALIKE:
        return None
    one = others[near]
    look = f"kubectl get {resource(one)} -n {evidence.workspace}"
    return about(one, NEAR_NAME, look=look, kind=selection.kind, wanted=selection.name)


def _alike(name: str, wanted: str) -> float:
    """How alike they are; names that differ in their numbers alone are names of two things."""
    if _NUMBER.sub("0", name) == _NUMBER.sub("0", wanted):
        return 0.0
    if name.startswith(f"{wanted}-") or wanted.startswith(f"{name}-") or sorted(name) == sorted(wanted):
        return ALIKE
    return SequenceMatcher(None, name, wanted, autojunk=False).ratio()


def _label(selection: Selection, evidence: Evidence) -> Finding | None:
    if selection.name or not (selection.selector and selection.selector.match_labels):
        return None
    others = [
        one
        for one in evidence.all(selection.kinds()[0])
        if (one["kind"], one["metadata"]["name"]) not in _OF_THE_CLUSTER
    ]
    if not others:
        return None
    wanted = dict(selection.selector.match_labels)
    one = max(others, key=lambda body: _shared(body, wanted))
    labels = one["metadata"].get("labels") or {}
    if not _may_be_meant(labels, wanted):
        return None
    look = f"kubectl get {resource(one)} -n {evidence.workspace} --show-labels"
    return about(one, LABELS, look=look, wanted=in_words(wanted), labels=in_words(labels))


def _may_be_meant(labels: dict[str, str], wanted: dict[str, str]) -> bool:
    """Whether somebody may have made it for what is wanted: a label is right, or nearly; or there is none."""
    if in_words(labels) == "-" or set(labels.values()) & set(wanted.values()):
        return True
    return any(key in labels and _alike(labels[key], value) >= ALIKE for key, value in wanted.items())


def _shared(body: Body, wanted: dict[str, str]) -> int:
    """How many of the labels it has, at least by name."""
    labels = body["metadata"].get("labels") or {}
    return sum((key in labels) + (labels.get(key) == value) for key, value in wanted.items())
