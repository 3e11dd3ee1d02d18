import pytest

from tutoriallab.provision.lease.machine import is_machines_key, is_machines_taint


@pytest.mark.parametrize(
    ("key", "effect", "machines"),
    [
        ("node.kubernetes.io/not-ready", "NoExecute", True),
        ("node.kubernetes.io/unschedulable", "NoSchedule", True),
        ("node.kubernetes.io/memory-pressure", "NoSchedule", True),
        # The control plane never sets these, so it never takes them off.
        ("node.kubernetes.io/memory-pressure", "NoExecute", False),
        ("node.kubernetes.io/out-of-service", "NoExecute", False),
        ("node.kubernetes.io/mine", "NoSchedule", False),
        ("tag", "NoSchedule", False),
    ],
)
def test_a_taint_is_the_control_planes_by_key_and_effect(key: str, effect: str, machines: bool) -> None:
    assert is_machines_taint({"key": key, "effect": effect}) is machines


@pytest.mark.parametrize(
    ("key", "machines"),
    [
        ("node.alpha.kubernetes.io/ttl", True),
        ("csi.volume.kubernetes.io/nodeid", True),
        ("flannel.alpha.coreos.com/backend-data", True),
        ("kubernetes.io/hostname", False),
        ("kwok.x-k8s.io/node", False),
        ("nodeenv", False),
    ],
)
def test_only_what_is_written_all_the_time_belongs_to_programs(key: str, machines: bool) -> None:
    assert is_machines_key(key) is machines
