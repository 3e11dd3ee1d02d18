import json
import tarfile
from pathlib import Path

from node_image import oci
from node_image.contents import Image
from node_image.layers import Tree, of_tree

LABELS = (("dev.tutoriallab.stand-in-for", "nginx:1.17.1"),)


def test_a_layout_names_every_image_and_keeps_a_shared_layer_once(tmp_path: Path) -> None:
    base = of_tree(Tree().file("a", "x"), tmp_path)
    images = [
        Image(("nginx:1.17.1",), ("base",), command=("nginx",), labels=LABELS),
        Image(("busybox", "busybox:1.30"), ("base",)),
    ]
    made = oci.layout(images, {"base": base}, "amd64", "kind/images").entries
    index = json.loads(str(made["kind/images/index.json"].content, "utf-8"))  # type: ignore[arg-type]
    names = [one["annotations"]["io.containerd.image.name"] for one in index["manifests"]]
    assert names == [
        "docker.io/library/nginx:1.17.1",
        "docker.io/library/busybox:latest",
        "docker.io/library/busybox:1.30",
    ]
    blobs = [path for path in made if "/blobs/" in path]
    # One layer, two configurations, two manifests.
    assert len(blobs) == 5


def test_a_configuration_says_how_it_is_started_and_what_it_stands_in_for(tmp_path: Path) -> None:
    base = of_tree(Tree().file("a", "x"), tmp_path)
    image = Image(("nginx:1.17.1",), ("base",), command=("nginx",), labels=LABELS, ports=("80/tcp",))
    told = json.loads(oci.config(image, [base], "amd64").content)
    assert told["config"] == {
        "Cmd": ["nginx"],
        "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        "ExposedPorts": {"80/tcp": {}},
        "Labels": {"dev.tutoriallab.stand-in-for": "nginx:1.17.1"},
    }
    assert told["rootfs"]["diff_ids"] == [f"sha256:{base.diff_id}"]


def test_an_archive_begins_with_what_is_in_it(tmp_path: Path) -> None:
    base = of_tree(Tree().file("a", "x"), tmp_path)
    settings = oci.config(Image((), ()), [base], "amd64")
    target = tmp_path / "node.tar"
    oci.archive(target, settings, [base], "node:1", ("tutoriallab.json", b"{}"))
    with tarfile.open(target) as given:
        assert given.getnames() == [
            "tutoriallab.json",
            "manifest.json",
            f"{settings.digest}.json",
            f"{base.diff_id}.tar",
        ]
        listed = given.extractfile("manifest.json")
        assert listed
        [one] = json.load(listed)
    assert one == {
        "Config": f"{settings.digest}.json",
        "RepoTags": ["node:1"],
        "Layers": [f"{base.diff_id}.tar"],
    }
