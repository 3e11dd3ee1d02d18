"""Which nodes a pod asks for by its selector and its required affinity."""

import pytest

from builders import Json, metadata, pod
from tutoriallab.grade.diagnosis.node_wishes import fits

NODE = {"metadata": metadata("worker1", labels={"disk": "ssd", "cores": "8"})}


def asking(*expressions: Json, fields: tuple[Json, ...] = ()) -> Json:
    term = {"matchExpressions": list(expressions), "matchFields": list(fields)}
    one = pod()
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}
    one["spec"]["affinity"] = {"nodeAffinity": required}
    return one


@pytest.mark.parametrize(
    ("key", "operator", "values", "wanted"),
    [
        ("disk", "In", ["ssd", "nvme"], True),
        ("disk", "In", ["nvme"], False),
        ("disk", "NotIn", ["nvme"], True),
        ("zone", "NotIn", ["a"], True),
        ("disk", "Exists", [], True),
        ("zone", "Exists", [], False),
        ("zone", "DoesNotExist", [], True),
        ("disk", "DoesNotExist", [], False),
        ("cores", "Gt", ["4"], True),
        ("cores", "Gt", ["8"], False),
        ("cores", "Lt", ["9"], True),
        ("disk", "Lt", ["9"], False),
        ("zone", "Gt", ["4"], False),
    ],
)
def test_an_expression_of_required_affinity(key: str, operator: str, values: list[str], wanted: bool) -> None:
    one: Json = {"key": key, "operator": operator}
    assert fits(asking({**one, "values": values} if values else one), NODE) == wanted


def test_a_node_selector_a_name_and_no_wish_at_all() -> None:
    assert fits(pod(), NODE)
    assert fits(asking(fields=({"key": "metadata.name", "operator": "In", "values": ["worker1"]},)), NODE)
    assert not fits(asking(fields=({"key": "metadata.name", "operator": "In", "values": ["x"]},)), NODE)
    one = pod()
    one["spec"]["nodeSelector"] = {"disk": "hdd"}
    assert not fits(one, NODE)
