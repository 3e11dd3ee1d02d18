"""Root file systems of Debian packages, made by mmdebstrap from the mirrors that this machine's apt uses.

Called by build.py. A made one is kept in the cache, by what went into it, until `--fresh` asks for today's packages.
"""

import hashlib
import re
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from node_image.contents import SUITE
from node_image.layers import read_files
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.progress import Progress

#: What nobody reads in a container.
_LEFT_OUT = (
    *(
        "/usr/share/doc/*",
        "/usr/share/man/*",
        "/usr/share/info/*",
        "/usr/share/locale/*",
        "/usr/share/lintian/*",
    ),
    *("/usr/share/bash-completion/*", "/usr/share/zoneinfo/*", "/usr/lib/udev/hwdb*", "/usr/share/bug/*"),
)
_NOT_IN_AN_IMAGE = re.compile(r"\./(dev/.+|proc/.+|sys/.+|run/.+|var/(cache|log)/.+|var/lib/apt/lists/.+)")
_LINKS = frozenset({"./bin", "./sbin", "./lib", "./lib64"})
_STATUS = "./var/lib/dpkg/status"


def root(name: str, packages: Sequence[str], cache: Path, progress: Progress) -> Path:
    """A tar of Debian with these packages; raises ClusterError with mmdebstrap's own last words."""
    key = hashlib.sha256("\n".join([SUITE, *_LEFT_OUT, *packages]).encode()).hexdigest()[:12]
    target = cache / f"debian-{name}-{key}.tar"
    if target.exists():
        return target
    program = shutil.which("mmdebstrap")
    if program is None:
        raise ClusterError("mmdebstrap is not on PATH: install it (apt-get install mmdebstrap).")
    progress.step(f"Getting Debian packages for the {name}", 0, 0)
    cache.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part.tar")
    command = [
        *(program, "--variant=minbase", f"--include={','.join(packages)}", "--skip=output/dev"),
        *(f"--dpkgopt=path-exclude={one}" for one in _LEFT_OUT),
        *(f"--aptopt={one}" for one in _apt_options()),
        *("--aptopt=APT::Install-Recommends false", SUITE, str(part), *_mirrors()),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        part.unlink(missing_ok=True)
        words = " | ".join(done.stderr.strip().splitlines()[-4:])
        raise ClusterError(
            f"mmdebstrap failed ({words}): see that `apt-get update` works, and run this again."
        )
    for old in cache.glob(f"debian-{name}-*.tar"):
        if old != part:
            old.unlink()
    part.replace(target)
    return target


def in_image(member: tarfile.TarInfo) -> bool:
    """Whether a member of such a tar belongs into an image: no devices, nothing that lives only while it runs."""
    return not (member.isdev() or _NOT_IN_AN_IMAGE.match(member.name))


def files_of(tar: Path, packages: Sequence[str]) -> frozenset[str]:
    """The paths (./usr/…) of the files that these packages brought, of those that are installed."""
    lists = {
        f"./var/lib/dpkg/info/{one}{suffix}.list" for one in packages for suffix in ("", ":amd64", ":arm64")
    }
    found: set[str] = set()
    for text in read_files(tar, lists).values():
        found |= {f".{path}" for path in text.decode().splitlines() if path != "/."}
    # A package lists the folders above its files, too; of those, the links into /usr belong to Debian itself.
    return frozenset(_merged(path) for path in found) - _LINKS


def versions(tar: Path) -> dict[str, str]:
    """Every installed package with its version."""
    status = read_files(tar, [_STATUS])[_STATUS].decode()
    blocks = [
        dict(re.findall(r"^(Package|Version): (.+)$", block, re.MULTILINE)) for block in status.split("\n\n")
    ]
    return {one["Package"]: one["Version"] for one in blocks if "Version" in one}


def _merged(path: str) -> str:
    # /bin, /sbin and /lib are links into /usr, whatever a package's list says.
    return re.sub(r"^\./(bin|sbin|lib|lib64)/", r"./usr/\1/", path)


def _mirrors() -> list[str]:
    """Debian's mirrors of this suite as apt has them here; none: mmdebstrap's own default."""
    asked = subprocess.run(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(ORIGIN)|$(CODENAME)|$(SITE)|$(COMPONENT)",
            "Created-By: Packages",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [line.split("|") for line in asked.stdout.splitlines()]
    return sorted(
        f"deb {site} {name} {component}"
        for origin, name, site, component in rows
        if origin == "Debian" and component == "main" and name.startswith(SUITE)
    )


def _apt_options() -> list[str]:
    """Proxies and the like that this machine's apt needs to reach its mirrors."""
    dumped = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False).stdout
    kept = re.findall(r'^(Acquire::(?:https?::|Check-|Retries)[^ ]*) "(.+)";$', dumped, re.MULTILINE)
    return [f'{name} "{value}"' for name, value in kept]
