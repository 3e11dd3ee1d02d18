import pytest

from tutoriallab.kube.conditions import condition, is_ready, is_true


@pytest.mark.parametrize(
    ("conditions", "ready"),
    [
        ([{"type": "Ready", "status": "True"}], True),
        ([{"type": "Ready", "status": "Unknown"}], False),
        ([{"type": "MemoryPressure", "status": "True"}], False),
        (None, False),
    ],
)
def test_a_node_is_ready_by_its_ready_condition_alone(
    conditions: list[dict[str, str]] | None, ready: bool
) -> None:
    assert is_ready({"status": {"conditions": conditions}}) is ready


def test_a_node_without_conditions_is_not_ready() -> None:
    assert not is_ready({"metadata": {}})


def test_a_condition_is_found_by_its_type_and_need_not_be_there() -> None:
    failure = {"type": "ReplicaFailure", "status": "True", "message": "exceeded quota"}
    one = {"status": {"conditions": [{"type": "Available", "status": "False"}, failure]}}
    assert condition(one, "ReplicaFailure") == failure
    assert is_true(one, "ReplicaFailure")
    assert not is_true(one, "Available")
    assert condition(one, "Progressing") == {}
