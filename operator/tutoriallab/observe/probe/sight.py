"""What stands behind a probe, as the reflectors see it: whether it may be asked, and since when that is so. Pure.

Called by `prober.py` for each change of those objects. The API server looks again when the request comes (a Service's
address must be that of a Pod of the namespace); docs/security.md says what is left between the two looks.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutoriallab.observe.observed import Observed
from tutoriallab.observe.probe.outcome import Outcome, Refused, Silent
from tutoriallab.observe.probe.question import Asked, EventsOf, LastLines, Question
from tutoriallab.observe.probe.request import Http, Log, Probe, where
from tutoriallab.observe.selection import Selection
from tutoriallab.words import probing as words
from tutoriallab.words.sentence import Sentence

Look = Callable[[Selection], Sequence[Observed]]
#: Names that a message lists.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Clear:
    """It may be asked; `container` is the one whose log is read, `uid` the object's whose Events are."""

    container: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen: `behind` is another when an answer from before no longer counts.

    `doubtful`: the objects do not go together, which they may in a moment, as their watches arrive apart.
    """

    behind: Hashable
    found: Clear | Outcome
    doubtful: bool = False


def look(probe: Asked, select: Look) -> Sight:
    """What stands behind the probe now."""
    if isinstance(probe, EventsOf | LastLines):
        return _question(probe, select)
    if isinstance(probe, Http) and probe.service:
        return _service(probe, *(select(one) for one in probe.behind))
    (pods,) = (select(one) for one in probe.behind)
    if not pods:
        told = words.MISSING(object=f"Pod {probe.pod}", namespace=probe.namespace)
        return Sight((), Silent(told, missing=True))
    (pod,) = pods
    found = _log(probe, pod) if isinstance(probe, Log) else _pod(probe, pod)
    return Sight(_print(pods), found)


def _question(question: Question, select: Look) -> Sight:
    """An object may be asked about as long as it is there."""
    (found,) = (select(one) for one in question.behind)
    if not found:
        return Sight((), Silent(words.NO_OBJECT(request=question.label), missing=True))
    (one,) = found
    return Sight(_print(found), Clear(uid=one.uid))


def _refused(probe: Probe, why: Sentence) -> Refused:
    return Refused(words.NOT_ASKED(request=probe.label, why=why))


def _silent(probe: Probe, why: Sentence) -> Silent:
    """Nothing answers, and the command that shows why."""
    return Silent(words.THEN_LOOK(why=why, look=where(probe)))


def _print(*objects: Sequence[Observed]) -> Hashable:
    return tuple((one.kind, one.uid, one.revision) for some in objects for one in some)


# Pods ------------------------------------------------------------------------------------------------------------


def _pod(probe: Http, pod: Observed) -> Clear | Outcome:
    phase = _status(pod).get("phase", "Pending")
    if _on_the_nodes_network(pod):
        return _refused(probe, words.NODES_NETWORK(pod=pod.name))
    if phase in {"Succeeded", "Failed"}:
        return _silent(probe, words.POD_ENDED(pod=pod.name, phase=phase))
    return Clear() if _addresses(pod) else _silent(probe, words.NO_ADDRESS(pod=pod.name, phase=phase))


def _log(probe: Log, pod: Observed) -> Clear | Outcome:
    spec: Mapping[str, Any] = pod.body.get("spec") or {}
    names = [
        one.get("name", "")
        for kind in ("containers", "initContainers", "ephemeralContainers")
        for one in spec.get(kind) or ()
    ]
    if probe.container and probe.container not in names:
        only = ", ".join(names[:_SHOWN])
        return Silent(words.NO_CONTAINER(pod=pod.name, container=probe.container, names=only))
    if not spec.get("nodeName"):
        return _silent(probe, words.ON_NO_NODE(pod=pod.name))
    return Clear(probe.container or names[0])


def _on_the_nodes_network(pod: Observed) -> bool:
    return bool((pod.body.get("spec") or {}).get("hostNetwork"))


def _addresses(pod: Observed) -> frozenset[str]:
    status = _status(pod)
    listed = [one.get("ip", "") for one in status.get("podIPs") or ()]
    return frozenset(filter(None, [*listed, status.get("podIP", "")]))


def _status(pod: Observed) -> Mapping[str, Any]:
    status: Mapping[str, Any] = pod.body.get("status") or {}
    return status


# Services --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """One entry of an EndpointSlice: its addresses, the Pod that it names (of which namespace), and its ports."""

    addresses: tuple[str, ...]
    ready: bool
    pod: str
    uid: str
    namespace: str
    ports: frozenset[str]


def _service(
    probe: Http, services: Sequence[Observed], slices: Sequence[Observed], pods: Sequence[Observed]
) -> Sight:
    if not services:
        told = words.MISSING(object=f"Service {probe.service}", namespace=probe.namespace)
        return Sight((), Silent(told, missing=True))
    (service,) = services
    by_name = {one.name: one for one in pods}
    endpoints = [one for part in slices for one in _endpoints(part, probe.namespace)]
    named = sorted({one.pod for one in endpoints if one.pod in by_name})
    behind = _print(services, slices, [by_name[name] for name in named])
    spec: Mapping[str, Any] = service.body.get("spec") or {}
    if spec.get("type") == "ExternalName":
        told = words.EXTERNAL_NAME(service=service.name, namespace=probe.namespace)
        return Sight(behind, _refused(probe, told))
    port = _port(probe, spec)
    if not isinstance(port, str):
        return Sight(behind, port)
    astray = next(filter(None, (_astray(probe, one, by_name) for one in endpoints)), None)
    if astray:
        told, doubtful = astray
        return Sight(behind, _refused(probe, told), doubtful)
    return Sight(behind, _ready(probe, endpoints, port))


def _endpoints(part: Observed, namespace: str) -> Iterator[_Endpoint]:
    ports = frozenset(one.get("name") or "" for one in part.body.get("ports") or ())
    for one in part.body.get("endpoints") or ():
        target = one.get("targetRef") or {}
        yield _Endpoint(
            addresses=tuple(one.get("addresses") or ()),
            # Not told means that it is.
            ready=(one.get("conditions") or {}).get("ready") is not False,
            pod=target.get("name", "") if target.get("kind") == "Pod" else "",
            uid=target.get("uid", ""),
            namespace=target.get("namespace") or namespace,
            ports=ports,
        )


def _port(probe: Http, spec: Mapping[str, Any]) -> str | Silent:
    """The name of the Service's port."""
    ports = spec.get("ports") or []
    found = next((one for one in ports if one.get("port") == probe.port), None)
    service, port = probe.service, probe.port
    if found is None:
        numbers = ", ".join(str(one.get("port")) for one in ports[:_SHOWN])
        told = words.NO_PORT(service=service, port=port, ports=numbers)
        return _silent(probe, told if ports else words.NO_PORTS(service=service, port=port))
    if found.get("protocol", "TCP") != "TCP":
        return _silent(probe, words.NOT_TCP(service=service, port=port, protocol=found["protocol"]))
    return found.get("name") or ""


def _astray(probe: Http, one: _Endpoint, pods: Mapping[str, Observed]) -> tuple[Sentence, bool] | None:
    """Why an endpoint is none that may be asked, and whether it may be one in a moment; None for a good one."""
    address = ", ".join(one.addresses[:_SHOWN])
    told = words.ASTRAY(service=probe.service, address=address, namespace=probe.namespace)
    if not one.pod or one.namespace != probe.namespace:
        return told, False
    pod = pods.get(one.pod)
    if pod is None or pod.uid != one.uid or not _addresses(pod).issuperset(one.addresses):
        return told, True
    if _on_the_nodes_network(pod):
        why = words.NODES_NETWORK(pod=pod.name)
        return words.LEADS_TO_NODES_NETWORK(service=probe.service, why=why), False
    return None


def _ready(probe: Http, endpoints: Sequence[_Endpoint], port: str) -> Clear | Silent:
    ready = [one for one in endpoints if one.ready]
    if any(port in one.ports for one in ready):
        return Clear()
    names = list(dict.fromkeys(one.pod for one in endpoints))
    shown = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    if ready:
        why = words.NO_TARGET_PORT(port=probe.port)
    else:
        why = words.NONE_READY(pods=shown) if names else words.LEADS_TO_NONE()
    return _silent(probe, words.NO_ENDPOINT(service=probe.service, why=why))
