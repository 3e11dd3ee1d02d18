"""Which programs make a cluster, at which version, and where their publishers offer them.

Pure; read by programs.py, download.py, build.py and doctor.py, and by what builds the offline node image. A version
is raised here and in hack/programs.
"""

import re
from dataclasses import dataclass
from typing import Literal

KUBERNETES = "1.34.4"
ETCD = "3.6.8"
KWOK = "0.7.0"
KIND = "0.33.0"
HELM = "3.19.4"
#: The node image of this minor version of Kubernetes, with the digest that kind's own release notes and code name.
NODE_IMAGE = "kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a"

Site = Literal["kubernetes", "github"]
Version = tuple[int, int, int]


@dataclass(frozen=True)
class Module:
    """One pinned Go module: a folder of hack/programs that builds one or more programs."""

    name: str
    version: str
    ldflags: str


@dataclass(frozen=True)
class Program:
    """One program: how it is built, where it is published, which versions of it serve."""

    name: str
    module: Module
    package: str
    site: Site = "github"
    path: str = ""
    """Path below the site, with {os}, {arch} and {version}. A .tar.gz holds the program as `member`.

    Empty: it is only built.
    """
    checksums: str = ""
    """Path of the checksums: a lone hash, a SHA256SUMS file, or GitHub's description of a release."""
    serves: tuple[tuple[int, int], ...] = ()
    """Versions (major, minor) that are good enough when found on PATH."""
    member: str = ""
    version_arguments: tuple[str, ...] = ("--version",)


# A plain `go build` would call itself v0.0.0, and `kubectl version` would show it.
_KUBERNETES = Module(
    "kubernetes",
    KUBERNETES,
    "-s -w"
    f" -X k8s.io/component-base/version.gitVersion=v{KUBERNETES}"
    " -X k8s.io/component-base/version.gitMajor=1"
    " -X k8s.io/component-base/version.gitMinor=34",
)
_ETCD = Module("etcd", ETCD, "-s -w")
_KIND = Module("kind", KIND, "-s -w")
# helm asks a chart's kubeVersion of the cluster; without one, of what it was built for.
_HELM = Module(
    "helm",
    HELM,
    "-s -w"
    f" -X helm.sh/helm/v3/internal/version.version=v{HELM}"
    " -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1"
    " -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=34",
)
_KWOK = Module("kwok", KWOK, f"-s -w -X sigs.k8s.io/kwok/pkg/consts.Version=v{KWOK}")


def _kubernetes(name: str, *serves: tuple[int, int], arguments: tuple[str, ...] = ("--version",)) -> Program:
    path = "release/v{version}/bin/{os}/{arch}/" + name
    return Program(
        name=name,
        module=_KUBERNETES,
        package=f"k8s.io/kubernetes/cmd/{name}",
        site="kubernetes",
        path=path,
        checksums=path + ".sha256",
        serves=serves or ((1, 34),),
        version_arguments=arguments,
    )


def _kwok(name: str) -> Program:
    # kwok publishes no checksum file; what GitHub itself computed at upload is in the release's description.
    return Program(
        name=name,
        module=_KWOK,
        package=f"sigs.k8s.io/kwok/cmd/{name}",
        site="github",
        path="kubernetes-sigs/kwok/releases/download/v{version}/" + name + "-{os}-{arch}",
        checksums="repos/kubernetes-sigs/kwok/releases/tags/v{version}",
        serves=((0, 7),),
    )


PROGRAMS: dict[str, Program] = {
    program.name: program
    for program in (
        Program(
            name="etcd",
            module=_ETCD,
            package="go.etcd.io/etcd/server/v3",
            site="github",
            path="etcd-io/etcd/releases/download/v{version}/etcd-v{version}-{os}-{arch}.tar.gz",
            checksums="etcd-io/etcd/releases/download/v{version}/SHA256SUMS",
            serves=((3, 5), (3, 6)),
            member="etcd-v{version}-{os}-{arch}/etcd",
        ),
        _kwok("kwok"),
        _kwok("kwokctl"),
        _kubernetes("kube-apiserver"),
        _kubernetes("kube-controller-manager"),
        _kubernetes("kube-scheduler"),
        _kubernetes("kubectl", (1, 33), (1, 34), (1, 35), arguments=("version", "--client")),
        Program(
            name="kind",
            module=_KIND,
            package="sigs.k8s.io/kind",
            path="kubernetes-sigs/kind/releases/download/v{version}/kind-{os}-{arch}",
            checksums="kubernetes-sigs/kind/releases/download/v{version}/kind-{os}-{arch}.sha256sum",
            serves=((0, 30), (0, 31), (0, 32), (0, 33)),
        ),
        Program(
            name="helm",
            module=_HELM,
            package="helm.sh/helm/v3/cmd/helm",
            serves=((3, 17), (3, 18), (3, 19), (3, 20), (3, 21), (3, 22)),
            version_arguments=("version", "--short"),
        ),
    )
}

#: The programs of the embedded cluster.
EMBEDDED = tuple(name for name in PROGRAMS if name not in ("kind", "helm"))
#: What only the nodes of a kind cluster run; they come in a node image, ours is built with these.
NODE_PROGRAMS = tuple(_kubernetes(name) for name in ("kubeadm", "kubelet", "kube-proxy"))

_VERSION = re.compile(r"\bv?(\d+)\.(\d+)\.(\d+)")


def parse_version(output: str) -> Version | None:
    """First version in a program's own words (`Kubernetes v1.34.4`, `etcd Version: 3.6.8`), or None."""
    found = _VERSION.search(output)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def serves(program: Program, version: Version) -> bool:
    """Whether this version of a program may be used: the same minor, one aside for kubectl."""
    return version[:2] in program.serves


def wanted(program: Program) -> str:
    """The versions that serve, as a person writes them: `1.33.x, 1.34.x or 1.35.x`."""
    names = [f"{major}.{minor}.x" for major, minor in program.serves]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
