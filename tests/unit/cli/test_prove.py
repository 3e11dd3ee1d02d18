import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from tutoriallab.cli import prove
from tutoriallab.cli.case import Case, Proof
from tutoriallab.cli.catalogue import Entry
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


@pytest.mark.parametrize(
    ("spec", "shared"),
    [({"nodes": [{"name": "node1"}]}, True), ({"outside": [{"name": "dev"}]}, True), ({}, False)],
)
def test_what_all_share_are_nodes_and_names_outside_of_workspaces(spec: dict[str, Any], shared: bool) -> None:
    assert prove._changes_cluster(spec) is shared


class Namespaces:
    """A cluster whose namespaces go in this order; the last answer stays."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)

    def run(self, *_: str) -> str:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


def test_waiting_goes_on_while_namespaces_go(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    kubectl: Any = Namespaces(
        "namespace/r-1\nnamespace/r-2", "namespace/r-1\nnamespace/r-2", "namespace/r-2", "namespace/a"
    )

    told = list[Sequence[str]]()
    assert prove._await_gone(kubectl, "r-", told.append) == []
    assert told == [["r-1", "r-2"], ["r-2"]]


def test_what_stays_is_named_once_nothing_goes_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    kubectl: Any = Namespaces("namespace/r-1\nnamespace/default")

    assert prove._await_gone(kubectl, "r-", lambda _: None) == ["r-1"]
    assert "These namespaces do not go: r-1. See `kubectl describe namespace r-1`." in str(
        prove.StillThere(["r-1"], [])
    )


def test_a_lab_that_is_named_twice_is_proved_once(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "lab.yaml").write_text("kind: TutorialLab\n")

    found = prove.named(["configmap", str(folder), "scale", "configmap", str(folder / "lab.yaml")])

    assert [entry.name for entry in found] == ["configmap", "own", "scale"]
