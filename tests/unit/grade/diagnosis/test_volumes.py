"""Claims that are not bound: by the classes and volumes that there are."""

from typing import Any

import pytest

from builders import Json, Objects, metadata, pod
from tutoriallab.grade.diagnosis.evidence import CLAIM, NODE, POD, STORAGE_CLASS, VOLUME, Evidence
from tutoriallab.grade.diagnosis.tell import sentence
from tutoriallab.grade.diagnosis.walk import diagnose

KNOWN = frozenset({POD, CLAIM, NODE, STORAGE_CLASS, VOLUME})


def claim(size: str = "1Gi", mode: str = "ReadWriteOnce", storage_class: str = "", **meta: Any) -> Json:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": metadata("data", **meta),
        "spec": {
            "storageClassName": storage_class,
            "accessModes": [mode],
            "resources": {"requests": {"storage": size}},
        },
        "status": {"phase": "Pending"},
    }


def volume(size: str, mode: str = "ReadWriteOnce", phase: str = "Available", storage_class: str = "") -> Json:
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {**metadata("pv"), "namespace": ""},
        "spec": {
            "capacity": {"storage": size},
            "accessModes": [mode],
            "storageClassName": storage_class,
        },
        "status": {"phase": phase},
    }


def storage_class(
    name: str, binding: str = "Immediate", provisioner: str = "kubernetes.io/no-provisioner"
) -> Json:
    return {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {**metadata(name), "namespace": ""},
        "provisioner": provisioner,
        "volumeBindingMode": binding,
    }


def found(*objects: Json) -> str:
    finding = diagnose([objects[0]], Evidence("demo", KNOWN, Objects(*objects).select))
    return f"{finding.reason}: {sentence(finding)}" if finding else ""


def using() -> Json:
    one = pod()
    one["spec"]["volumes"] = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
    one["status"] = {
        "phase": "Pending",
        "conditions": [
            {
                "type": "PodScheduled",
                "status": "False",
                "reason": "Unschedulable",
                "message": "0/4 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
            }
        ],
    }
    return one


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        (
            (claim(storage_class="fast"), storage_class("standard")),
            "ClaimNoClass: PersistentVolumeClaim data is Pending: there is no StorageClass fast; the cluster has: standard",
        ),
        (
            (claim("5Gi"), volume("1Gi")),
            'ClaimNoFit: PersistentVolumeClaim data is Pending: it asks for 5Gi of class "" with ReadWriteOnce, which no '
            "free volume offers: pv 1Gi ReadWriteOnce Available",
        ),
        (
            (claim(), volume("1Gi", phase="Bound")),
            'ClaimNoFit: PersistentVolumeClaim data is Pending: it asks for 1Gi of class "" with ReadWriteOnce, which no '
            "free volume offers: pv 1Gi ReadWriteOnce Bound",
        ),
        (
            (claim(mode="ReadWriteMany"), volume("1024Mi")),
            'ClaimMode: PersistentVolumeClaim data is Pending: no free volume of class "" offers the access mode '
            "ReadWriteMany: pv 1024Mi ReadWriteOnce Available",
        ),
        (
            (claim(storage_class="late"), storage_class("late", "WaitForFirstConsumer", "example.com/disk")),
            "WaitsForConsumer: PersistentVolumeClaim data is Pending: its class late makes a volume only when a pod uses "
            "the claim",
        ),
        (
            (claim(storage_class="soon"), storage_class("soon", provisioner="example.com/disk")),
            "ClaimPending: PersistentVolumeClaim data is Pending: no volume of class soon with 1Gi and ReadWriteOnce is "
            "bound to it",
        ),
    ],
)
def test_a_claim_is_told_by_what_there_is(objects: tuple[Json, ...], wanted: str) -> None:
    assert found(*objects) == wanted


def test_a_pod_that_waits_for_its_claim_leads_to_the_claim() -> None:
    assert found(using(), claim("5Gi"), volume("1Gi")).startswith("ClaimNoFit: PersistentVolumeClaim data")
    assert found(using()).startswith("ClaimNotBound: ")


def test_what_is_being_deleted_and_held_is_told() -> None:
    held = claim(deletionTimestamp="2026-01-01T00:00:00Z", finalizers=["kubernetes.io/pvc-protection"])
    held["status"]["phase"] = "Bound"
    assert found(held) == (
        "HeldByFinalizer: PersistentVolumeClaim data is being deleted, and held by its finalizers: "
        "kubernetes.io/pvc-protection"
    )
