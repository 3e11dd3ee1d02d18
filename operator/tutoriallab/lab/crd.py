"""The CustomResourceDefinition of TutorialLab, made from the types; `make generate` writes it to crds/.

Run as `python -m tutoriallab.lab.crd`: prints the YAML. `make check` compares it with the file.
"""

import sys
from typing import Any

import yaml

from tutoriallab.kube.resources import Resource
from tutoriallab.lab.model import Spec
from tutoriallab.lab.schema import struct_schema
from tutoriallab.lab.state import Status

GROUP = "tutoriallab.dev"
VERSION = "v1alpha1"
PLURAL = "tutoriallabs"
KIND = "TutorialLab"
API_VERSION = f"{GROUP}/{VERSION}"
RESOURCE = Resource(API_VERSION, KIND, PLURAL, namespaced=True)

HEAD = "# Generated from operator/tutoriallab/lab by `make generate`; do not edit.\n"

#: name, type, path, wide only
COLUMNS = (
    ("Title", "string", ".spec.title.en", False),
    ("Phase", "string", ".status.phase", False),
    ("Step", "string", ".status.step", False),
    ("Progress", "string", ".status.progress", False),
    ("Score", "integer", ".status.score", False),
    ("Next", "string", ".status.next", True),
    ("Age", "date", ".metadata.creationTimestamp", False),
)


def custom_resource_definition() -> dict[str, Any]:
    """The whole manifest, ready for the API server."""
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{PLURAL}.{GROUP}"},
        "spec": {
            "group": GROUP,
            "scope": "Namespaced",
            "names": {
                "kind": KIND,
                "listKind": f"{KIND}List",
                "plural": PLURAL,
                "singular": "tutoriallab",
                "shortNames": ["lab", "labs"],
                "categories": ["tutoriallab"],
            },
            "versions": [_version()],
        },
    }


def _version() -> dict[str, Any]:
    return {
        "name": VERSION,
        "served": True,
        "storage": True,
        "subresources": {"status": {}},
        "additionalPrinterColumns": [
            {"name": name, "type": kind, "jsonPath": path, **({"priority": 1} if wide else {})}
            for name, kind, path, wide in COLUMNS
        ],
        "schema": {
            "openAPIV3Schema": {
                "type": "object",
                "description": "A tutorial's lab on a live cluster: prepared, watched and graded by tutoriallab.",
                "required": ["spec"],
                "properties": {
                    "apiVersion": {"type": "string"},
                    "kind": {"type": "string"},
                    "metadata": {"type": "object"},
                    "spec": struct_schema(Spec),
                    # One writer, which writes all of it: the API server need not keep account of its fields, which took
                    # a third of what it holds of a lab, and it holds 75 s of versions.
                    "status": {**struct_schema(Status), "x-kubernetes-map-type": "atomic"},
                },
            }
        },
    }


def render() -> str:
    """The CRD as YAML text, as it stands in crds/."""
    return HEAD + yaml.safe_dump(custom_resource_definition(), sort_keys=False, width=110, allow_unicode=True)


if __name__ == "__main__":
    sys.stdout.write(render())
