"""Manifests that no lab may provision, found before anything is applied. Pure: called by `apply.py`.

The API server would refuse most of them, too; these are the faults where its answer would not help, or where
a hostile manifest would reach beyond the workspace.
"""

import re
from typing import Any

from tutoriallab.kube.resources import Resource
from tutoriallab.lab.model import Manifest
from tutoriallab.provision import reasons
from tutoriallab.provision.marks import RESERVED_PREFIX
from tutoriallab.provision.refusal import ProvisionProblem
from tutoriallab.words import preparing as words
from tutoriallab.words.sentence import Sentence

_NAME = re.compile(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")


def subject(manifest: Manifest) -> str:
    """How messages call the object: its kind and name."""
    metadata = manifest.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return f"{_short(manifest.get('kind'))} {_short(name)}"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:79] + "…"


def unfit(manifest: Manifest) -> ProvisionProblem | None:
    """What is wrong with a manifest by itself; None when it may be looked up and applied."""
    for field in ("apiVersion", "kind"):
        if not isinstance(manifest.get(field), str):
            return _problem(reasons.INVALID, manifest, words.NOT_A_TEXT(field=field))
    name = manifest["metadata"].get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return _problem(reasons.INVALID, manifest, words.BAD_NAME())
    if name.startswith(RESERVED_PREFIX):
        return _problem(
            reasons.RESERVED_NAME,
            manifest,
            words.RESERVED_NAME(prefix=RESERVED_PREFIX),
        )
    return None


def misplaced(manifest: Manifest, resource: Resource) -> ProvisionProblem | None:
    """A manifest of a kind that is in no namespace; None for those that go to the workspace."""
    if resource.namespaced:
        return None
    return _problem(
        reasons.CLUSTER_SCOPED,
        manifest,
        words.CLUSTER_SCOPED(kind=resource.kind),
    )


def _problem(reason: str, manifest: Manifest, why: Sentence) -> ProvisionProblem:
    what = subject(manifest)
    return ProvisionProblem(reason, what, words.REFUSED(object=what, told=why))
