import io
import json
import tarfile
from pathlib import Path

import pytest

from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.node_image import NodeImage, read_name

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
