import pytest

from builders import Json, Objects, check, deployment, metadata, pod, spec, step
from tutoriallab.grade.bind import Scope
from tutoriallab.grade.compile import compile_step
from tutoriallab.grade.select import selections, workload_selections
from tutoriallab.grade.settle import condition_missing, workloads_missing
from tutoriallab.lab.parse import parse_spec


def daemon_set(wanted: int, available: int) -> Json:
    status = {"observedGeneration": 1, "desiredNumberScheduled": wanted, "numberAvailable": available}
    return {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "metadata": metadata("agent"),
        "spec": {},
        "status": status,
    }


@pytest.mark.parametrize(
    ("provisioned", "live", "missing"),
    [
        (deployment(), [], "Deployment web is not there yet"),
        (deployment(), [deployment()], None),
        (
            deployment(),
            [deployment(status={"observedGeneration": 1, "availableReplicas": 1})],
            "Deployment web: 1 of 3 replicas available",
        ),
        (deployment(replicas=0), [deployment(replicas=0)], None),
        (deployment(generation=1), [deployment(generation=2)], "Deployment web: status is of generation 1"),
        (pod("p"), [pod("p", "Pending", ready=False)], "Pod p is Pending and not ready yet"),
        (pod("p"), [pod("p", "Succeeded", ready=False)], None),
        (pod("p"), [pod("p")], None),
        (daemon_set(3, 3), [daemon_set(3, 2)], "DaemonSet agent: 2 of 3 replicas available"),
        ({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("c")}, [], None),
    ],
)
def test_a_starting_state_has_settled_when_its_workloads_are_available(
    provisioned: Json, live: list[Json], missing: str | None
) -> None:
    found = workloads_missing(workload_selections([provisioned], "demo"), Objects(*live).select)
    assert found is None if missing is None else str(found).startswith(missing)


def test_a_stated_condition_replaces_the_default() -> None:
    settle = {"given": check()["given"], "expect": ["web.spec.replicas == 3"]}
    stated = compile_step(parse_spec(spec(step("a", settle=settle))), 0).settle
    assert stated is not None
    chosen = selections(stated, "demo", {})

    def missing(*live: Json) -> str | None:
        found = condition_missing(stated, chosen, Objects(*live).select, Scope("demo", {}))
        return None if found is None else str(found)

    assert missing() == "Deployment web does not exist in namespace demo"
    assert missing(deployment(replicas=1)) == "Deployment web: spec.replicas is 1, wanted 3"
    assert missing(deployment(replicas=3)) is None
