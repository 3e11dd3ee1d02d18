"""The embedded cluster for real: what it binds to, what labs need of it, and every way in which it can break."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from recorder import Recorder
from running_cluster import RunningCluster
from tutoriallab.cluster import components, embedded, kwokctl
from tutoriallab.cluster.error import ClusterError
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.progress import Silent

pytestmark = pytest.mark.integration

WORKLOADS = {
    "apiVersion": "v1",
    "kind": "List",
    "items": [
        {
            "apiVersion": "apps/v1",
            "kind": kind,
            "metadata": {"name": "web"},
            "spec": {
                "selector": {"matchLabels": {"app": kind}},
                "template": {
                    "metadata": {"labels": {"app": kind}},
                    "spec": {"containers": [{"name": "web", "image": "nginx:1.7.9"}]},
                },
            },
        }
        for kind in ("Deployment", "DaemonSet")
    ],
}


def until(happened: Callable[[], bool], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def listening(pids: set[int]) -> set[str]:
    """Addresses (hexadecimal, as Linux tells them) on which these processes listen."""
    inodes = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            inodes.add(str(link.readlink()).removeprefix("socket:[").removesuffix("]"))
    found = set()
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for row in Path("/proc/net", table).read_text().splitlines()[1:]:
            words = row.split()
            if words[9] in inodes and (words[3] == "0A" or table.startswith("udp")):
                found.add(words[1].split(":")[0])
    return found


@pytest.fixture(scope="module")
def _ends(places: Places) -> Iterator[None]:
    yield
    embedded.stop("second", places, Silent())


@pytest.fixture
def second(_ends: None, places: Places) -> embedded.Cluster:
    """A cluster beside the session's own, for tests that break it; each finds it in order."""
    return embedded.start("second", places, Silent())


def test_it_listens_on_loopback_alone(cluster: RunningCluster) -> None:
    status = embedded.status(cluster.name, cluster.places)
    assert set(status.processes) == set(components.COMPONENTS)
    assert listening(set(status.processes.values())) == {"0100007F"}


def test_its_workers_are_ready_leasable_and_of_the_promised_size(cluster: RunningCluster) -> None:
    nodes = json.loads(cluster.kubectl("get", "nodes", "-o", "json", "-l", "tutoriallab.dev/leasable=true"))
    sizes = {one["metadata"]["name"]: one["status"]["allocatable"] for one in nodes["items"]}
    assert set(sizes) == {"worker1", "worker2", "worker3"}
    assert all((size["cpu"], size["memory"], size["pods"]) == ("4", "8Gi", "110") for size in sizes.values())


def test_running_it_again_finds_it_and_starts_nothing(cluster: RunningCluster) -> None:
    before = embedded.status(cluster.name, cluster.places).processes
    assert embedded.start(cluster.name, cluster.places, Silent()).came == "found"
    assert embedded.status(cluster.name, cluster.places).processes == before


def test_workloads_run_complete_and_go_away(cluster: RunningCluster) -> None:
    cluster.kubectl("create", "namespace", "work")
    cluster.kubectl("-n", "work", "apply", "-f", "-", stdin=json.dumps(WORKLOADS))
    cluster.kubectl("-n", "work", "create", "job", "once", "--image=busybox")
    cluster.kubectl("-n", "work", "rollout", "status", "deployment/web", "--timeout=15s")
    cluster.kubectl("-n", "work", "rollout", "status", "daemonset/web", "--timeout=15s")
    cluster.kubectl("-n", "work", "wait", "--for=condition=Complete", "job/once", "--timeout=15s")
    cluster.kubectl("-n", "work", "delete", "pods", "--all", "--timeout=15s")
    cluster.kubectl("delete", "namespace", "work", "--wait=false")


def test_service_accounts_get_tokens_that_the_server_takes(cluster: RunningCluster) -> None:
    token = cluster.kubectl("create", "token", "default").strip()
    said = cluster.kubectl("--token", token, "--kubeconfig", "/dev/null", *_server(cluster), "auth", "whoami")
    assert "system:serviceaccount:default:default" in said


def _server(cluster: RunningCluster) -> list[str]:
    server = cluster.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}")
    return ["--server", server, "--insecure-skip-tls-verify"]


def test_pod_security_refuses_what_the_namespace_forbids(cluster: RunningCluster) -> None:
    cluster.kubectl("create", "namespace", "strict")
    cluster.kubectl("label", "namespace", "strict", "pod-security.kubernetes.io/enforce=baseline")
    command = [str(cluster.kubectl_path), "--kubeconfig", str(cluster.kubeconfig), "-n", "strict", "run", "p"]
    spec = '--overrides={"spec": {"hostNetwork": true}}'
    done = subprocess.run([*command, "--image=x", spec], capture_output=True, text=True, check=False)
    assert 'violates PodSecurity "baseline' in done.stderr


def test_nothing_is_written_outside_the_cache(cluster: RunningCluster) -> None:
    arguments = [
        argument
        for component in kwokctl.settings_of(cluster.places.kwok_cluster(cluster.name))["components"]
        for argument in component["args"]
    ]
    paths = [
        argument.partition("=")[2] for argument in arguments if argument.partition("=")[2].startswith("/")
    ]
    outside = {path for path in paths if not path.startswith(str(cluster.places.cache))}
    # A prefix of etcd's keys, and addresses of the API.
    assert outside == {"/registry", "/healthz,/readyz,/livez,/metrics"}
    assert cluster.kubeconfig.stat().st_mode & 0o777 == 0o600


def test_two_stand_side_by_side_and_one_that_lost_its_server_gets_it_back(
    cluster: RunningCluster, second: embedded.Cluster, places: Places
) -> None:
    assert embedded.status(cluster.name, places).state == "running"
    command = [str(second.kubectl), "--kubeconfig", str(second.kubeconfig)]
    subprocess.run([*command, "create", "namespace", "kept"], check=True, capture_output=True)
    os.kill(embedded.status("second", places).processes["kube-apiserver"], signal.SIGKILL)
    until(lambda: embedded.status("second", places).state == "broken")
    assert embedded.status("second", places).text == "runs without kube-apiserver"
    assert embedded.start("second", places, Silent()).came == "started"
    subprocess.run([*command, "get", "namespace", "kept"], check=True, capture_output=True)


def test_a_server_that_hangs_is_replaced_and_the_data_stay(
    second: embedded.Cluster, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_HUNG_AFTER", 1.0)
    server = embedded.status("second", places).processes["kube-apiserver"]
    os.kill(server, signal.SIGSTOP)
    assert embedded.start("second", places, Silent()).came == "started"
    assert embedded.status("second", places).processes["kube-apiserver"] != server


def test_a_stopped_cluster_keeps_its_data_its_ports_and_says_who_took_one(
    second: embedded.Cluster, places: Places
) -> None:
    embedded.stop("second", places, Silent(), delete=False)
    assert embedded.status("second", places).state == "stopped"
    settings = kwokctl.settings_of(places.kwok_cluster("second"))
    port = next(one for one in settings["components"] if one["name"] == "kube-apiserver")["ports"][0]["port"]
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(ClusterError, match=rf"Port {port}, .* is taken by .* \(pid {os.getpid()}\): end that"),
    ):
        embedded.start("second", places, Silent())
    assert embedded.start("second", places, Silent()).came == "started"


def test_a_cluster_whose_making_was_interrupted_is_made_anew_with_one_sentence(
    places: Places, second: embedded.Cluster, recorder: Recorder
) -> None:
    (places.cluster_folder("second") / "cluster.json").unlink()
    assert embedded.start("second", places, recorder).came == "created"
    assert recorder.notes == [
        "Cluster second was not finished: it is made anew, without the labs that were in it."
    ]


def test_a_cluster_with_broken_data_is_made_anew(
    places: Places, second: embedded.Cluster, recorder: Recorder
) -> None:
    embedded.stop("second", places, Silent(), delete=False)
    for file in (places.kwok_cluster("second") / "etcd" / "member" / "snap").glob("db"):
        file.write_bytes(b"not a database")
    assert embedded.start("second", places, recorder).came == "created"
    assert recorder.notes[0].startswith("Cluster second could not be started (etcd ended: ")


def test_a_wanted_port_that_is_taken_is_refused_before_anything_is_made(places: Places) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(ClusterError, match="wanted for the API server, is taken by"),
    ):
        embedded.start("third", places, Silent(), port=server.getsockname()[1])
    assert embedded.status("third", places).state == "absent"


def test_a_program_that_does_not_start_is_told_with_its_reason(places: Places, tmp_path: Path) -> None:
    broken = tmp_path / "etcd"
    broken.write_text(
        "#!/bin/sh\nif [ $1 = --version ]; then echo 3.6.8; else echo etcd: bad luck; exit 1; fi\n"
    )
    broken.chmod(0o755)
    here = replace(places, programs={**places.programs, "etcd": broken})
    with pytest.raises(ClusterError, match="Cluster third did not come up"):
        embedded.start("third", here, Silent())
    embedded.stop("third", here, Silent())
    assert embedded.status("third", here).state == "absent"


def test_stopping_leaves_no_process_and_no_file(places: Places, second: embedded.Cluster) -> None:
    pids = embedded.status("second", places).processes.values()
    embedded.stop("second", places, Silent())
    assert not any(_lives(pid) for pid in pids)
    assert not places.kwok_cluster("second").exists()
    assert not places.cluster_folder("second").exists()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False
