import re

import pytest

from node_image.contents import STAND_IN, full_name, images
from tutoriallab.cluster.lab_images import IMAGES, MADE
from tutoriallab.data import labs_dir

#: A word of a lab's text, and an image that a lab names because nobody has it.
NOT_MEANT_TO_BE_FOUND = {"version", "nginx:1.17.99"}


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("nginx", "docker.io/library/nginx:latest"),
        ("nginx:1.17.1", "docker.io/library/nginx:1.17.1"),
        ("rancher/thing", "docker.io/rancher/thing:latest"),
        ("registry.k8s.io/coredns/coredns:v1.12.1", "registry.k8s.io/coredns/coredns:v1.12.1"),
        ("localhost:5000/a", "localhost:5000/a:latest"),
    ],
)
def test_names_are_what_containerd_asks_for(name: str, full: str) -> None:
    assert full_name(name) == full


def test_every_image_that_a_lab_names_is_there_on_both_kinds_of_nodes() -> None:
    files = [file for file in labs_dir().rglob("*") if file.suffix in (".yaml", ".sh")]
    found = {
        name
        for file in files
        for name in re.findall(
            r"^\s*(?:- )?image: ([\w./-]+(?::[\w.-]+)?)\s*$", file.read_text(), re.MULTILINE
        )
    }
    named = {full_name(name) for name in found - NOT_MEANT_TO_BE_FOUND}
    assert named
    assert named <= {full_name(name) for image in images() for name in image.names}
    assert named <= {full_name(name) for name in (*IMAGES, *MADE)}


def test_what_is_not_the_clusters_own_says_that_it_is_a_stand_in() -> None:
    for image in images():
        own = image.names[0].startswith(("registry.k8s.io/", "tutoriallab.dev/"))
        assert (dict(image.labels).get(STAND_IN) == image.names[0]) is not own
