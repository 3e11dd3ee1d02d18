"""Which node is meant, and which may be stopped."""

from typing import Any

import pytest

from pages import seen, status
from tutoriallab.cli.error import CliError
from tutoriallab.cli.node import chosen, require_stoppable
from tutoriallab.status.seen import Seen


def lab(phase: str, **nodes: str) -> Seen:
    return seen(told=status(phase=phase, nodes=nodes))


def node(
    *, labels: dict[str, str] | None = None, annotations: dict[str, str] | None = None
) -> dict[str, Any]:
    return {"metadata": {"name": "worker2", "labels": labels, "annotations": annotations}}


def test_an_alias_is_the_node_of_the_lab_that_runs() -> None:
    labs = [lab("Completed", node2="worker1"), lab("Active", node1="worker3", node2="worker2")]
    assert chosen("node2", labs) == "worker2"
    assert chosen("node1", labs) == "worker3"


def test_a_completed_lab_is_asked_when_no_other_knows_the_alias() -> None:
    assert chosen("node2", [lab("Completed", node2="worker1"), lab("Active", node1="worker3")]) == "worker1"


def test_what_is_no_alias_is_a_nodes_name() -> None:
    assert chosen("worker2", [lab("Active", node2="worker1")]) == "worker2"


def test_an_alias_of_two_labs_is_asked_back() -> None:
    with pytest.raises(CliError, match=r"several nodes node2 \(worker1, worker2\): say which by its name"):
        chosen("node2", [lab("Active", node2="worker1"), lab("Active", node2="worker2")])


def test_a_leased_worker_may_be_stopped() -> None:
    require_stoppable(node(annotations={"tutoriallab.dev/leased-by": "default/x"}), force=False)


def test_a_node_that_no_lab_has_leased_takes_force() -> None:
    with pytest.raises(CliError, match="No lab has leased worker2, so its pods are somebody else's"):
        require_stoppable(node(), force=False)
    require_stoppable(node(), force=True)


def test_the_control_plane_is_never_stopped() -> None:
    with pytest.raises(CliError, match="worker2 is the control plane, without which nothing works"):
        require_stoppable(node(labels={"node-role.kubernetes.io/control-plane": ""}), force=True)
