"""A cluster of the bench's own with the operator at work; stopped and removed whatever happens."""

import json
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.gc_trace import TRACE
from bench.machine import Footprint, footprint
from operator_process import OperatorProcess
from tutoriallab.cluster import components, embedded
from tutoriallab.cluster.install import install
from tutoriallab.cluster.pins import EMBEDDED
from tutoriallab.cluster.places import Places
from tutoriallab.cluster.programs import obtain
from tutoriallab.cluster.progress import Silent

#: How often the API server collects garbage (Go's GOGC, 100 by default), unless the environment says otherwise. With a
#: thousand labs a collection takes it two seconds of half a core, of two cores that are busy.
COLLECTS = "200"


@dataclass(frozen=True)
class Counts:
    """The operator's own counts at one moment (see `tutoriallab/counters.py`)."""

    changes: int = 0
    evaluations: int = 0
    requests: dict[str, int] = field(default_factory=dict)

    def since(self, before: "Counts") -> "Counts":
        """What was added after another moment."""
        requests = {
            verb: count - before.requests.get(verb, 0)
            for verb, count in self.requests.items()
            if count > before.requests.get(verb, 0)
        }
        return Counts(self.changes - before.changes, self.evaluations - before.evaluations, requests)


@dataclass(frozen=True)
class Ground:
    """A cluster and its operator; `kubeconfig` is the administrator's, who plays the learner."""

    name: str
    places: Places
    kubeconfig: Path
    kubectl: Path
    operator: OperatorProcess
    folder: Path

    def counts(self) -> Counts:
        """What the operator counts now; call it once it watches, as a signal before would end it."""
        file = self.folder / "counters.json"
        file.unlink(missing_ok=True)
        os.kill(self.pid, signal.SIGUSR1)
        until = time.monotonic() + 10
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.01)
        return Counts(**json.loads(file.read_text(encoding="utf-8")))

    @property
    def footprint(self) -> Footprint:
        """What the operator takes now."""
        return footprint(self.pid)

    @property
    def processes(self) -> dict[str, int]:
        """The cluster's own processes: component to process id."""
        return components.running(self.places.kwok_cluster(self.name))

    def log(self, component: str) -> Path:
        """What one of the cluster's processes has to say."""
        return self.places.kwok_cluster(self.name) / "logs" / f"{component}.log"

    @property
    def pid(self) -> int:
        """The operator's process."""
        assert self.operator.process is not None
        return self.operator.process.pid


@contextmanager
def ground(name: str, settings: Mapping[str, str] | None = None) -> Iterator[Ground]:
    """A new cluster of this name, with the programs of the user's cache and all else in a temporary folder.

    `settings` are the operator's, without their common beginning.
    """
    os.environ.setdefault("GOGC", COLLECTS)
    os.environ.setdefault("GODEBUG", TRACE)
    real = Places.from_environment({"TUTORIALLAB_DOWNLOAD_URL": "off", **os.environ})
    programs = obtain(EMBEDDED, real, Silent())
    with TemporaryDirectory(prefix=f"{name}-") as made:
        folder = Path(made)
        places = replace(real, cache=folder / "cache", programs=programs)
        try:
            cluster = embedded.start(name, places, Silent())
            kubectl = [str(cluster.kubectl), "--kubeconfig", str(cluster.kubeconfig)]
            told = {"COUNTERS_FILE": str(folder / "counters.json"), **(settings or {})}
            environment = {f"TUTORIALLAB_{key}": value for key, value in told.items()}
            operator = OperatorProcess(install(kubectl, folder), folder, environment)
            operator.start()
            try:
                yield Ground(name, places, cluster.kubeconfig, cluster.kubectl, operator, folder)
            finally:
                operator.stop()
        finally:
            embedded.stop(name, places, Silent())
