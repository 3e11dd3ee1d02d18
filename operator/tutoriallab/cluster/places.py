"""Where programs are looked for and where clusters live; made once by the CLI and handed down as a value.

The operator's own settings are in settings.py; these belong to the command line on the user's machine.
"""

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tutoriallab.cluster.pins import PROGRAMS, Site

_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def setting_name(program: str) -> str:
    """The environment variable that names a program's path: TUTORIALLAB_KUBE_APISERVER for kube-apiserver."""
    return "TUTORIALLAB_" + program.upper().replace("-", "_")


@dataclass(frozen=True)
class Places:
    """Folders, addresses and limits of this machine; `from_environment` names every environment variable."""

    cache: Path
    """Programs, clusters and recorded hashes; only the kubeconfig's context is written elsewhere."""
    programs: Mapping[str, Path] = field(default_factory=dict)
    """Programs that the user named: name to path."""
    search_path: str = ""
    """PATH, for programs and for go."""
    sites: Mapping[Site, str] = field(
        default_factory=lambda: {"kubernetes": "https://dl.k8s.io", "github": "https://github.com"}
    )
    github_api: str = "https://api.github.com"
    downloads: bool = True
    builds: bool = True
    connect_timeout: float = 3.0
    """Seconds to wait for a site's first answer; short, as without a network the build takes over."""
    read_timeout: float = 30.0
    """Seconds without a byte after which a download counts as cut."""
    audit_policy: Path | None = None
    """What the API servers of clusters that are made log of requests to logs/audit.log; nothing, but in our tests."""
    system: str = field(default_factory=lambda: platform.system().lower())
    architecture: str = field(
        default_factory=lambda: _ARCHITECTURES.get(platform.machine(), platform.machine())
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Places":
        """Places from the environment: TUTORIALLAB_CACHE or XDG_CACHE_HOME or HOME, PATH, and

        TUTORIALLAB_DOWNLOAD_URL (a mirror with the publishers' paths, or `off`), TUTORIALLAB_BUILD (`off`),
        TUTORIALLAB_KUBECTL, TUTORIALLAB_KUBE_APISERVER and so on (a program's path).
        """
        home = Path(environment.get("HOME") or str(Path.home()))
        caches = Path(environment.get("XDG_CACHE_HOME") or home / ".cache")
        mirror = environment.get("TUTORIALLAB_DOWNLOAD_URL", "").rstrip("/")
        given = {
            name: Path(path).expanduser()
            for name in PROGRAMS
            if (path := environment.get(setting_name(name)))
        }
        places = cls(
            cache=Path(environment.get("TUTORIALLAB_CACHE") or caches / "tutoriallab")
            .expanduser()
            .absolute(),
            programs=given,
            search_path=environment.get("PATH", ""),
            downloads=mirror != "off",
            builds=environment.get("TUTORIALLAB_BUILD", "") != "off",
        )
        return places.mirrored(mirror) if mirror not in ("", "off") else places

    def mirrored(self, base: str) -> "Places":
        """The same with all downloads from one address that has the publishers' paths."""
        fields = {**self.__dict__, "sites": {"kubernetes": base, "github": base}, "github_api": base}
        return Places(**fields)

    def program_folder(self, version: str) -> Path:
        """Where programs of one version are cached."""
        return self.cache / "programs" / version

    def cluster_folder(self, name: str) -> Path:
        """What we keep about one cluster: kubeconfig, the context before, the operator's log."""
        return self.cache / "clusters" / name

    def node_archive(self, version: str) -> Path:
        """Where `make node-image` puts the archive of the offline node image."""
        return self.cache / "node-image" / f"node-v{version}-{self.architecture}.tar"

    def operator_archive(self, version: str) -> Path:
        """Where `make operator-image` puts the archive of the operator's image."""
        return self.cache / f"operator-{version}.tar"

    @property
    def kwok_folder(self) -> Path:
        """kwokctl's own folder; it keeps a cluster in clusters/NAME below it."""
        return self.cache / "kwok"

    def kwok_cluster(self, name: str) -> Path:
        """kwokctl's folder of one cluster: data, certificates, logs, pids."""
        return self.kwok_folder / "clusters" / name
