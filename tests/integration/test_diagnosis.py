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


def test_what_was_made_where_the_lab_stands_is_told_and_so_is_a_near_name(world: World) -> None:
    world.apply(plain(lab("why-absent", step("first", READY))))
    world.until_verdict("why-absent", "first/ready", "Failing", "Deployment web does not exist")

    world.kubectl("create", "deployment", "web", "--image=nginx:1.17.1", "-n", "default")
    told = "Deployment web is in namespace default; this lab looks in namespace why-absent"
    world.until_verdict("why-absent", "first/ready", "Failing", told)

    world.kubectl("delete", "deployment", "web", "-n", "default")
    world.kubectl("create", "deployment", "wbe", "--image=nginx:1.17.1", "-n", "why-absent")
    told = "There is a Deployment wbe, but no Deployment that is called web"
    world.until_verdict("why-absent", "first/ready", "Failing", told)

    world.kubectl("create", "deployment", "web", "--image=nginx:1.17.1", "-n", "why-absent")
    world.until_phase("why-absent", "Completed")
    world.discard("why-absent")


def test_what_only_an_event_tells_is_asked_for(world: World) -> None:
    ready = check(
        "ready",
        given={"web": {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web"}},
        expect=["web.status.readyReplicas == 1"],
    )
    one = web(containers=[{"name": "web", "image": "nginx:1.17.1", "securityContext": {"privileged": True}}])
    one |= {"kind": "StatefulSet", "metadata": {"name": "web"}}
    one["spec"]["serviceName"] = "web"
    world.apply(plain(lab("why-events", step("first", ready), provision=[one])))

    told = (
        "StatefulSet web cannot create pods: Pod Security of the namespace refuses them: violates PodSecurity"
    )
    world.until_verdict("why-events", "first/ready", "Failing", told, timeout=90)
    world.discard("why-events")
