import io
import tarfile
from pathlib import Path

import pytest

from node_image import debian

STATUS = "Package: bash\nVersion: 5.2\nSection: shells\n\nPackage: gone\nStatus: deinstall\n\nPackage: nginx\nVersion: 1.22.1-9\n"
LIST = "/.\n/lib\n/lib/systemd\n/lib/systemd/system/nginx.service\n/usr/sbin/nginx\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "./var/lib/dpkg/status": STATUS,
        "./var/lib/dpkg/info/nginx.list": LIST,
        "./var/lib/dpkg/info/libc6:amd64.list": "/.\n/lib64\n/lib64/ld.so\n",
    }
    target = tmp_path / "root.tar"
    with tarfile.open(target, "w") as output:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            output.addfile(member, io.BytesIO(text.encode()))
    return target


def test_the_files_of_a_package_are_where_a_merged_usr_has_them(root: Path) -> None:
    assert debian.files_of(root, ["nginx", "libc6"]) == {
        "./usr/lib/systemd",
        "./usr/lib/systemd/system/nginx.service",
        "./usr/sbin/nginx",
        "./usr/lib64/ld.so",
    }


def test_installed_packages_are_told_with_their_versions(root: Path) -> None:
    assert debian.versions(root) == {"bash": "5.2", "nginx": "1.22.1-9"}


@pytest.mark.parametrize(
    ("name", "belongs"),
    [
        ("./etc/passwd", True),
        ("./var/lib/nginx", True),
        ("./dev/null", False),
        ("./var/cache/apt/pkgcache.bin", False),
        ("./var/log/nginx", False),
        ("./run/lock", False),
    ],
)
def test_what_lives_only_while_it_runs_is_in_no_image(name: str, belongs: bool) -> None:
    assert debian.in_image(tarfile.TarInfo(name)) is belongs
