"""A lab → the manifests of its workspace and of its starting state. Pure: no API server, no clock.

Called by `workspace.py` (what stands in a workspace before the lab does) and by `reconcile.py` (what a lab
and its steps provision).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tutoriallab.lab.model import Manifest, Step
from tutoriallab.lab.parse import Lab
from tutoriallab.lab.texts import Names, fill_all
from tutoriallab.provision import marks
from tutoriallab.provision.order import ordered

#: How many objects a workspace may hold. Counts only: limits on CPU or memory would change the learners' pods
#: (requests, QoS class) and with them the answers.
DEFAULT_COUNTS: Mapping[str, int] = {
    "pods": 100,
    "services": 50,
    "configmaps": 100,
    "secrets": 100,
    "persistentvolumeclaims": 30,
    "replicationcontrollers": 50,
    "count/deployments.apps": 50,
    "count/replicasets.apps": 200,
    "count/statefulsets.apps": 30,
    "count/daemonsets.apps": 30,
    "count/jobs.batch": 100,
    "count/cronjobs.batch": 30,
    "count/ingresses.networking.k8s.io": 30,
    "count/horizontalpodautoscalers.autoscaling": 30,
    "count/poddisruptionbudgets.policy": 30,
    "count/serviceaccounts": 30,
    "count/limitranges": 10,
    "count/resourcequotas": 10,
}

_RBAC = "rbac.authorization.k8s.io"


@dataclass(frozen=True)
class WorkspaceManifests:
    """A workspace: its Namespace, and what the operator puts into it before the lab's own objects."""

    namespace: Manifest
    contents: tuple[Manifest, ...]


def workspace_manifests(lab: Lab, counts: Mapping[str, int] = DEFAULT_COUNTS) -> WorkspaceManifests:
    """The workspace of a lab; `counts` limits how many objects of a kind it may hold."""
    return WorkspaceManifests(
        namespace=_namespace(lab),
        contents=(_service_account(lab), _role_binding(lab), _quota(lab, counts)),
    )


def starting_state(lab: Lab, names: Names) -> list[Manifest]:
    """What the lab provisions before its first step, ready to be applied, in an order that works."""
    return _state(lab, lab.spec.provision, names)


def step_state(lab: Lab, step: Step, names: Names) -> list[Manifest]:
    """What a step provisions when it opens, ready to be applied, in an order that works."""
    return _state(lab, step.provision, names)


def _state(lab: Lab, manifests: list[Manifest], names: Names) -> list[Manifest]:
    return ordered(_placed(fill_all(manifest, names), lab) for manifest in manifests)


def _placed(manifest: Manifest, lab: Lab) -> Manifest:
    """In the workspace and labelled; pod templates are the author's, selectors depend on them."""
    metadata = {**manifest["metadata"], "namespace": lab.workspace}
    labels = metadata.get("labels") or {}
    # Labels that are no map stay as they are: the API server refuses them, with their path.
    if isinstance(labels, dict):
        metadata["labels"] = {**labels, marks.LAB: lab.name}
    return {**manifest, "metadata": metadata}


def _namespace(lab: Lab) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": lab.workspace,
            "labels": {
                **_labels(lab),
                marks.LAB_NAMESPACE: lab.namespace,
                "pod-security.kubernetes.io/enforce": lab.spec.requires.pod_security,
            },
            "annotations": {marks.LAB_UID: lab.uid},
        },
    }


def _service_account(lab: Lab) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": _metadata(lab, marks.PROVISIONER),
        "automountServiceAccountToken": False,
    }


def _role_binding(lab: Lab) -> Manifest:
    return {
        "apiVersion": f"{_RBAC}/v1",
        "kind": "RoleBinding",
        "metadata": _metadata(lab, marks.PROVISIONER),
        "roleRef": {
            "apiGroup": _RBAC,
            "kind": "ClusterRole",
            "name": marks.PROVISIONER,
        },
        "subjects": [{"kind": "ServiceAccount", "name": marks.PROVISIONER, "namespace": lab.workspace}],
    }


def _quota(lab: Lab, counts: Mapping[str, int]) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": _metadata(lab, marks.COUNTS),
        "spec": {"hard": {resource: str(count) for resource, count in counts.items()}},
    }


def _metadata(lab: Lab, name: str) -> dict[str, Any]:
    return {"name": name, "namespace": lab.workspace, "labels": _labels(lab)}


def _labels(lab: Lab) -> dict[str, str]:
    return {marks.LAB: lab.name, marks.MANAGED_BY: marks.MANAGER}
