import io
import json
import tarfile
from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster.engine import Engine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.node_image import NodeImage, NodeWish, NoImage, node_image, read_name
from tutoriallab.cluster.pins import KUBERNETES, NODE_IMAGE
from tutoriallab.cluster.places import Places

NAME = "tutoriallab.dev/node:v1.34.4-0123456789ab"


def archive(folder: Path, content: str, name: str = "tutoriallab.json") -> Path:
    file = folder / "node.tar"
    with tarfile.open(file, "w") as output:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        output.addfile(member, io.BytesIO(content.encode()))
    return file


def test_the_name_is_read_from_the_first_file(tmp_path: Path) -> None:
    told = json.dumps({"format": 1, "architecture": "amd64", "image": NAME})
    assert read_name(archive(tmp_path, told), "amd64") == NAME


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        ("{}", "manifest.json", "is no archive of a node image that this version knows"),
        ('{"format": 2}', "tutoriallab.json", "is no archive of a node image that this version knows"),
        ("{", "tutoriallab.json", "cannot be read"),
        (
            '{"format": 1, "architecture": "arm64", "image": "x"}',
            "tutoriallab.json",
            "is for arm64, this machine is amd64: run `make node-image` on a machine with amd64",
        ),
    ],
)
def test_what_is_no_archive_of_ours_is_told(content: str, name: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=says):
        read_name(archive(tmp_path, content, name), "amd64")


def test_a_file_that_is_missing_or_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="does not exist: name the archive"):
        read_name(tmp_path / "no.tar", "amd64")
    (tmp_path / "text.tar").write_text("no archive at all")
    with pytest.raises(ClusterError, match="cannot be read"):
        read_name(tmp_path / "text.tar", "amd64")


def test_only_our_own_images_bring_what_labs_name() -> None:
    assert NodeImage(NAME).offline
    assert not NodeImage("kindest/node:v1.34.0").offline


def engine(folder: Path, *images: str) -> Engine:
    """One that has these images and no registry."""
    program = folder / "docker"
    has = "\n".join(f'"image inspect {image}") exit 0 ;;' for image in images)
    listed = "".join(f"{image}\\n" for image in images)
    program.write_text(
        f"#!/bin/sh\ncase \"$*\" in\n{has}\nimages*) printf '{listed}' ;;\n*) exit 1 ;;\nesac\n"
    )
    program.chmod(0o755)
    return Engine("docker", program, 1, "/")


def test_an_archive_of_another_version_than_asked_is_refused(
    places: Places, tmp_path: Path, recorder: Recorder
) -> None:
    told = json.dumps({"format": 1, "architecture": "amd64", "image": NAME})
    wish = NodeWish(archive(tmp_path, told), "1.33")
    with pytest.raises(
        ClusterError, match=r"makes nodes with Kubernetes 1\.34\.4, not 1\.33: take another archive"
    ):
        node_image(engine(tmp_path), wish, places, recorder)


def test_the_version_that_is_asked_for_chooses_the_image(
    places: Places, tmp_path: Path, recorder: Recorder
) -> None:
    offline = f"tutoriallab.dev/node:v{KUBERNETES}-0123456789ab"
    both = engine(tmp_path, NODE_IMAGE, offline)
    for version, image in {
        "": NODE_IMAGE,
        "1.34": NODE_IMAGE,
        "1.34.0": NODE_IMAGE,
        KUBERNETES: offline,
    }.items():
        assert node_image(both, NodeWish(version=version), places, recorder).name == image
    with pytest.raises(
        NoImage, match=rf"Kubernetes {KUBERNETES} is in the offline node image alone: give its archive"
    ):
        node_image(engine(tmp_path, NODE_IMAGE), NodeWish(version=KUBERNETES), places, recorder)
