import pytest

from builders import Json, pod
from tutoriallab.provision.lease.stuck import stuck

NOW = 1_767_225_600.0  # 2026-01-01T00:00:00Z


def on(node: str | None, until: str | None) -> Json:
    one = pod()
    if until:
        one["metadata"]["deletionTimestamp"] = until
    if node:
        one["spec"]["nodeName"] = node
    return one


@pytest.mark.parametrize(
    ("one", "hangs"),
    [
        (on("dead", "2025-12-31T23:59:59Z"), True),
        (on("dead", "2026-01-01T00:00:30Z"), False),
        (on("dead", None), False),
        (on("alive", "2025-12-31T23:59:59Z"), False),
        (on(None, "2025-12-31T23:59:59Z"), False),
    ],
)
def test_only_pods_whose_time_is_over_on_a_node_that_is_not_ready_hang(one: Json, hangs: bool) -> None:
    assert list(stuck([one], {"dead"}, NOW)) == ([one] if hangs else [])
