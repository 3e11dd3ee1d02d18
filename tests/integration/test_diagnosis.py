"""Why a check fails, found in the live cluster: what stands behind the objects that it selects, and where to look."""

import pytest

from builders import Json, check, lab, step
from samples import deployment, plain
from world import World

pytestmark = pytest.mark.integration
READY = check("ready", expect=["web.status.readyReplicas == 1"])
IN_SERVICE = check(
    "in-service",
    given={"slices": {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice"}},
    expect=["slices.exists(s, s.endpoints.exists(e, e.conditions.ready))"],
)


def web(**pod: object) -> Json:
    """A Deployment of one pod whose spec has these fields, too."""
    one = deployment("web")
    one["spec"]["template"]["spec"].update(pod)
    return one


def test_a_pod_that_no_node_takes_is_found_behind_its_deployment_and_its_repair_seen(world: World) -> None:
    world.apply(
        plain(lab("why-pending", step("first", READY), provision=[web(nodeSelector={"nodeenv": "xxx"})]))
    )
    told = "no node matches its node selector or affinity (nodeenv=xxx)"

    world.until_verdict("why-pending", "first/ready", "Failing", told, timeout=90)

    _, message = world.checks("why-pending")["first/ready"]
    assert message.startswith("Deployment web: status.readyReplicas is 0, wanted 1. Pod web-")
    assert "Look: kubectl describe pod -n why-pending web-" in message
    assert "wanted 1. Pod web-" in world.status("why-pending")["next"]
    remove = '{"spec": {"template": {"spec": {"nodeSelector": null}}}}'
    world.kubectl("-n", "why-pending", "patch", "deployment", "web", "-p", remove)
    world.until_phase("why-pending", "Completed")
    world.discard("why-pending")


def test_pods_that_are_refused_are_told_in_the_language_of_the_lab(world: World) -> None:
    container = {"name": "web", "image": "nginx:1.17.1", "securityContext": {"privileged": True}}
    one = lab("why-refused", step("first", READY), provision=[web(containers=[container])], language="zh")
    world.apply(plain(one))

    world.until_verdict("why-refused", "first/ready", "Failing", "Pod 安全标准拒绝了它们", timeout=90)

    _, message = world.checks("why-refused")["first/ready"]
    assert "查看: kubectl describe deployment -n why-refused web" in message
    world.discard("why-refused")


def test_a_selector_that_fits_no_pod_is_found_behind_the_endpoints(world: World) -> None:
    service = {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web"},
        "spec": {"selector": {"app": "wbe"}, "ports": [{"port": 80}]},
    }
    world.apply(plain(lab("why-silent", step("first", IN_SERVICE), provision=[web(), service])))

    world.until_verdict(
        "why-silent",
        "first/in-service",
        "Failing",
        "no pod has the labels of its selector (app=wbe)",
        timeout=90,
    )
    world.discard("why-silent")
