"""`tutoriallab prove` as the tests run it; what it prints is shown at the end of the run, whatever runs the tests."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from running_cluster import RunningCluster
from tutoriallab.cli.catalogue import Entry, entries
from tutoriallab.cluster.embedded import CAPABILITIES
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Silent
from world import World

#: The name under which a test's report carries what it has to show.
SHOWN = "shown"
#: Seconds for many labs; one that hangs is told by name long before.
PATIENCE = 3_600
Record = Callable[[str, object], None]


def labs(*, with_nodes: bool) -> list[str]:
    """Names of the catalogue's labs that lease nodes, or of all others; of those that an embedded cluster can run."""
    return [
        entry.name
        for entry in entries()
        if bool(entry.body()["spec"].get("nodes")) == with_nodes and set(needs(entry)) <= set(CAPABILITIES)
    ]


def needs(entry: Entry) -> list[str]:
    """The capabilities that a lab asks of its cluster."""
    found: list[str] = entry.body()["spec"].get("requires", {}).get("capabilities", [])
    return found


def typed_on(cluster: RunningCluster) -> dict[str, str]:
    """The environment of whoever has brought the cluster up, and types commands on it; helm is at hand, too."""
    helm = obtain(["helm"], Places.from_environment(os.environ), Silent())["helm"]
    return {
        "TUTORIALLAB_HELM": str(helm),
        "KUBECONFIG": str(cluster.kubeconfig),
        "TUTORIALLAB_CACHE": str(cluster.places.cache),
        "TUTORIALLAB_KUBECTL": str(cluster.kubectl_path),
    }


def _record() -> list[str]:
    """PROOFS=docs/catalogue/proofs.json has the proofs of a run written down."""
    file = os.environ.get("PROOFS")
    return ["--record", file] if file else []


def prove(world: World, cluster: RunningCluster, names: Sequence[str], record_property: Record) -> None:
    """Every one of these labs: the start fails, solutions pass, mutants fail as they say."""
    assert names
    done = subprocess.run(
        [sys.executable, "-m", "tutoriallab", "prove", *names, "--jobs", "3", *_record()],
        env={**os.environ, **typed_on(cluster), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    record_property(SHOWN, done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr + world.operator.log[-3_000:]
