"""How a pod is, in words that kubectl has for it; pure. Called by `item.py` and by the command line's map."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from tutoriallab.grade.cel.quantity import InvalidQuantity, thousandths
from tutoriallab.grade.diagnosis.finding import spec, status
from tutoriallab.kube.conditions import condition, has_ended, is_ready, is_true

Body = Mapping[str, Any]
Kind = Literal["failing", "pending", "ready", "done"]
#: Reasons of waiting containers that are the normal way to a start.
_STARTING = frozenset({"ContainerCreating", "PodInitializing"})
#: Characters that are shown of why a pod is not ready; a scheduler's whole sentence fits.
_LONGEST = 400


def state(pod: Body) -> tuple[Kind, str]:
    """How it is, and the API's own word for why; empty when it is ready."""
    phase = status(pod).get("phase", "Pending")
    if phase == "Succeeded":
        return "done", "Completed"
    if phase == "Failed":
        return "failing", next(_broken(pod), "") or status(pod).get("reason") or "Failed"
    if pod["metadata"].get("deletionTimestamp"):
        return "pending", "Terminating"
    if broken := next(_broken(pod), ""):
        return "failing", broken
    if phase == "Running":
        return ("ready", "") if is_ready(pod) else ("pending", "NotReady")
    if not spec(pod).get("nodeName"):
        return "pending", condition(pod, "PodScheduled").get("reason") or "Pending"
    return "pending", next(_waiting(pod), "Pending")


def word(pod: Body) -> str:
    """What `kubectl get pods` shows as its STATUS: the rules of kubectl's own printer."""
    said = _initializing(pod)
    if not said or is_true(pod, "Initialized"):
        said = _of_containers(pod)
    if pod["metadata"].get("deletionTimestamp") and not has_ended(pod):
        return "Unknown" if status(pod).get("reason") == "NodeLost" else "Terminating"
    return said


def ready_of(pod: Body) -> str:
    """Its containers that are ready, of all: `1/2`; sidecars count."""
    known = {one.get("name"): one for one in _all_statuses(pod)}
    counted = [*_sidecars(pod), *(spec(pod).get("containers") or ())]
    ready = sum(bool(known.get(one.get("name"), {}).get("ready")) for one in counted)
    return f"{ready}/{len(counted)}"


def restarts(pod: Body) -> int:
    """How often its containers were started again, in all."""
    return sum(int(one.get("restartCount") or 0) for one in _all_statuses(pod))


def why(pod: Body) -> str:
    """Why no node takes it, or why it is not ready: the cluster's own sentence, short; empty when all is well."""
    if state(pod)[0] in {"ready", "done"}:
        return ""
    scheduled = condition(pod, "PodScheduled")
    said = scheduled.get("message") if scheduled.get("status") == "False" else ""
    said = said or next(_messages(pod), "") or status(pod).get("message")
    said = said or condition(pod, "Ready").get("message") or ""
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def asked(pod: Body, resource: Literal["cpu", "memory"]) -> int:
    """What the scheduler counts of this resource for the pod: thousandths of a CPU, or of a byte."""
    beside = sum(_request(one, resource) for one in [*(spec(pod).get("containers") or ()), *_sidecars(pod)])
    before = (_request(one, resource) for one in spec(pod).get("initContainers") or ())
    return max(beside, max(before, default=0)) + amount((spec(pod).get("overhead") or {}).get(resource))


def amount(quantity: object) -> int:
    """A quantity in thousandths of its unit; 0 for none."""
    try:
        return thousandths(quantity)
    except InvalidQuantity:
        return 0


def _request(container: Body, resource: str) -> int:
    return amount(((container.get("resources") or {}).get("requests") or {}).get(resource))


def _sidecars(pod: Body) -> list[Body]:
    """Containers that start before the others and then stay."""
    return [one for one in spec(pod).get("initContainers") or () if one.get("restartPolicy") == "Always"]


def _all_statuses(pod: Body) -> list[Body]:
    found = status(pod)
    return [*(found.get("initContainerStatuses") or ()), *(found.get("containerStatuses") or ())]


def _initializing(pod: Body) -> str:
    """What is told of the first init container that is not through; empty when all are."""
    sidecars = {one.get("name") for one in _sidecars(pod)}
    for number, one in enumerate(status(pod).get("initContainerStatuses") or ()):
        state = one.get("state") or {}
        ended, waiting = state.get("terminated"), state.get("waiting") or {}
        if (ended and not ended.get("exitCode")) or (one.get("name") in sidecars and one.get("started")):
            continue
        if ended:
            return f"Init:{_ended(ended)}"
        if waiting.get("reason") and waiting["reason"] != "PodInitializing":
            return f"Init:{waiting['reason']}"
        return f"Init:{number}/{len(spec(pod).get('initContainers') or ())}"
    return ""


def _of_containers(pod: Body) -> str:
    said, runs = status(pod).get("reason") or status(pod).get("phase") or "Pending", False
    if condition(pod, "PodScheduled").get("reason") == "SchedulingGated":
        said = "SchedulingGated"
    for one in reversed(status(pod).get("containerStatuses") or ()):
        state = one.get("state") or {}
        if (state.get("waiting") or {}).get("reason"):
            said = state["waiting"]["reason"]
        elif state.get("terminated"):
            said = _ended(state["terminated"])
        elif one.get("ready") and state.get("running") is not None:
            runs = True
    if said == "Completed" and runs:
        return "Running" if is_ready(pod) else "NotReady"
    return str(said)


def _ended(terminated: Body) -> str:
    if terminated.get("reason"):
        return str(terminated["reason"])
    signal = terminated.get("signal")
    return f"Signal:{signal}" if signal else f"ExitCode:{terminated.get('exitCode', 0)}"


def _states(pod: Body) -> Iterator[Body]:
    return (one.get("state") or {} for one in _all_statuses(pod))


def _waiting(pod: Body) -> Iterator[str]:
    """Why containers wait; an init container's reason before that of those behind it."""
    return (one["waiting"].get("reason") or "Pending" for one in _states(pod) if one.get("waiting"))


def _broken(pod: Body) -> Iterator[str]:
    """Reasons of containers that cannot start, or ended badly."""
    for one in _states(pod):
        waiting, ended = (one.get("waiting") or {}).get("reason"), one.get("terminated") or {}
        if waiting and waiting not in _STARTING:
            yield waiting
        elif ended.get("exitCode"):
            yield ended.get("reason") or "Error"


def _messages(pod: Body) -> Iterator[str]:
    """What is said of containers that wait or ended."""
    for one in _states(pod):
        for told in (one.get("waiting"), one.get("terminated")):
            if told and told.get("message"):
                yield told["message"]
