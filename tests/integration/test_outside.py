"""Objects outside the workspace on a real cluster: made by learners, graded, and removed only if the lab saw none."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from builders import Json, check, lab, step
from operator_process import eventually
from samples import plain
from tutoriallab.cluster.install import install
from world import World

pytestmark = pytest.mark.integration

OPERATOR = "system:serviceaccount:tutoriallab-system:tutoriallab-operator"


def volume(name: str) -> Json:
    spec = {
        "capacity": {"storage": "1Gi"},
        "accessModes": ["ReadWriteOnce"],
        "persistentVolumeReclaimPolicy": "Retain",
        "storageClassName": "",
        "hostPath": {"path": "/tmp/x"},
    }
    return {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": name}, "spec": spec}


def storage_class(name: str) -> Json:
    return {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {"name": name},
        "provisioner": "example.com/none",
    }


def outside(name: str, *refs: tuple[str, str], steps: Sequence[Json] = ()) -> Json:
    versions = {"Namespace": "v1", "PersistentVolume": "v1", "StorageClass": "storage.k8s.io/v1"}
    things = [{"apiVersion": versions[kind], "kind": kind, "name": what} for kind, what in refs]
    return plain(lab(name, *steps, outside=things))


def in_dev(namespace: str) -> Json:
    """A step on a namespace and a pod in it."""
    made = check(
        "made",
        given={"dev": {"apiVersion": "v1", "kind": "Namespace", "name": namespace}},
        expect=["dev.metadata.labels.team == 'a'"],
    )
    pod = {"apiVersion": "v1", "kind": "Pod", "name": "web", "namespace": namespace}
    runs = check("runs", given={"pod": pod}, expect=["ready(pod)"])
    return step("first", made, runs)


def test_what_the_learner_makes_outside_is_graded_and_goes_with_the_lab(world: World) -> None:
    fixed = check(
        "fixed",
        given={
            "pv": {"apiVersion": "v1", "kind": "PersistentVolume", "name": "gone-pv"},
            "sc": {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "name": "gone-sc"},
        },
        expect=["pv.spec.capacity.storage == '1Gi'", "sc.provisioner == 'example.com/none'"],
    )
    refs = [("Namespace", "${workspace}-dev"), ("PersistentVolume", "gone-pv"), ("StorageClass", "gone-sc")]
    world.apply(outside("abroad", *refs, steps=[in_dev("${workspace}-dev"), step("second", fixed)]))
    world.until_phase("abroad", "Active")
    assert world.checks("abroad") == {
        "first/made": ("Failing", "Namespace abroad-dev does not exist"),
        "first/runs": ("Failing", "Pod web does not exist in namespace abroad-dev"),
    }
    recorded = world.status("abroad")["outside"]
    assert [one["name"] for one in recorded] == ["abroad-dev", "gone-pv", "gone-sc"]
    assert all(one["absentSince"] for one in recorded)

    world.kubectl("create", "namespace", "abroad-dev")
    world.until_verdict("abroad", "first/made", "Failing", 'metadata.labels["team"] is not set')
    world.kubectl("label", "namespace", "abroad-dev", "team=a")
    eventually(lambda: "default" in world.names("serviceaccount", "abroad-dev"), "pods can be made")
    world.kubectl("-n", "abroad-dev", "run", "web", "--image=nginx:1.7.9")
    eventually(
        lambda: world.status("abroad").get("step") == "second",
        "the step passed",
        lambda: world.checks("abroad"),
    )
    world.apply(volume("gone-pv"), storage_class("gone-sc"))
    world.until_phase("abroad", "Completed")
    # A completed lab leaves all to look at.
    assert "abroad-dev" in world.names("namespace")

    world.delete_lab("abroad")
    assert world.gone("namespace", ["abroad", "abroad-dev"])
    assert world.gone("persistentvolume", ["gone-pv"])
    assert "gone-sc" not in world.kubectl("get", "storageclass", "-o", "name")


def test_what_was_there_before_blocks_the_lab_and_is_never_touched(world: World) -> None:
    world.apply(volume("mine-pv"))
    world.kubectl("create", "namespace", "mine-dev")
    before = world.get("namespace", "mine-dev")["metadata"]["uid"]
    world.apply(outside("careful", ("PersistentVolume", "mine-pv"), ("Namespace", "mine-dev")))
    assert "PersistentVolume mine-pv exists already" in world.until_phase("careful", "Blocked")["next"]
    assert world.condition("careful", "Provisioned")["reason"] == "OutsideExists"
    world.kubectl("delete", "persistentvolume", "mine-pv")
    eventually(
        lambda: "Namespace mine-dev exists" in world.status("careful").get("next", ""),
        "the other one is told",
    )
    assert world.gone("namespace", ["careful"])
    world.kubectl("annotate", "lab", "careful", "tutoriallab.dev/reset=1")
    eventually(lambda: world.status("careful").get("handled", {}).get("reset") == "1", "reset")
    world.delete_lab("careful")
    assert world.get("namespace", "mine-dev")["metadata"]["uid"] == before
    assert "annotations" not in world.get("namespace", "mine-dev")["metadata"]
    world.kubectl("delete", "namespace", "mine-dev", "--wait=false")


def test_a_name_belongs_to_one_lab_at_a_time(world: World) -> None:
    world.apply(outside("one", ("Namespace", "shared")))
    world.until_phase("one", "Active")
    world.apply(outside("two", ("Namespace", "shared")), outside("shared"))
    assert "belongs to lab default/one" in world.until_phase("two", "Blocked")["next"]
    assert "which would be the workspace" in world.until_phase("shared", "Blocked")["next"]
    # Those who wait are no wiser after a restart, and no faster.
    world.operator.kill()
    world.operator.start()
    world.kubectl("annotate", "lab", "two", "note=1")
    assert "belongs to lab default/one" in world.until_phase("two", "Blocked")["next"]
    world.kubectl("create", "namespace", "shared")
    world.kubectl("delete", "lab", "shared")
    world.delete_lab("one")
    assert world.gone("namespace", ["shared"])
    world.until_phase("two", "Active")
    world.discard("two")


@pytest.mark.parametrize("begin", ["delete", "reset"])
def test_the_operator_dies_before_it_has_removed_anything(world: World, begin: str) -> None:
    name = f"cut-{begin}"
    world.apply(
        outside(
            name,
            ("Namespace", "${workspace}-dev"),
            ("StorageClass", name),
            steps=[in_dev("${workspace}-dev")],
        )
    )
    world.until_phase(name, "Active")
    world.operator.kill()
    # Nobody sees these appear.
    world.kubectl("create", "namespace", f"{name}-dev")
    world.apply(storage_class(name))
    if begin == "delete":
        world.kubectl("delete", "lab", name, "--wait=false")
    else:
        world.kubectl("annotate", "lab", name, "tutoriallab.dev/reset=1")
    world.operator.start()
    eventually(lambda: world.gone("namespace", [f"{name}-dev"]), "the namespace is gone", timeout=40)
    eventually(lambda: name not in world.kubectl("get", "storageclass", "-o", "name"), "the class is gone")
    if begin == "reset":
        world.until_phase(name, "Active")
        assert world.checks(name)["first/made"] == ("Failing", f"Namespace {name}-dev does not exist")
        world.discard(name)
    else:
        eventually(lambda: name not in world.names("tutoriallab.tutoriallab.dev"), "the lab is gone")


def test_what_another_lab_is_marked_with_and_workspaces_are_left_alone(world: World) -> None:
    world.apply(outside("modest", ("Namespace", "modest-a"), ("Namespace", "modest-b")))
    world.until_phase("modest", "Active")
    world.kubectl("create", "namespace", "modest-a")
    world.kubectl("annotate", "namespace", "modest-a", "tutoriallab.dev/outside-of=another")
    world.kubectl("create", "namespace", "modest-b")
    world.kubectl("label", "namespace", "modest-b", "app.kubernetes.io/managed-by=tutoriallab")
    world.delete_lab("modest")
    assert not world.gone("namespace", ["modest-a"])
    assert not world.gone("namespace", ["modest-b"])
    world.kubectl("delete", "namespace", "modest-a", "modest-b", "--wait=false")


def refused(world: World, *arguments: str) -> str:
    """What kubectl says when it must not do this, as the operator's own ServiceAccount."""
    command = [str(world.cluster.kubectl_path), "--kubeconfig", str(world.cluster.kubeconfig)]
    done = subprocess.run([*command, f"--as={OPERATOR}", *arguments], capture_output=True, text=True)
    assert done.returncode != 0, f"{arguments} was allowed"
    return done.stderr


def as_operator(world: World, *arguments: str) -> None:
    world.kubectl(f"--as={OPERATOR}", *arguments)


def test_the_operator_marks_and_deletes_nothing_else(world: World) -> None:
    world.kubectl("create", "namespace", "strange")
    world.apply(volume("strange"), storage_class("strange"))
    try:
        for kind in ("namespace", "persistentvolume", "storageclass"):
            assert "deletes only what carries" in refused(world, "delete", kind, "strange")
            labelled = '{"metadata":{"labels":{"a":"b"},"annotations":{"tutoriallab.dev/outside-of":"u"}}}'
            assert "only adds the annotation" in refused(
                world, "patch", kind, "strange", "--type=merge", "-p", labelled
            )
            assert "only adds the annotation" in refused(world, "annotate", kind, "strange", "other=1")
        ours = '{"metadata":{"labels":{"app.kubernetes.io/managed-by":"tutoriallab"}}}'
        assert "only adds" in refused(world, "patch", "namespace", "strange", "--type=merge", "-p", ours)
        for name in ("kube-system", "default", "tutoriallab-system"):
            mark = "tutoriallab.dev/outside-of=u"
            assert "namespaces of the cluster" in refused(world, "annotate", "namespace", name, mark)
            # The first two are protected by the API server itself, too.
            assert "orbidden" in refused(world, "delete", "namespace", name)
        as_operator(world, "annotate", "storageclass", "strange", "tutoriallab.dev/outside-of=u")
        assert "only adds" in refused(
            world, "annotate", "storageclass", "strange", "tutoriallab.dev/outside-of-"
        )
        as_operator(world, "delete", "storageclass", "strange")
    finally:
        world.kubectl("delete", "namespace/strange", "persistentvolume/strange", "--wait=false")


@contextmanager
def not_allowed(world: World, folder: Path) -> Iterator[None]:
    """Meanwhile neither the operator's settings nor its rights allow objects outside of workspaces."""
    command = [str(world.cluster.kubectl_path), "--kubeconfig", str(world.cluster.kubeconfig)]
    environment = world.operator.environment
    world.operator.stop()
    world.operator.environment = {"TUTORIALLAB_ALLOW_OUTSIDE": "false"}
    install(command, folder)
    world.operator.start()
    try:
        yield
    finally:
        world.operator.stop()
        world.operator.environment = environment
        install(command, folder, outside=True)
        world.operator.start()


def test_where_it_is_not_allowed_the_lab_is_blocked_and_the_operator_has_no_right(
    world: World, tmp_path: Path
) -> None:
    world.kubectl("create", "namespace", "somebodys")
    with not_allowed(world, tmp_path):
        world.apply(outside("not-allowed", ("Namespace", "not-allowed-dev")))
        world.until_phase("not-allowed", "Blocked")
        assert "TUTORIALLAB_ALLOW_OUTSIDE=true" in world.condition("not-allowed", "Provisioned")["message"]
        mark = "tutoriallab.dev/outside-of=u"
        assert "orbidden" in refused(world, "annotate", "namespace", "somebodys", mark)
        assert "orbidden" in refused(world, "delete", "namespace", "somebodys")
        assert "orbidden" in refused(world, "delete", "persistentvolume", "nothing")
    world.until_phase("not-allowed", "Active")
    world.kubectl("delete", "namespace", "somebodys", "--wait=false")
    world.discard("not-allowed")


def test_where_it_is_not_allowed_any_more_the_lab_goes_once_the_learner_has_cleaned_up(
    world: World, tmp_path: Path
) -> None:
    world.apply(outside("left", ("PersistentVolume", "left-pv"), ("StorageClass", "left-sc")))
    world.until_phase("left", "Active")
    world.apply(volume("left-pv"), storage_class("left-sc"))
    with not_allowed(world, tmp_path):
        world.discard("left")
        for kind, name in (("storageclass", "left-sc"), ("persistentvolume", "left-pv")):
            way_out = f"yourself: kubectl delete {kind} {name}"
            eventually(
                lambda said=way_out: said in world.status("left").get("next", ""),  # type: ignore[misc]
                way_out,
                lambda: world.status("left"),
            )
            world.kubectl("delete", kind, name)
        world.delete_lab("left")


def test_a_wrong_kind_is_refused_at_apply(world: World) -> None:
    body = plain(lab("wrong", outside=[{"apiVersion": "v1", "kind": "Node", "name": "x"}]))
    with pytest.raises(pytest.fail.Exception, match=r"spec\.outside\[0\]\.kind"):
        world.kubectl("create", "-f", "-", stdin=json.dumps(body))
