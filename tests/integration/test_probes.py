"""Pages and logs through a real API server's proxy: asked when and as they should be, and never astray."""

import json
import subprocess
import time
from collections.abc import Iterator

import pytest

from builders import Json, check, lab, step
from containers import PORT, Container, Page, container, kubelet, run_at, waiting_pod, write_status
from operator_process import OperatorProcess, eventually
from running_cluster import RunningCluster
from samples import plain
from world import World

pytestmark = pytest.mark.integration

PAGE: Json = {
    "kind": "Http",
    "service": "web",
    "port": 80,
    "path": "/hello?a=/../b",
    "headers": {"X-Canary": "yes"},
}
SERVICE: Json = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web"},
    "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": PORT}]},
}


@pytest.fixture(scope="module")
def asking(running_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The cluster with an operator that may ask containers, and soon asks again, in place of the other one."""
    folder = tmp_path_factory.mktemp("asking")
    other = running_world.operator
    other.stop()
    environment = {
        **other.environment,
        "TUTORIALLAB_CAPABILITIES": "Containers",
        "TUTORIALLAB_PROBE_FIRST": "0.2",
        "TUTORIALLAB_PROBE_MOST": "0.5",
        "TUTORIALLAB_PROBE_TIMEOUT": "1",
    }
    operator = OperatorProcess(other.kubeconfig, folder, environment)
    operator.start()
    try:
        yield World(running_world.cluster, operator)
    finally:
        operator.stop()
        other.start()


@pytest.fixture
def web() -> Iterator[Container]:
    with container() as made:
        yield made


def asks(name: str, *expect: str, page: Json = PAGE, service: Json = SERVICE, when: str = "Now") -> Json:
    """A lab with a Service and a Pod that waits, and a check on a page."""
    seen = check("page", given={"page": page}, expect=list(expect), when=when)
    settle = {"given": {}, "expect": ["true"]}
    needs = {"capabilities": ["Containers"]}
    return plain(
        lab(name, step("a", seen, settle=settle), provision=[service, waiting_pod("web")], requires=needs)
    )


def begin(world: World, body: Json) -> str:
    world.apply(body)
    name = str(body["metadata"]["name"])
    # What is right from the start is completed before anybody can see it active.
    world.until_phase(name, "Active", "Completed")
    return name


def test_a_page_is_asked_for_when_it_can_be_and_passes_when_it_is_right(
    asking: World, web: Container
) -> None:
    web.pages["/hello"] = Page(body=b"this is version 1, and a s3cr3t")
    name = begin(asking, asks("page", "page.status == 200", "page.body.contains('version 2')"))
    asking.until_verdict(name, "a/page", "Failing", "Service web has no ready endpoint: it leads to no Pod")
    asking.kubectl("patch", "service", "web", "-n", name, "--type=merge", "-p", ports(81, PORT))
    asking.until_verdict(name, "a/page", "Failing", "Service web has no port 80, only 81. Look: kubectl")
    asking.kubectl("delete", "service", "web", "-n", name)
    asking.until_verdict(name, "a/page", "Failing", f"Service web does not exist in namespace {name}")
    asking.kubectl("apply", "-n", name, "-f", "-", stdin=json.dumps(SERVICE))
    run_at(asking, name, "web", web.address, ready=False)
    asking.until_verdict(name, "a/page", "Failing", "of its Pods none is ready (web)")
    assert web.asked == []

    write_status(asking, name, "web")
    told = 'GET http://web:80/hello?a=/../b: body is a text of 31 characters, wanted a text with "version 2" in it'
    asking.until_verdict(name, "a/page", "Failing", told)
    web.pages["/hello"] = Page(body=b"this is version 2")
    asking.kubectl("wait", "--for=condition=Completed", f"lab/{name}", "--timeout=10s")
    assert "s3cr3t" not in asking.operator.log
    assert "s3cr3t" not in asking.kubectl("get", "events,labs", "-A", "-o", "json")

    asked = len(web.asked)
    time.sleep(1.5)
    assert len(web.asked) == asked, "a lab that is completed asks for nothing"
    assert {one.path for one in web.asked} == {"/hello?a=/../b"}
    for one in web.asked:
        assert one.headers["x-canary"] == "yes"
        assert not [header for header in one.headers if "authorization" in header or "impersonate" in header]
    asking.discard(name)


def test_a_page_is_asked_for_at_once_when_its_pod_changes(asking: World, web: Container) -> None:
    web.pages["/hello"] = Page(500)
    name = begin(asking, asks("soon", "page.status == 200"))
    run_at(asking, name, "web", web.address)
    asking.until_verdict(name, "a/page", "Failing", "status is 500, wanted 200")
    before = len(web.asked)
    asking.kubectl("annotate", "pod", "web", "-n", name, "changed=yes")
    eventually(lambda: len(web.asked) > before, "asked again")
    asking.discard(name)


def test_what_does_not_answer_is_told_with_where_to_look(asking: World, web: Container) -> None:
    name = begin(asking, asks("silent", "page.status == 200"))
    asking.kubectl("patch", "service", "web", "-n", name, "--type=merge", "-p", ports(80, 9))
    run_at(asking, name, "web", web.address)
    refused = (
        f"GET http://web:80/hello?a=/../b was refused: nothing listens at {web.address}:9. Look: kubectl"
    )
    asking.until_verdict(name, "a/page", "Failing", refused)
    web.pages["/hello"] = Page(wait=lambda: time.sleep(3))
    asking.kubectl("patch", "service", "web", "-n", name, "--type=merge", "-p", ports(80, PORT))
    asking.until_verdict(
        name, "a/page", "Failing", "got no answer within 1 s. Look: kubectl describe service"
    )
    asking.discard(name)


def ports(port: int, target: int) -> str:
    return json.dumps({"spec": {"ports": [{"port": port, "targetPort": target}]}})


def test_a_page_is_cut_a_redirect_is_not_followed_and_nothing_is_unpacked(
    asking: World, web: Container
) -> None:
    web.pages["/big"] = Page(body=b"x" * 1_000_000)
    web.pages["/there"] = Page(302, headers={"Location": "/hello"})
    web.pages["/packed"] = Page(body=b"\x1f\x8b" + b"z" * 100, headers={"Content-Encoding": "gzip"})
    pages = {path: {**PAGE, "path": f"/{path}"} for path in ("big", "there", "packed")}
    body = asks("cut", "true")
    body["spec"]["steps"][0]["checks"] = [
        check("big", given={"page": pages["big"]}, expect=["size(page.body) == 65536"]),
        check(
            "there",
            given={"page": pages["there"]},
            expect=["page.status == 302 && 'location' in page.headers"],
        ),
        check(
            "packed",
            given={"page": pages["packed"]},
            expect=["page.body.endsWith('zzz') && size(page.body) == 102"],
        ),
    ]
    name = begin(asking, body)
    run_at(asking, name, "web", web.address)
    asking.kubectl("wait", "--for=condition=Completed", f"lab/{name}", "--timeout=10s")
    assert "/hello" not in {one.path for one in web.asked}
    asking.discard(name)


def test_a_pod_is_asked_too(asking: World, web: Container) -> None:
    web.pages["/"] = Page(body=b"hi")
    page = {"kind": "Http", "pod": "web", "port": PORT}
    name = begin(asking, asks("pod", "page.body == 'hi'", page=page))
    asking.until_verdict(name, "a/page", "Failing", "Pod web is Pending and has no address yet")
    run_at(asking, name, "web", web.address)
    asking.kubectl("wait", "--for=condition=Completed", f"lab/{name}", "--timeout=10s")
    asking.discard(name)


def test_a_page_that_was_right_once_is_asked_for_no_more_and_one_that_is_right_seldom(
    asking: World, web: Container
) -> None:
    web.pages["/hello"] = Page()
    body = asks("ever", "page.status == 200", when="Ever")
    body["spec"]["steps"][0]["checks"].append(check("never", expect=["web.spec.replicas == 9"]))
    name = begin(asking, body)
    run_at(asking, name, "web", web.address)
    asking.until_verdict(name, "a/page", "Passed")
    asked = len(web.asked)
    asking.kubectl("annotate", "pod", "web", "-n", name, "changed=yes")
    time.sleep(1.5)
    assert len(web.asked) == asked
    asking.discard(name)


def test_a_reset_and_a_deletion_end_all_requests(asking: World, web: Container) -> None:
    web.pages["/hello"] = Page(500)
    name = begin(asking, asks("ending", "page.status == 200"))
    run_at(asking, name, "web", web.address)
    asking.until_verdict(name, "a/page", "Failing", "status is 500")
    asking.kubectl("annotate", "lab", name, "tutoriallab.dev/reset=1")
    asking.until_verdict(name, "a/page", "Failing", "it leads to no Pod", timeout=40)
    asked = len(web.asked)
    time.sleep(1)
    assert len(web.asked) == asked
    run_at(asking, name, "web", web.address)
    eventually(lambda: len(web.asked) > asked, "asked again after the reset")
    asking.delete_lab(name)
    asked = len(web.asked)
    time.sleep(1)
    assert len(web.asked) == asked


# Astray ----------------------------------------------------------------------------------------------------------


def astray(world: World, namespace: str, address: str, **endpoint: object) -> None:
    """Endpoints that somebody with more rights than any lab or learner wrote, in both of Kubernetes' ways."""
    port = {"port": PORT, "protocol": "TCP"}
    part = {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {
            "name": "web-byhand",
            "namespace": namespace,
            "labels": {"kubernetes.io/service-name": "web"},
        },
        "addressType": "IPv4",
        "ports": [{"name": "", **port}],
        "endpoints": [{"addresses": [address], "conditions": {"ready": True}, **endpoint}],
    }
    target = {"targetRef": endpoint["targetRef"]} if endpoint else {}
    older = {
        "apiVersion": "v1",
        "kind": "Endpoints",
        "metadata": {"name": "web", "namespace": namespace},
        "subsets": [{"addresses": [{"ip": address, **target}], "ports": [port]}],
    }
    world.apply(part, older)


def by_hand() -> Json:
    """A Service whose endpoints no controller makes."""
    return {**SERVICE, "spec": {"ports": [{"port": 80, "targetPort": PORT}]}}


def test_a_service_that_leads_out_of_the_namespace_is_not_asked(asking: World, web: Container) -> None:
    web.pages["/hello"] = Page()
    name = begin(asking, asks("astray", "page.status == 200", service=by_hand()))
    astray(asking, name, web.address)
    asking.until_verdict(
        name, "a/page", "Failing", f"Service web leads to {web.address}, which is no Pod of namespace {name}"
    )
    # Somebody claims that it is a Pod of the namespace.
    astray(asking, name, web.address, targetRef={"kind": "Pod", "name": "web", "namespace": name})
    time.sleep(1)
    asking.until_verdict(name, "a/page", "Failing", "which is no Pod of namespace")
    external = {"spec": {"type": "ExternalName", "externalName": "localhost"}}
    asking.kubectl("patch", "service", "web", "-n", name, "--type=merge", "-p", json.dumps(external))
    asking.until_verdict(
        name, "a/page", "Failing", "Service web is an ExternalName, which leads out of namespace"
    )
    assert web.asked == []
    asking.discard(name)


def test_the_api_server_itself_asks_no_address_that_is_no_pods_of_the_namespace(
    asking: World, web: Container
) -> None:
    """What holds between our look and the request: docs/security.md rests on it."""
    web.pages["/hello"] = Page()
    name = begin(asking, asks("race", "page.status == 200", service=by_hand()))
    run_at(asking, name, "web", "198.51.100.251")
    for target in ({}, {"targetRef": {"kind": "Pod", "name": "web", "namespace": name}}):
        astray(asking, name, web.address, **target)
        with pytest.raises(pytest.fail.Exception, match="no endpoints available"):
            asking.kubectl("get", "--raw", f"/api/v1/namespaces/{name}/services/web:80/proxy/hello")
    assert web.asked == []
    asking.discard(name)


# Rights ----------------------------------------------------------------------------------------------------------


def test_only_the_workspaces_own_provisioner_may_ask(asking: World, cluster: RunningCluster) -> None:
    name = begin(asking, asks("rights", "page.status == 200"))
    operator = "system:serviceaccount:tutoriallab-system:tutoriallab-operator"
    provisioner = f"system:serviceaccount:{name}:tutoriallab-provisioner"

    def may(who: str, what: str, where: str, verb: str = "get") -> bool:
        kind, subresource = what.split("/")
        command = ["auth", "can-i", verb, kind, "--subresource", subresource, "-n", where, "--as", who]
        line = [str(cluster.kubectl_path), "--kubeconfig", str(cluster.kubeconfig), *command]
        return subprocess.run(line, capture_output=True, check=False).returncode == 0

    for what in ("services/proxy", "pods/proxy", "pods/log"):
        assert not may(operator, what, name)
        assert not may(operator, what, "kube-system")
        assert may(provisioner, what, name)
        assert not may(provisioner, what, "kube-system")
        assert not may(provisioner, what, name, "create")
    asking.discard(name)


# Logs ------------------------------------------------------------------------------------------------------------


def reads(name: str, *expect: str, node: str) -> Json:
    pod = waiting_pod("web")
    pod["spec"] = {"nodeName": node, "containers": [{"name": "web", "image": "web"}]}
    seen = check("log", given={"log": {"kind": "Log", "pod": "web"}}, expect=list(expect))
    settle = {"given": {}, "expect": ["true"]}
    return plain(
        lab(name, step("a", seen, settle=settle), provision=[pod], requires={"capabilities": ["Containers"]})
    )


@pytest.fixture
def written() -> list[bytes]:
    """The log of the one container."""
    return [b"starting, with a s3cr3t\n"]


@pytest.fixture
def asked_for() -> list[dict[str, str]]:
    """What the kubelet was asked for."""
    return []


@pytest.fixture
def scribe(
    asking: World, cluster: RunningCluster, written: list[bytes], asked_for: list[dict[str, str]]
) -> Iterator[str]:
    """A Node that kwok does not simulate; its kubelet has the log, and cuts it as real ones do."""

    def log(query: dict[str, str]) -> bytes:
        asked_for.append(query)
        tail = b"".join(written).splitlines(keepends=True)[-int(query["tailLines"]) :]
        return b"".join(tail)[: int(query["limitBytes"])]

    pki = cluster.places.kwok_cluster(cluster.name) / "pki"
    with kubelet(pki / "admin.crt", pki / "admin.key", log) as port:
        node = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "scribe"}}
        asking.apply(node)
        status = {
            "addresses": [{"type": "Hostname", "address": "localhost"}],
            "daemonEndpoints": {"kubeletEndpoint": {"Port": port}},
        }
        change = json.dumps({"status": status})
        asking.kubectl("patch", "node", "scribe", "--subresource=status", "--type=merge", "-p", change)
        yield "scribe"
        asking.kubectl("delete", "node", "scribe")


def test_a_log_is_read_until_it_says_what_it_should(
    asking: World, scribe: str, written: list[bytes], asked_for: list[dict[str, str]]
) -> None:
    name = begin(asking, reads("log", "log.lines.exists(l, l.contains('ready'))", node=scribe))
    told = "No element among lines of Log of Pod web (1) has value a text with ready in it"
    asking.until_verdict(name, "a/log", "Failing", told)
    written.append(b"ready\n")
    asking.kubectl("wait", "--for=condition=Completed", f"lab/{name}", "--timeout=10s")
    assert {one["path"] for one in asked_for} == {f"/containerLogs/{name}/web/web"}
    assert "s3cr3t" not in asking.operator.log
    asked = len(asked_for)
    time.sleep(1.5)
    assert len(asked_for) == asked
    asking.discard(name)


def test_of_a_log_that_is_too_long_the_newest_lines_are_seen(
    asking: World, scribe: str, written: list[bytes]
) -> None:
    written.extend(b"%07d %s\n" % (i, b"y" * 2_000) for i in range(2_000))
    written.append(b"the end\n")
    expect = ("log.lines[size(log.lines) - 1] == 'the end'", "size(log.lines) < 40", "size(log.lines) > 25")
    name = begin(asking, reads("long-log", *expect, node=scribe))
    asking.kubectl("wait", "--for=condition=Completed", f"lab/{name}", "--timeout=10s")
    asking.discard(name)


def test_a_pod_without_a_log_says_why(asking: World) -> None:
    body = reads("no-log", "size(log.lines) > 0", node="nowhere")
    body["spec"]["provision"] = [waiting_pod("web")]
    name = begin(asking, body)
    asking.until_verdict(name, "a/log", "Failing", "Pod web has no log yet: it is on no node. Look: kubectl")
    asking.discard(name)


def test_a_simulated_container_has_no_log_and_nothing_pretends(asking: World) -> None:
    body = reads("simulated", "size(log.lines) > 0", node="worker1")
    name = begin(asking, body)
    asking.until_verdict(name, "a/log", "Failing", "Log of Pod web is not there")
    asking.discard(name)
