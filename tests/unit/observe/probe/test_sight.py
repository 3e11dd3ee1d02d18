"""Whether a probe may be asked, by what stands behind it."""

import pytest

from builders import Json, Objects, pod
from tutoriallab.observe.probe.outcome import Refused, Silent
from tutoriallab.observe.probe.request import Http, Log, Probe
from tutoriallab.observe.probe.sight import Clear, Sight, look
from unit.observe.probe.world import LOG, OF_POD, PAGE, endpoint, service, serving, slices, whole


def seen(probe: Probe, *objects: Json) -> Sight:
    return look(probe, Objects(*objects).select)


GOOD: list[tuple[str, Probe, list[Json], Clear]] = [
    ("a Service that leads to a ready Pod", PAGE, [service(), slices(endpoint()), serving()], Clear()),
    ("a port with a name", PAGE, [service(ports=[{"port": 80, "name": "http"}]), slices(endpoint(), port="http"), serving()], Clear()),
    ("a Service without a selector that leads to a Pod of the namespace", PAGE,
     [service(selector=None), slices(endpoint()), serving()], Clear()),
    ("one Pod that is ready beside one that is not", PAGE,
     [service(), slices(endpoint(), endpoint("web-2", "192.0.2.8", ready=False)), serving(), serving("web-2", "192.0.2.8")], Clear()),
    ("slices of two families", PAGE,
     [service(), slices(endpoint()), serving()], Clear()),
    ("a Pod with an address", OF_POD, [serving()], Clear()),
    ("the log of the Pod's first container", LOG, [serving()], Clear("web")),
    ("the log of a container that is named", Log("demo", "web-1", "init"),
     [serving(initContainers=[{"name": "init"}])], Clear("init")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("probe", "objects", "found"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD]
)
def test_what_may_be_asked(probe: Probe, objects: list[Json], found: Clear) -> None:
    assert seen(probe, *objects).found == found


LOOK = "Look: kubectl describe service -n demo web"
LOOK_POD = "Look: kubectl describe pod -n demo web-1"
SILENT: list[tuple[str, Probe, list[Json], str]] = [
    ("no Service", PAGE, [service("other")], "Service web does not exist in namespace demo"),
    ("no such port", PAGE, [service(ports=[{"port": 8080}, {"port": 443}])],
     f"Service web has no port 80, only 8080, 443. {LOOK}"),
    ("a headless Service without ports", PAGE, [service(ports=[])], f"Service web has no port 80, only none. {LOOK}"),
    ("a port that is not TCP", PAGE, [service(ports=[{"port": 80, "protocol": "UDP"}])],
     f"Port 80 of Service web is UDP, HTTP needs TCP. {LOOK}"),
    ("no slice", PAGE, [service()], f"Service web has no ready endpoint: it leads to no Pod. {LOOK}"),
    ("a slice of another Service", PAGE, [service(), slices(endpoint(), of="other"), serving()],
     f"Service web has no ready endpoint: it leads to no Pod. {LOOK}"),
    ("no Pod is ready", PAGE, [service(), slices(endpoint(ready=False)), serving()],
     f"Service web has no ready endpoint: of its Pods none is ready (web-1). {LOOK}"),
    ("no Pod has the port", PAGE, [service(ports=[{"port": 80, "name": "http"}]), slices(endpoint(), port="other"), serving()],
     f"Service web has no ready endpoint: none of its Pods has the targetPort of port 80. {LOOK}"),
    ("no Pod", OF_POD, [serving("other")], "Pod web-1 does not exist in namespace demo"),
    ("a Pod without an address", OF_POD, [pod("web-1", "Pending")], f"Pod web-1 is Pending and has no address yet. {LOOK_POD}"),
    ("a Pod that has ended", OF_POD, [{**serving(), "status": {"phase": "Failed", "podIP": "192.0.2.7"}}],
     f"Pod web-1 is Failed: nothing answers there. {LOOK_POD}"),
    ("no Pod for a log", LOG, [], "Pod web-1 does not exist in namespace demo"),
    ("no such container", Log("demo", "web-1", "nginx"), [serving()], "Pod web-1 has no container nginx, only web"),
    ("a Pod on no node", LOG, [pod("web-1", "Pending")], f"Pod web-1 has no log yet: it is on no node. {LOOK_POD}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("probe", "objects", "message"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT]
)
def test_what_nobody_would_answer_is_told_without_asking(
    probe: Probe, objects: list[Json], message: str
) -> None:
    sight = seen(probe, *objects)
    assert isinstance(sight.found, Silent)
    assert sight.found.message.told("en") == message
    assert sight.found.missing == message.endswith("does not exist in namespace demo")
    assert not sight.doubtful


NOT_ASKED = "GET http://web:80/ is not asked: "
FOREIGN = f"{NOT_ASKED}Service web leads to 10.0.0.1, which is no Pod of namespace demo"
ASTRAY: list[tuple[str, Probe, list[Json], str, bool]] = [
    ("an ExternalName", PAGE, [service(type="ExternalName", externalName="kubernetes.default", ports=[])],
     f"{NOT_ASKED}Service web is an ExternalName, which leads out of namespace demo", False),
    ("an address without a Pod", PAGE, [service(), slices({"addresses": ["10.0.0.1"]}), serving()], FOREIGN, False),
    ("an address of a Node", PAGE, [service(), slices(endpoint("worker1", "10.0.0.1", kind="Node")), serving("worker1", "10.0.0.1")],
     FOREIGN, False),
    ("a Pod of another namespace", PAGE, [service(), slices(endpoint(ip="10.0.0.1", namespace="kube-system")), serving(ip="10.0.0.1")],
     FOREIGN, False),
    ("one foreign address among good ones", PAGE,
     [service(), slices(endpoint(), {"addresses": ["10.0.0.1"], "conditions": {"ready": False}}), serving()], FOREIGN, False),
    ("another address of a Pod", PAGE, [service(), slices(endpoint(ip="10.0.0.1")), serving()], FOREIGN, True),
    ("a Pod that is not there", PAGE, [service(), slices(endpoint(ip="10.0.0.1"))], FOREIGN, True),
    ("the Pod that had the name before", PAGE, [service(), slices(endpoint(ip="10.0.0.1", uid="older")), serving(ip="10.0.0.1")],
     FOREIGN, True),
    ("a Pod on its node's network behind a Service", PAGE, [service(), slices(endpoint()), serving(hostNetwork=True)],
     f"{NOT_ASKED}Service web leads to it, and Pod web-1 is on its node's own network (hostNetwork), "
     "whose services are none of a lab's business", False),
    ("a Pod on its node's network", OF_POD, [serving(hostNetwork=True)],
     "GET http://web-1:8080/healthz is not asked: Pod web-1 is on its node's own network (hostNetwork), "
     "whose services are none of a lab's business", False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("probe", "objects", "message", "doubtful"), [row[1:] for row in ASTRAY], ids=[row[0] for row in ASTRAY]
)
def test_what_leads_astray_is_not_asked(
    probe: Probe, objects: list[Json], message: str, doubtful: bool
) -> None:
    sight = seen(probe, *objects)
    assert isinstance(sight.found, Refused)
    assert sight.found.message.told("en") == message
    assert sight.doubtful == doubtful


CHANGES: dict[str, tuple[Json, ...]] = {
    "the Service": (service(revision=2), slices(endpoint()), serving()),
    "its slice": (service(), slices(endpoint(), revision=2), serving()),
    "its Pod": (service(), slices(endpoint()), serving(revision=2)),
}


@pytest.mark.parametrize("objects", CHANGES.values(), ids=CHANGES)
def test_an_answer_counts_for_the_objects_that_stand_behind_it(objects: tuple[Json, ...]) -> None:
    assert look(PAGE, whole().select).behind != seen(PAGE, *objects).behind


def test_a_pod_that_the_service_does_not_lead_to_is_of_no_matter() -> None:
    other = serving("other", "192.0.2.9", revision=7)
    assert look(PAGE, whole().select) == seen(PAGE, service(), slices(endpoint()), serving(), other)


def test_a_log_is_anothers_when_the_pod_is_another() -> None:
    assert seen(LOG, serving()).behind != seen(LOG, serving(revision=2)).behind


def test_a_pod_of_two_families_is_known_by_both_addresses() -> None:
    both = serving()
    both["status"]["podIPs"].append({"ip": "2001:db8::7"})
    assert seen(PAGE, service(), slices(endpoint(), endpoint(ip="2001:db8::7")), both).found == Clear()


def test_all_that_is_looked_at_stands_in_the_workspace() -> None:
    for probe in (PAGE, OF_POD, LOG, Http("demo", 1, service="x")):
        assert {one.namespace for one in probe.behind} == {"demo"}
