"""Builds the operator's image without a registry: Debian's Python, the pinned packages, tutoriallab, nothing else.

Called by __main__.py. As small as the public one (Dockerfile): no shell, no package manager, a user that is not root.
"""

import re
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

from node_image import debian, layers, oci
from node_image.contents import Image
from node_image.layers import Tree
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Progress

ROOT = Path(__file__).resolve().parent.parent.parent
VERSION = version("tutoriallab")
NAME = f"tutoriallab/operator:{VERSION}"
#: Debian's Python is the 3.11 of its release; the packages are installed for it, whatever builds them.
PYTHON = "3.11"
#: What apt is asked for, and of what it brings the packages whose files are in the image.
PACKAGES = ("python3", "ca-certificates", "libstdc++6")
KEPT = (
    *("python3-minimal", "python3.11-minimal", "libpython3.11-minimal", "libpython3.11-stdlib"),
    *(
        "libc6",
        "libgcc-s1",
        "libstdc++6",
        "libexpat1",
        "zlib1g",
        "libssl3",
        "libffi8",
        "libbz2-1.0",
        "liblzma5",
    ),
    *("libuuid1", "libsqlite3-0", "ca-certificates", "base-files", "netbase"),
)
#: Links and files that no package lists, or that are made when one is installed.
_BESIDES = re.compile(
    r"\./(bin|lib|lib64|sbin|etc/ssl/certs/ca-certificates\.crt|etc/ld\.so\.cache|usr/lib64)$"
)
_SITE = "opt/tutoriallab"
_USER = "65532:65532"
_ACCOUNTS = "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/:/sbin/nologin\n"


def build(places: Places, progress: Progress, target: Path) -> str:
    """Write the image to `target`, as `docker load` takes it; its name. Raises ClusterError or OSError."""
    cache = places.cache / "operator-image"
    tar = debian.root("operator", PACKAGES, cache, progress)
    files = debian.files_of(tar, KEPT)

    def wanted(member: tarfile.TarInfo) -> bool:
        if not debian.in_image(member):
            return False
        return member.isdir() or member.name in files or bool(_BESIDES.match(member.name))

    progress.step("Packing Python", 0, 0)
    python = layers.of_tar(tar, wanted, cache / "layers")
    progress.step("Packing tutoriallab", 0, 0)
    packages = layers.of_tree(_site(cache / "site"), cache / "layers")
    image = Image(
        names=(NAME,),
        layers=("python", "packages"),
        entrypoint=("/usr/bin/python3", "-m", "tutoriallab"),
        command=("operator",),
        environment=(f"PYTHONPATH=/{_SITE}", "PYTHONDONTWRITEBYTECODE=1", "PYTHONUNBUFFERED=1"),
        labels=(("org.opencontainers.image.title", "tutoriallab operator"),),
        user=_USER,
    )
    settings = oci.config(image, [python, packages], places.architecture)
    target.parent.mkdir(parents=True, exist_ok=True)
    oci.archive(target, settings, [python, packages], NAME, ("tutoriallab.json", b"{}"))
    return NAME


def _site(folder: Path) -> Tree:
    """The pinned packages and tutoriallab itself, as Debian's Python imports them."""
    shutil.rmtree(folder, ignore_errors=True)
    for_debian = ["--python-version", PYTHON, "--only-binary", ":all:", "--require-hashes"]
    _pip(["--target", str(folder), *for_debian, "-r", str(ROOT / "requirements.lock")])
    _pip(["--target", str(folder), "--upgrade", "--no-deps", "--no-build-isolation", str(ROOT)])
    shutil.rmtree(folder / "bin", ignore_errors=True)
    tree = Tree().copy(folder, _SITE)
    return (
        tree.file("etc/passwd", _ACCOUNTS)
        .file("etc/group", "root:x:0:\nnonroot:x:65532:\n")
        .folder("tmp", 0o1777)
    )


def _pip(arguments: list[str]) -> None:
    options = ["--quiet", "--disable-pip-version-check", "--no-compile"]
    command = [sys.executable, "-m", "pip", "install", *options, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        words = " | ".join(done.stderr.strip().splitlines()[-4:])
        raise ClusterError(f"pip cannot install what the image needs ({words}): see that its index answers.")
