"""Speaks to kwokctl, which makes and starts the processes of an embedded cluster; called by embedded.py.

kwokctl's own defaults bind every port to 0.0.0.0, download what it lacks and write to the user's kubeconfig:
the configuration and the flags here take all three away.
"""

import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tutoriallab.cluster import components, workers
from tutoriallab.cluster.pins import KUBERNETES
from tutoriallab.cluster.places import Places

#: An address of the documentation range, where nothing ever is: it needs no network interface (an offline
#: laptop has none to advertise), and unlike 127.0.0.1 the Endpoints API accepts it.
ADVERTISED = "192.0.2.1"
#: The options of all ports that a cluster listens on.
PORTS = (
    "kubeApiserverPort",
    "etcdPort",
    "etcdPeerPort",
    "kubeControllerManagerPort",
    "kubeSchedulerPort",
    "kwokControllerPort",
)
#: How nodes and pods are simulated.
STAGES = Path(__file__).with_name("kwok_stages.yaml")
_LIMIT = 90.0
_DEAD_FOR = 2.0
_BINARIES = {
    "kube-apiserver": "kubeApiserverBinary",
    "kube-controller-manager": "kubeControllerManagerBinary",
    "kube-scheduler": "kubeSchedulerBinary",
    "etcd": "etcdBinary",
    "kwok": "kwokControllerBinary",
    "kubectl": "kubectlBinary",
}


class KwokctlError(Exception):
    """The cluster did not come up; the message is what kwokctl or a component's log says about it."""


def configuration(
    folder: Path, programs: Mapping[str, Path], ports: Sequence[int], audit_policy: Path | None = None
) -> dict[str, Any]:
    """kwokctl's configuration of a cluster in `folder`; pure. `ports`: one for each of PORTS."""
    options: dict[str, Any] = {option: str(programs[name]) for name, option in _BINARIES.items()}
    options |= {"runtime": "binary", "bindAddress": "127.0.0.1", "securePort": True}
    # kwokctl's default is 5: a stopped node would be NotReady after 200 s instead of 40.
    options |= {"heartbeatFactor": 1}
    options |= {"kubeAuditPolicy": str(audit_policy)} if audit_policy else {}
    options |= dict(zip(PORTS, ports, strict=True))
    # Labs of a thousand objects wait for nobody's client-side limit. Each runs alone, so an election would
    # only write every two seconds and end the process when the API server is away for ten.
    alone = {"kube-api-qps": "1000", "kube-api-burst": "2000", "leader-elect": "false"}
    extra = {
        # A lab cluster survives kill -9 (the page cache does), not a power cut: then `up` makes it anew.
        # Without this every write waits for the disk, which is most of what a learner waits for.
        "etcd": {"unsafe-no-fsync": "true"},
        # The default range, 10.0.0.0/24, is too small for a class and overlaps kwok's range for pods.
        # Privileged pods are refused by the workspaces' Pod Security level, as on a real cluster, not by a flag.
        "kube-apiserver": {
            "advertise-address": ADVERTISED,
            "service-cluster-ip-range": "10.96.0.0/16",
            "allow-privileged": "true",
        },
        "kube-controller-manager": {
            **alone,
            # Its default is a folder in /usr/libexec, which it makes if it may.
            "flex-volume-plugin-dir": str(folder / "flexvolume"),
            # A class that ends deletes a hundred workspaces at once, each of which takes five seconds.
            "concurrent-namespace-syncs": "100",
        },
        "kube-scheduler": alone,
        # kwokctl's own is all nodes; of a flag that is there twice the last one holds.
        "kwok-controller": {
            "manage-all-nodes": "false",
            "manage-nodes-with-label-selector": workers.ON,
        },
    }
    return {
        "apiVersion": "config.kwok.x-k8s.io/v1alpha1",
        "kind": "KwokctlConfiguration",
        "options": options,
        "componentsPatches": [
            {"name": name, "extraArgs": [{"key": key, "value": value} for key, value in arguments.items()]}
            for name, arguments in extra.items()
        ],
    }


def create(name: str, places: Places, programs: Mapping[str, Path], ports: Sequence[int]) -> None:
    """Make and start a cluster; raises KwokctlError."""
    folder = places.kwok_cluster(name)
    config = places.cluster_folder(name) / "kwokctl.yaml"
    wanted = configuration(folder, programs, ports, places.audit_policy)
    config.write_text(f"{yaml.safe_dump(wanted, sort_keys=False)}---\n{STAGES.read_text()}")
    # An empty --kubeconfig keeps kwokctl away from ~/.kube/config.
    _run(["create", "cluster", "--config", str(config), "--kubeconfig", ""], name, places, programs)


def start(name: str, places: Places, programs: Mapping[str, Path]) -> None:
    """Start what is not running of a cluster that exists; raises KwokctlError."""
    folder = places.kwok_cluster(name)
    components.forget_strangers(folder)
    for component in components.COMPONENTS:
        link = folder / "bin" / component
        link.unlink(missing_ok=True)
        link.symlink_to(programs[component.removesuffix("-controller")])
    _run(["start", "cluster"], name, places, programs)


def settings_of(folder: Path) -> dict[str, Any]:
    """What kwokctl keeps about a cluster: components with their ports; raises OSError or ValueError."""
    try:
        documents = list(yaml.load_all((folder / "kwok.yaml").read_text(), Loader=yaml.CSafeLoader))
    except yaml.YAMLError as failure:
        raise ValueError(str(failure)) from failure
    for document in documents:
        if isinstance(document, dict) and document.get("kind") == "KwokctlConfiguration":
            return document
    raise ValueError("kwok.yaml has no KwokctlConfiguration")


def ports_of(folder: Path) -> set[int]:
    """The ports of a cluster that exists, whether it runs or not; empty if they cannot be read."""
    try:
        made = settings_of(folder)["components"]
    except (OSError, ValueError, KeyError):
        return set()
    return {port["port"] for component in made for port in component.get("ports", [])}


def _run(arguments: list[str], name: str, places: Places, programs: Mapping[str, Path]) -> None:
    folder = places.kwok_cluster(name)
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("KWOK_")},
        "KWOK_WORKDIR": str(places.kwok_folder),
        "KWOK_KUBE_VERSION": f"v{KUBERNETES}",
        "KWOK_KUBECTL_BINARY": str(programs["kubectl"]),
    }
    log = places.cluster_folder(name) / "kwokctl.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(programs["kwokctl"]), *arguments, "--name", name],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _watch(process, folder)
        finally:
            process.kill()
            process.wait()
    if process.returncode != 0:
        raise KwokctlError(_reason(log.read_text()))


def _watch(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait for kwokctl, but no longer than its components live: it waits 2 minutes for a dead API server."""
    begun, dead_since = time.monotonic(), 0.0
    while process.poll() is None:
        now = time.monotonic()
        dead = components.ended(folder)
        dead_since = (dead_since or now) if dead else 0.0
        if dead_since and now - dead_since > _DEAD_FOR:
            raise KwokctlError(f"{dead[0]} ended: {components.last_words(folder, dead[0])}")
        if now - begun > _LIMIT:
            raise KwokctlError(f"the API server did not answer within {_LIMIT:.0f} s")
        time.sleep(0.05)


def _reason(log: str) -> str:
    """The last error in kwokctl's own words; it logs JSON when its output is no terminal."""
    for line in reversed(log.splitlines()):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if entry.get("err"):
            return str(entry["err"])
    return log.strip()[-300:] or "kwokctl failed without a word"
