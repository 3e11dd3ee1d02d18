"""Builds the node image, stage by stage: programs, Debian, layers, images, the node, one archive.

Called by __main__.py. Everything that takes long is kept in the cache: a warm build takes seconds.
"""

import hashlib
import json
import re
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from node_image import contents, debian, layers, manifests, oci
from node_image.layers import Layer, Tree
from node_image.stand_ins import busybox, page, settings
from tutoriallab.cluster import build as builds
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.pins import KUBERNETES, NODE_PROGRAMS, PROGRAMS, Module, Program
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress
from tutoriallab.data import programs_dir

HERE = Path(__file__).resolve().parent
#: First in the archive, so that it is read without reading the rest.
VERSIONS = "tutoriallab.json"
_CONTROL_PLANE = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kubectl")
_ON_THE_NODE = ("kubeadm", "kubelet", "kubectl")
_INIT = ("/usr/local/bin/entrypoint", "/usr/local/sbin/keep-in", "/sbin/init")
_SYSTEMD = "etc/systemd/system"
_SERVICES = ("containerd", "kubelet", "registry", "undo-mount-hacks")
#: What Debian starts at boot and a node in a container has no use for; the same as in kind's own image.
_NOT_STARTED = re.compile(
    r"\./(etc/systemd/system/.+\.wants/.+"
    r"|usr/lib/systemd/system/((multi-user|local-fs|basic)\.target\.wants/.+"
    r"|sockets\.target\.wants/.*(udev|initctl).*|sysinit\.target\.wants/systemd-tmpfiles-setup\.service))"
)


@dataclass
class Workshop:
    """Where a build works, and what it has made so far."""

    places: Places
    progress: Progress
    cache: Path
    programs: dict[str, Path] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)
    debian: dict[str, dict[str, str]] = field(default_factory=dict)

    def layer(self, name: str, tree: Tree) -> None:
        """Make a layer of files."""
        self.progress.step(f"Packing {name}", 0, 0)
        self.layers[name] = layers.of_tree(tree, self.cache / "layers")


def build(places: Places, progress: Progress, target: Path) -> str:
    """Write the archive of the node image to `target`; the image's name. Raises ClusterError or OSError."""
    shop = Workshop(places, progress, places.cache / "node-image")
    shop.cache.mkdir(parents=True, exist_ok=True)
    _programs(shop)
    _pause(shop)
    _stand_ins(shop)
    _system(shop)
    node = _node(shop)
    return _archive(shop, node, target)


def _programs(shop: Workshop) -> None:
    """Every program at exactly its pinned version: of the cache, or built; PATH may hold another patch."""
    wanted: dict[Module, list[Program]] = {}
    for program in (*(PROGRAMS[name] for name in _CONTROL_PLANE), *NODE_PROGRAMS, *contents.PROGRAMS):
        shop.programs[program.name] = shop.places.program_folder(program.module.version) / program.name
        if not shop.programs[program.name].is_file():
            wanted.setdefault(program.module, []).append(program)
    for module, missing in wanted.items():
        try:
            builds.build(module, missing, shop.places, shop.progress)
        except builds.BuildError as failure:
            raise ClusterError(f"{module.name} cannot be built: {failure}.") from failure
    go = builds.find_go(shop.places)
    for name in contents.OWN_PROGRAMS:
        shop.programs[name] = shop.cache / "programs" / name
        arguments = [
            "build",
            "-trimpath",
            "-buildvcs=false",
            "-ldflags",
            "-s -w",
            "-o",
            str(shop.programs[name]),
        ]
        _run([str(go), *arguments, f"./{name}"], HERE / "programs")


def _pause(shop: Workshop) -> None:
    """Kubernetes' own pause, from its module: the one program here that is written in C."""
    module = _module_folder(shop, "kubernetes", "k8s.io/kubernetes")
    shop.programs["pause"] = shop.cache / "programs" / "pause"
    source = module / "build" / "pause" / "linux" / "pause.c"
    options = ["-Os", "-Wall", "-Werror", "-static", f"-DVERSION=v{contents.PAUSE}"]
    _run(["cc", *options, "-o", str(shop.programs["pause"]), str(source)], shop.cache)


def _stand_ins(shop: Workshop) -> None:
    tar = debian.root("stand-ins", contents.STAND_IN_PACKAGES, shop.cache, shop.progress)
    shop.debian["stand-ins"] = debian.versions(tar)
    groups = {name: debian.files_of(tar, packages) for name, packages in contents.GROUPS.items()}
    grouped = frozenset[str]().union(*groups.values())

    def common(member: tarfile.TarInfo) -> bool:
        return debian.in_image(member) and (member.isdir() or member.name not in grouped)

    shop.progress.step("Packing debian", 0, 0)
    shop.layers["debian"] = layers.of_tar(tar, common, shop.cache / "layers")
    for name in ("nginx", "redis", "network"):
        shop.progress.step(f"Packing {name}", 0, 0)
        shop.layers[name] = layers.of_tar(tar, _only(groups[name]), shop.cache / "layers")
    shop.layer("busybox", busybox(tar, shop.cache / "programs" / "busybox"))
    for name in ("nginx-settings", "network-settings", "tomcat"):
        shop.layer(name, settings(name, shop.programs))
    for image in contents.images():
        for name in image.layers:
            if name.startswith("page-"):
                shop.layer(name, page(image.names[0]))


def _only(files: frozenset[str]) -> Callable[[tarfile.TarInfo], bool]:
    return lambda member: debian.in_image(member) and member.name in files


def _system(shop: Workshop) -> None:
    single = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd", "kube-proxy", "coredns")
    for name in (*single, "local-path-provisioner", "routes"):
        shop.layer(name, Tree().program(f"usr/local/bin/{name}", shop.programs[name]).folder("tmp", 0o1777))
    shop.layer("pause", Tree().program("pause", shop.programs["pause"]))


def _node(shop: Workshop) -> list[Layer]:
    """The node's layers: Debian, Kubernetes on it, and the images that its registry serves."""
    tar = debian.root("node", contents.NODE_PACKAGES, shop.cache, shop.progress)
    shop.debian["node"] = debian.versions(tar)

    def started(member: tarfile.TarInfo) -> bool:
        return debian.in_image(member) and not _NOT_STARTED.match(member.name)

    shop.progress.step("Packing the node", 0, 0)
    bottom = layers.of_tar(tar, started, shop.cache / "layers")
    top = layers.of_tree(_node_files(shop), shop.cache / "layers")
    kept = oci.layout(contents.images(), shop.layers, shop.places.architecture, "kind/images")
    kept.file("kind/versions.json", json.dumps(_versions(shop), indent=1, sort_keys=True))
    shop.progress.step("Packing the images of the cluster", 0, 0)
    return [bottom, top, layers.of_tree(kept, shop.cache / "layers")]


def _node_files(shop: Workshop) -> Tree:
    kind = _module_folder(shop, "kind", contents.KIND_FILES)
    tree = Tree().copy(kind / "images" / "base" / "files").copy(HERE / "node")
    # The Go module cache keeps no execute bits.
    for path in list(tree.entries):
        if path.startswith(("usr/local/", "kind/bin/")):
            tree.program(path, _content(tree, path))
    tree.file("kind/LICENSE", kind / "LICENSE").file("kind/version", f"v{KUBERNETES}")
    cni = "kind/manifests/default-cni.yaml"
    tree.file(cni, manifests.network((HERE / "node" / cni).read_text()))
    local_path = _module_folder(shop, "local-path-provisioner", "github.com/rancher/local-path-provisioner")
    published = (local_path / "deploy" / "local-path-storage.yaml").read_text()
    tree.file("kind/manifests/default-storage.yaml", manifests.storage(published))
    for name in _ON_THE_NODE:
        tree.program(f"usr/bin/{name}", shop.programs[name])
    tree.program("usr/local/sbin/registry", shop.programs["registry"])
    # kind's files look where kind puts what Debian has elsewhere.
    tree.link("usr/local/bin/containerd", "/usr/bin/containerd").link("opt/cni/bin", "/usr/lib/cni")
    for name in _SERVICES:
        tree.link(f"{_SYSTEMD}/multi-user.target.wants/{name}.service", f"/{_SYSTEMD}/{name}.service")
    for name in contents.MASKED:
        tree.link(f"{_SYSTEMD}/{name}", "/dev/null")
    tree.link(f"{_SYSTEMD}/default.target", "/lib/systemd/system/multi-user.target")
    return tree.folder("etc/kubernetes/manifests").folder("etc/cni/net.d")


def _content(tree: Tree, path: str) -> bytes | Path:
    content = tree.entries[path].content
    assert content is not None, path  # noqa: S101
    return content


def _archive(shop: Workshop, node: list[Layer], target: Path) -> str:
    shop.progress.step(f"Writing {target}", 0, 0)
    image = contents.Image(
        names=(), layers=(), entrypoint=_INIT, environment=("container=docker",), stop_signal="SIGRTMIN+3"
    )
    settings = oci.config(image, node, shop.places.architecture)
    # Named after what is in it: an engine that has this name has this image.
    name = f"tutoriallab.dev/node:v{KUBERNETES}-{settings.digest[:12]}"
    described = {**_versions(shop), "image": name, "id": f"sha256:{settings.digest}"}
    target.parent.mkdir(parents=True, exist_ok=True)
    oci.archive(target, settings, node, name, (VERSIONS, json.dumps(described, indent=1).encode()))
    layers.forget_others(shop.cache / "layers", [*node, *shop.layers.values()])
    return name


def _versions(shop: Workshop) -> dict[str, object]:
    """Exact versions of all that is in the image, for people and for `up --offline`."""
    modules = {
        program.name: program.module.version
        for program in (*PROGRAMS.values(), *NODE_PROGRAMS, *contents.PROGRAMS)
    }
    return {
        "format": 1,
        "kubernetes": KUBERNETES,
        "architecture": shop.places.architecture,
        "images": {
            name: dict(image.labels).get(contents.STAND_IN, "")
            for image in contents.images()
            for name in image.names
        },
        "programs": {
            name: {"version": modules.get(name, ""), "sha256": _sha256(path)}
            for name, path in sorted(shop.programs.items())
        },
        "debian": shop.debian,
    }


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _module_folder(shop: Workshop, name: str, module: str) -> Path:
    """Where go keeps the sources of a pinned module; go.sum has proven them."""
    go = str(builds.find_go(shop.places))
    _run([go, "mod", "download", module], programs_dir() / name)
    return Path(_run([go, "list", "-m", "-f", "{{.Dir}}", module], programs_dir() / name).strip())


def _run(command: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, env=builds.environment(), capture_output=True, text=True, check=False
        )
    except FileNotFoundError as failure:
        raise ClusterError(f"{command[0]} is not on PATH: install it (apt-get install gcc).") from failure
    if done.returncode != 0:
        words = " | ".join(done.stderr.strip().splitlines()[-4:])
        raise ClusterError(f"{' '.join(command[:2])} failed: {words}")
    return done.stdout
