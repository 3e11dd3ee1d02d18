"""What a lab may ask for that this version does not do yet; such a lab is Blocked and says so, with the path.

Called by `reconcile.py` before anything is prepared. Each rule goes when its feature comes.
"""

from collections.abc import Iterator

from tutoriallab.lab.model import Spec
from tutoriallab.lab.parse import checks, givens
from tutoriallab.lab.problem import Problem


def not_yet(spec: Spec) -> Iterator[Problem]:
    """Every field of the lab whose behaviour a later version brings."""
    if spec.nodes:
        yield Problem("spec.nodes", "leasing nodes comes with a later version of tutoriallab")
    if spec.outside:
        yield Problem(
            "spec.outside", "objects outside the workspace come with a later version of tutoriallab"
        )
    for path, check in checks(spec):
        if check.when == "Throughout":
            yield Problem(f"{path}.when", "Throughout comes with a later version of tutoriallab")
    for path, _, given in givens(spec):
        if given.kind in {"Http", "Log"}:
            yield Problem(f"{path}.kind", f"{given.kind} comes with a later version of tutoriallab")
        if given.namespace:
            yield Problem(
                f"{path}.namespace",
                "namespaces outside the workspace come with a later version of tutoriallab",
            )
