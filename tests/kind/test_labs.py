"""Every lab of the catalogue on real kubelets, by its first solution; all scripts are proven by `tutoriallab prove`."""

import time

import pytest

from kind_cluster import Learner, RealCluster
from proving import SHOWN, Record
from tutoriallab.cli.catalogue import entries
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.proof_table import Result, render
from tutoriallab.cli.prove import cases, prove
from tutoriallab.cli.screen import console
from tutoriallab.cluster.engine import find_engine
from world import World


def test_every_lab_is_passed_by_its_solution(
    real_world: World,
    real: RealCluster,
    learner: Learner,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Record,
) -> None:
    engine = find_engine(learner.places)
    monkeypatch.setenv("KUBECONFIG", str(real.kubeconfig))
    monkeypatch.setenv("PATH", f"{real.kubectl_path.parent}:{engine.program.parent}:/usr/bin:/bin")
    for name in ("TUTORIALLAB_CACHE", "TUTORIALLAB_KIND", "TUTORIALLAB_HELM"):
        monkeypatch.setenv(name, learner.environment[name])
    todo = [next(cases(entry)) for entry in entries()]
    assert todo
    began = time.monotonic()
    proofs = prove(todo, Kubectl.find(""), 3)
    took = time.monotonic() - began
    screen = console()
    with screen.capture() as captured:
        screen.print(render([Result(one.case.entry.name, (one,)) for one in proofs], took))
    record_property(SHOWN, captured.get())
    wrong = [
        f"{one.case.title}: wanted {one.wanted}; seen {one.seen} {one.skipped}"
        for one in proofs
        if not one.holds
    ]
    assert not wrong, wrong
