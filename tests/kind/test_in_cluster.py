"""`up --in-cluster` on real kubelets: from beside into the cluster and back, cut off, with an image that is nowhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from builders import check, lab, step
from in_ci import fail_in_ci_else_skip
from kind_cluster import NAME, Learner, RealCluster
from operator_process import eventually
from samples import deployment, plain
from tutoriallab.cluster import beside
from tutoriallab.cluster.embedded import context_name
from tutoriallab.cluster.kind import CAPABILITIES
from tutoriallab.cluster.places import Places
from world import World

pytestmark = pytest.mark.kind
IN_SYSTEM = ("-n", "tutoriallab-system")
CONTEXT = context_name(NAME)


@pytest.fixture(scope="module")
def archive(learner: Learner, real_world: World) -> Iterator[Path]:
    """The operator's image; at the end the operator is beside the cluster again, as other tests expect it."""
    there = Places.from_environment(os.environ).operator_archive(version("tutoriallab"))
    if not there.exists():
        fail_in_ci_else_skip(f"{there} is not there: `make operator-image` builds it")
    yield there
    assert "the operator is running (" in learner.types("up", "--beside", "--lab", "none")


def command(archive: Path) -> list[str]:
    return ["up", "--in-cluster", "--operator-image", str(archive), "--lab", "none"]


@pytest.fixture(scope="module")
def installed(learner: Learner, archive: Path) -> str:
    """What `up --in-cluster` says where an operator runs beside."""
    assert beside.pid(learner.places.cluster_folder(NAME))
    return learner.types(*command(archive))


def pods(real: RealCluster) -> dict[str, str]:
    """The operators' images by the pods' names."""
    found = real.get("pods", *IN_SYSTEM, "-l", "app.kubernetes.io/component=operator")["items"]
    there = [one for one in found if "deletionTimestamp" not in one["metadata"]]
    return {one["metadata"]["name"]: one["spec"]["containers"][0]["image"] for one in there}


def revisions(real: RealCluster) -> list[str]:
    """Version and status of helm's release."""
    items = real.get("secrets", *IN_SYSTEM, "-l", "owner=helm")["items"]
    return [f"{one['metadata']['labels']['version']} {one['metadata']['labels']['status']}" for one in items]


def test_the_operator_moves_into_the_cluster_with_its_settings(
    installed: str, learner: Learner, real: RealCluster
) -> None:
    assert f"Cluster {NAME} was there, the operator is running in it" in installed
    assert beside.pid(learner.places.cluster_folder(NAME)) is None
    assert len(pods(real)) == 2
    assert set(pods(real).values()) == {f"tutoriallab/operator:{version('tutoriallab')}"}
    [container] = real.get("deployment", *IN_SYSTEM, "tutoriallab-operator")["spec"]["template"]["spec"][
        "containers"
    ]
    told = {one["name"]: one.get("value") for one in container["env"]}
    assert told["TUTORIALLAB_CAPABILITIES"] == ",".join(CAPABILITIES)
    assert told["TUTORIALLAB_ALLOW_OUTSIDE"] == told["TUTORIALLAB_ALLOW_PRIVILEGED"] == "true"
    # No registry is asked for an image that was brought.
    assert container["imagePullPolicy"] == "Never"


def test_the_second_time_nothing_is_loaded_and_nothing_changes(
    installed: str, learner: Learner, archive: Path, real: RealCluster
) -> None:
    before = pods(real), revisions(real)
    said = learner.types(*command(archive))
    assert "the operator was running in it" in said
    assert "Loading" not in said
    assert "Installing" not in said
    assert (pods(real), revisions(real)) == before


def test_up_alone_leaves_it_there_and_doctor_says_where_it_is(
    installed: str, learner: Learner, real: RealCluster
) -> None:
    before = pods(real)
    assert "the operator was running in it" in learner.types("up", "--lab", "none")
    assert (pods(real), beside.pid(learner.places.cluster_folder(NAME))) == (before, None)
    asked = [sys.executable, "-m", "tutoriallab", "doctor", "-o", "json"]
    said = subprocess.run(asked, env=learner.environment, capture_output=True, text=True, check=False).stdout
    assert "its operator runs in it, 2 of 2 ready" in said


def test_it_grades(installed: str, real_world: World) -> None:
    scaled = check("scaled", expect=["web.spec.replicas == 2"])
    real_world.apply(plain(lab("within", step("first", scaled), provision=[deployment("web")])))
    real_world.until_phase("within", "Active", timeout=60)
    real_world.kubectl("-n", "within", "scale", "deployment", "web", "--replicas=2")
    real_world.until_phase("within", "Completed", timeout=30)
    real_world.delete_lab("within")


def test_an_image_that_is_nowhere_is_told_and_killed_in_the_middle_it_goes_on_and_mends_the_rest(
    installed: str, learner: Learner, archive: Path, real: RealCluster
) -> None:
    refused = learner.tries("up", "--in-cluster", "--operator-image", "nowhere.invalid/op:1", "--lab", "none")
    assert refused.returncode == 1
    assert "The operator in the cluster does not start (pod tutoriallab-operator-" in refused.stderr
    assert "ImagePullBackOff" in refused.stderr
    assert "name an image that the nodes can pull (--operator-image REFERENCE)" in refused.stderr
    # The old ones work until the new ones do.
    assert len([image for image in pods(real).values() if "nowhere" not in image]) == 2

    real.kubectl("delete", "clusterrole", "tutoriallab-author")
    argv = [sys.executable, "-m", "tutoriallab", *command(archive), "--name", NAME]
    with subprocess.Popen(argv, env=learner.environment, stderr=subprocess.DEVNULL) as process:
        eventually(lambda: any("pending" in one for one in revisions(real)), "helm is at work", timeout=60)
        process.kill()
    said = learner.types(*command(archive))
    assert set(pods(real).values()) == {f"tutoriallab/operator:{version('tutoriallab')}"}
    assert real.get("clusterrole", "tutoriallab-author")["rules"]
    # helm itself lived on; it may have come to its end before it was found.
    assert "was interrupted: it goes on" in said or all("pending" not in one for one in revisions(real))


@pytest.fixture
def school(learner: Learner, real: RealCluster) -> Iterator[str]:
    """The same cluster as one of the user's own."""
    config = [str(real.kubectl_path), "config"]
    entries = [f"--cluster={CONTEXT}", f"--user={CONTEXT}"]
    subprocess.run([*config, "set-context", "school", *entries], env=learner.environment, check=True)
    yield "school"
    subprocess.run([*config, "delete-context", "school"], env=learner.environment, check=True)


def test_on_a_cluster_of_ones_own_it_is_installed_and_labs_go_before_it_on_request_alone(
    installed: str, learner: Learner, real_world: World, real: RealCluster, school: str
) -> None:
    said = learner.types("up", "--context", school, "--in-cluster", "--lab", "none")
    assert "The cluster of context school is your own, the operator is running in it" in said
    real_world.apply(plain(lab("stays", step("first", check()), provision=[deployment("web")])))
    real_world.until_phase("stays", "Active", timeout=60)
    refused = learner.tries("down", "--context", school)
    assert refused.returncode == 1
    assert "Lab default/stays would stay without an operator" in refused.stderr
    assert len(pods(real)) == 2
    said = learner.types("down", "--context", school, "--labs")
    assert "1 lab is gone, with all that they made" in said
    assert (pods(real), revisions(real)) == ({}, [])
    assert real.get("namespaces", "--field-selector=metadata.name=stays")["items"] == []
    assert "There is nothing to take away" in learner.types("down", "--context", school)
