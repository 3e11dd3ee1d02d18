import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from tutoriallab.cli import prove
from tutoriallab.cli.case import Case, Proof
from tutoriallab.cli.catalogue import Entry
from tutoriallab.cli.scripts import Script

CASE = Case(Entry("t", "l", Path("lab.yaml")), Script(Path("solution.sh"), "", ()), "solution")


def test_labs_that_change_nodes_are_proved_when_all_others_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    proved: list[bool] = []

    def prove_case(case: Case, *_: Any) -> Proof:
        proved.append(other.done())
        return Proof(case, True, True, 0.0)

    monkeypatch.setattr(prove, "prove_case", prove_case)
    other: Future[Proof] = Future()
    afterwards = prove._Afterwards([other])
    kubectl: Any = None
    thread = threading.Thread(target=afterwards, args=(CASE, kubectl, "n", threading.Event()))
    thread.start()
    time.sleep(0.1)
    assert proved == []
    other.set_result(Proof(CASE, True, True, 0.0))
    thread.join(10)
    assert proved == [True]


@pytest.mark.parametrize(
    ("spec", "shared"),
    [({"nodes": [{"name": "node1"}]}, True), ({"outside": [{"name": "dev"}]}, True), ({}, False)],
)
def test_what_all_share_are_nodes_and_names_outside_of_workspaces(spec: dict[str, Any], shared: bool) -> None:
    assert prove._changes_cluster(spec) is shared
