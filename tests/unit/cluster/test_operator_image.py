import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from recorder import Recorder
from tutoriallab.cluster.engine import Engine
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.operator_image import (
    OperatorImage,
    bring,
    default_name,
    full_name,
    named,
    read_archive,
)
from tutoriallab.cluster.places import Places

CONFIG = "a" * 64
MANIFEST = "b" * 64
DIGEST = f"sha256:{'c' * 64}"


def archive(folder: Path, told: object) -> Path:
    path = folder / "operator.tar"
    content = json.dumps(told).encode()
    with tarfile.open(path, "w") as output:
        member = tarfile.TarInfo("manifest.json")
        member.size = len(content)
        output.addfile(member, io.BytesIO(content))
    return path


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f'#!/bin/sh\necho "$*" >> {folder}/{name}.asked\n{text}\n')
    path.chmod(0o755)
    return path


def engine(folder: Path, text: str) -> Engine:
    return Engine("docker", program(folder, "docker", text), 1, "/")


def nodes_with(config: str) -> str:
    """An engine with two nodes, the first of which has an image with this config."""
    return f"""case "$*" in
ps*) printf 'x-worker running\\nx-control-plane running\\n' ;;
"exec x-control-plane"*"images ls"*) echo "REF TYPE DIGEST"; echo "docker.io/t/o:1 t sha256:{MANIFEST} 1 MiB" ;;
"exec x-control-plane"*"content get sha256:{MANIFEST}") echo '{{"config": {{"digest": "sha256:{config}"}}}}' ;;
*) exit 1 ;;
esac"""


@pytest.mark.parametrize(
    ("reference", "image"),
    [
        ("registry.example:5000/a/operator:2", OperatorImage("registry.example:5000/a/operator", "2")),
        ("a/operator", OperatorImage("a/operator", "latest")),
        (f"a/operator@{DIGEST}", OperatorImage("a/operator", "", DIGEST)),
        (f"a/operator:2@{DIGEST}", OperatorImage("a/operator", "2", DIGEST)),
    ],
)
def test_a_reference_is_taken_apart_and_pulled(reference: str, image: OperatorImage) -> None:
    assert named(reference) == image
    assert image.name in (reference, f"{reference}:latest")


@pytest.mark.parametrize("reference", ["A B", "Upper/x", "a/b:", "a@sha256:12", "-x"])
def test_what_names_no_image_is_refused(reference: str) -> None:
    with pytest.raises(ClusterError, match="names no image: write it as registry/repository:tag"):
        named(reference)


def test_without_a_word_the_nodes_have_it_already_and_no_registry_is_asked() -> None:
    assert named("").name == default_name()
    assert named("").pull == "Never"


def test_an_archive_cannot_be_loaded_onto_nodes_that_are_not_ours(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="cannot be loaded onto nodes that are not ours"):
        named(str(archive(tmp_path, [])))


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("nginx:1", "docker.io/library/nginx:1"),
        ("t/o:1", "docker.io/t/o:1"),
        ("ghcr.io/t/o:1", "ghcr.io/t/o:1"),
        ("localhost/o:1", "localhost/o:1"),
        ("r:5000/o:1", "r:5000/o:1"),
    ],
)
def test_containerd_names_images_with_their_registry(name: str, full: str) -> None:
    assert full_name(name) == full


def test_an_archive_tells_its_image(tmp_path: Path) -> None:
    for config in (f"{CONFIG}.json", f"blobs/sha256/{CONFIG}"):
        path = archive(tmp_path, [{"RepoTags": ["t/o:1"], "Config": config}])
        assert read_archive(path) == ("t/o:1", f"sha256:{CONFIG}")


@pytest.mark.parametrize("told", [[], [{"RepoTags": None, "Config": ""}], {}, [{"RepoTags": ["a"]}]])
def test_an_archive_without_one_image_is_refused(tmp_path: Path, told: object) -> None:
    with pytest.raises(ClusterError, match="is no archive of one image"):
        read_archive(archive(tmp_path, told))


@pytest.mark.parametrize(
    ("has", "loaded_onto"),
    [(CONFIG, "x-worker"), ("d" * 64, "x-control-plane,x-worker")],
    ids=["the same", "an older one of the same name"],
)
def test_only_nodes_that_lack_the_image_get_it(
    places: Places, tmp_path: Path, recorder: Recorder, has: str, loaded_onto: str
) -> None:
    path = archive(tmp_path, [{"RepoTags": ["t/o:1"], "Config": f"{CONFIG}.json"}])
    kind = program(tmp_path, "kind", "")
    image = bring(str(path), "x", engine(tmp_path, nodes_with(has)), kind, places, recorder)
    assert image == OperatorImage("t/o", "1", "", "Never", f"sha256:{CONFIG}")
    asked = (tmp_path / "kind.asked").read_text()
    assert asked == f"load image-archive {path} --name x --nodes {loaded_onto}\n"


def test_an_image_of_the_engine_is_loaded_and_one_that_it_lacks_is_left_to_the_nodes(
    places: Places, tmp_path: Path, recorder: Recorder
) -> None:
    kind = program(tmp_path, "kind", "")
    here = engine(tmp_path, 'case "$*" in *t/o:1*Id*) echo sha256:1 ;; *t/o:1) ;; *) exit 1 ;; esac')
    assert bring("t/o:1", "x", here, kind, places, recorder) == OperatorImage(
        "t/o", "1", "", "Never", "sha256:1"
    )
    assert (tmp_path / "kind.asked").read_text() == "load docker-image t/o:1 --name x\n"
    assert bring("t/o:2", "x", here, kind, places, recorder) == OperatorImage("t/o", "2")


def test_without_any_image_the_ways_to_one_are_told(
    places: Places, tmp_path: Path, recorder: Recorder
) -> None:
    with pytest.raises(ClusterError, match=r"is not here: build it \(make operator-image, or docker build"):
        bring("", "x", engine(tmp_path, "exit 1"), Path("/kind"), replace(places, cache=tmp_path), recorder)


def test_kinds_own_words_are_told_when_it_cannot_load(
    places: Places, tmp_path: Path, recorder: Recorder
) -> None:
    path = archive(tmp_path, [{"RepoTags": ["t/o:1"], "Config": f"{CONFIG}.json"}])
    kind = program(tmp_path, "kind", "echo 'ERROR: no room' >&2; exit 1")
    with pytest.raises(ClusterError, match=r"cannot load the operator's image \(ERROR: no room\)"):
        bring(str(path), "x", engine(tmp_path, nodes_with("")), kind, places, recorder)
