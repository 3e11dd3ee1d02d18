import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from tutoriallab.cli import prove
from tutoriallab.cli.case import Case, Proof
from tutoriallab.cli.catalogue import Entry
from tutoriallab.cli.error import CliError
from tutoriallab.cli.kubectl import Kubectl
from tutoriallab.cli.scripts import Script

CASE = Case(Entry("t", "l", Path("lab.yaml")), Script(Path("solution.sh"), "", ()), "solution")


def test_a_lab_that_changes_nodes_is_proved_when_all_others_are_done_and_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once: list[int] = []
    running = threading.Semaphore(1)

    def prove_case(case: Case, *_: Any) -> Proof:
        assert other.done()
        at_once.append(running.acquire(blocking=False))
        time.sleep(0.05)
        running.release()
        return Proof(case, True, True, 0.0)

    monkeypatch.setattr(prove, "prove_case", prove_case)
    other: Future[Proof] = Future()
    alone = prove._Alone([other])
    kubectl: Any = None
    threads = [threading.Thread(target=alone, args=(CASE, kubectl, "n", threading.Event())) for _ in range(2)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    assert at_once == []
    other.set_result(Proof(CASE, True, True, 0.0))
    for thread in threads:
        thread.join(10)
    assert at_once == [True, True]


def test_what_was_proved_is_told_although_namespaces_do_not_go(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def proved(*_: Any) -> list[Proof]:
        failed = Proof(CASE, True, False, 1.0, "the lab is Completed", "step make is open")
        raise prove.NotTidy("These namespaces do not go: prove-1. See …", [failed])

    monkeypatch.setattr(prove, "prove", proved)
    monkeypatch.setattr(prove, "_entry", lambda _: CASE.entry)
    monkeypatch.setattr(prove, "cases", lambda _: [CASE])
    monkeypatch.setattr(Kubectl, "find", lambda _: None)
    with pytest.raises(CliError, match="These namespaces do not go: prove-1"):
        prove.command(["./l"])
    assert "step make is open" in capsys.readouterr().out


@pytest.mark.parametrize("proofs", [[], [Proof(CASE, True, True, 0.0)]])
def test_namespaces_that_do_not_go_are_named(monkeypatch: pytest.MonkeyPatch, proofs: list[Proof]) -> None:
    monkeypatch.setattr(prove, "GOES_WITHIN", 0.0)
    monkeypatch.setattr(prove, "_namespaces", lambda _: ["default", "prove-1", "prove-1-pods"])
    kubectl: Any = None
    with pytest.raises(prove.NotTidy, match="prove-1, prove-1-pods") as raised:
        prove._await_gone(kubectl, "prove-1", proofs)
    assert raised.value.proofs == proofs


@pytest.mark.parametrize(
    ("spec", "shared"),
    [({"nodes": [{"name": "node1"}]}, True), ({"outside": [{"name": "dev"}]}, True), ({}, False)],
)
def test_what_all_share_are_nodes_and_names_outside_of_workspaces(spec: dict[str, Any], shared: bool) -> None:
    assert prove._changes_cluster(spec) is shared
