"""What the node image holds: Debian packages, programs, and the images that its cluster can run; pure.

Read by the stages of build.py. The tags of Kubernetes' own images are those that kubeadm of this version names.
"""

from dataclasses import dataclass

from tutoriallab.cluster.pins import KUBERNETES, Module, Program

SUITE = "bookworm"
#: Debian's systemd 252 still starts on hosts with cgroup v1; newer ones refuse.
NODE_PACKAGES = (
    *("systemd", "systemd-sysv", "dbus", "containerd", "runc", "containernetworking-plugins"),
    *("iptables", "nftables", "ebtables", "conntrack", "iproute2", "ethtool", "socat", "kmod", "mount"),
    *("util-linux", "procps", "hostname", "jq", "curl", "ca-certificates", "pigz", "e2fsprogs"),
)
#: One Debian for all stand-ins; each image takes of it what is its own (see GROUPS).
STAND_IN_PACKAGES = (
    *("bash", "coreutils", "grep", "sed", "findutils", "hostname", "procps", "busybox-static"),
    *("nginx-light", "redis-server", "iptables", "nftables", "conntrack", "iproute2", "kmod"),
)
#: Packages whose files are in an image's own layer, and in no other image.
GROUPS = {
    "nginx": ("nginx", "nginx-light", "nginx-common", "libnginx-mod-http-echo"),
    "redis": ("redis-server", "redis-tools"),
    "network": ("iptables", "nftables", "conntrack", "kmod"),
    "busybox": ("busybox-static",),
}
#: systemd's units that a node in a container has no use for.
MASKED = (
    *("getty.target", "console-getty.service", "systemd-logind.service", "systemd-binfmt.service"),
    *("systemd-udevd.service", "systemd-tmpfiles-setup.service", "e2scrub_reap.service"),
)

ETCD_TAG = "3.6.5-0"
COREDNS = "1.12.1"
PAUSE = "3.10.1"
LOCAL_PATH = "0.0.30"
KIND_FILES = "sigs.k8s.io/kind"

_COREDNS = Module("coredns", COREDNS, "-s -w")
_LOCAL_PATH = Module("local-path-provisioner", LOCAL_PATH, f"-s -w -X main.VERSION=v{LOCAL_PATH}")

#: Programs that only a node needs; none of them is looked for on PATH.
PROGRAMS = (
    Program("coredns", _COREDNS, "github.com/coredns/coredns"),
    Program("local-path-provisioner", _LOCAL_PATH, "github.com/rancher/local-path-provisioner"),
)
#: Our own small ones, in programs/.
OWN_PROGRAMS = ("registry", "routes", "tomcat")

#: Name of the marker that stand-ins carry as an OCI label; its value is the image that they stand in for.
STAND_IN = "dev.tutoriallab.stand-in-for"


@dataclass(frozen=True)
class Image:
    """One image under its names: layers by their names in build.py, from the lowest, and how it is started."""

    names: tuple[str, ...]
    layers: tuple[str, ...]
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    environment: tuple[str, ...] = ("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",)
    labels: tuple[tuple[str, str], ...] = ()
    ports: tuple[str, ...] = ()
    stop_signal: str = ""
    folder: str = ""
    user: str = ""


def images() -> list[Image]:
    """All images of the cluster: its own parts, and the stand-ins for what labs name."""
    return [*_system(), *_nginx(), *_others()]


def full_name(name: str) -> str:
    """The name that containerd asks for: `nginx` is docker.io/library/nginx:latest."""
    path, _, tag = name.partition(":") if "/" not in name else _tagged(name)
    host, slash, _ = path.partition("/")
    if not slash:
        path = f"docker.io/library/{path}"
    elif "." not in host and ":" not in host and host != "localhost":
        path = f"docker.io/{path}"
    return f"{path}:{tag or 'latest'}"


def _tagged(name: str) -> tuple[str, str, str]:
    folder, _, last = name.rpartition("/")
    base, colon, tag = last.partition(":")
    return f"{folder}/{base}", colon, tag


def _program(image: str, program: str, *command: str, own: str = "") -> Image:
    return Image((image,), (own or program,), (f"/usr/local/bin/{program}",), command)


def _system() -> list[Image]:
    registry = "registry.k8s.io"
    control = ("kube-apiserver", "kube-controller-manager", "kube-scheduler")
    return [
        *(Image((f"{registry}/{name}:v{KUBERNETES}",), (name,), (), (name,)) for name in control),
        Image(
            (f"{registry}/kube-proxy:v{KUBERNETES}",), ("debian", "network", "network-settings", "kube-proxy")
        ),
        Image((f"{registry}/etcd:{ETCD_TAG}",), ("etcd",)),
        _program(f"{registry}/coredns/coredns:v{COREDNS}", "coredns"),
        Image((f"{registry}/pause:{PAUSE}", f"{registry}/pause:3.10"), ("pause",), ("/pause",)),
        Image(
            (f"tutoriallab.dev/node-routes:v{KUBERNETES}",),
            ("debian", "network", "network-settings", "routes"),
            ("/usr/local/bin/routes",),
        ),
        _program(f"tutoriallab.dev/local-path-provisioner:v{LOCAL_PATH}", "local-path-provisioner"),
        Image((f"tutoriallab.dev/local-path-helper:v{LOCAL_PATH}",), ("busybox",)),
    ]


def _nginx() -> list[Image]:
    tags = ("1.7.9", "1.14", "1.14.2", "1.16.1", "1.17.1", "1.17.4-alpine", "1.19", "latest")
    names = {f"nginx:{tag}": f"page-nginx-{tag}" for tag in tags}
    names |= {f"k8s-demo:{tag}": f"page-k8s-demo-{tag}" for tag in ("0.1", "0.2")}
    return [
        Image(
            names=(name,),
            layers=("debian", "nginx", "nginx-settings", page),
            command=("nginx", "-g", "daemon off;"),
            labels=_stand_in(name),
            ports=("80/tcp",),
            stop_signal="SIGQUIT",
        )
        for name, page in names.items()
    ]


def _others() -> list[Image]:
    return [
        *(_shell(name, "busybox", "sh") for name in ("busybox:1.28", "busybox:1.30", "busybox:latest")),
        *(_shell(name, "debian", "bash") for name in ("debian:bookworm", "debian:latest")),
        *(_redis(name) for name in ("redis:7", "redis:latest")),
        *(_tomcat(name) for name in ("tomcat:6.0.53-jre8", "tomcat:9", "tomcat:latest")),
    ]


def _shell(name: str, layer: str, shell: str) -> Image:
    return Image((name,), (layer,), command=(shell,), labels=_stand_in(name))


def _redis(name: str) -> Image:
    return Image(
        names=(name,),
        layers=("debian", "redis"),
        command=("redis-server", "--protected-mode", "no"),
        labels=_stand_in(name),
        ports=("6379/tcp",),
    )


def _tomcat(name: str) -> Image:
    return Image(
        names=(name,),
        layers=("debian", "tomcat"),
        command=("catalina.sh", "run"),
        labels=_stand_in(name),
        ports=("8080/tcp",),
        folder="/usr/local/tomcat",
    )


def _stand_in(name: str) -> tuple[tuple[str, str], ...]:
    text = f"A stand-in for {name} on clusters without a registry, made from Debian packages and Go modules"
    return ((STAND_IN, name), ("org.opencontainers.image.description", text))
