"""From the objects that a failing check selects to the first broken link. Pure; called by the verdict's teller.

Down from each object through what it owns or selects: first what is wrong with the object itself and makes all
below it moot, then below, then what is wrong with it and shows below first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tutoriallab.grade.diagnosis.causes import (
    cannot_create_pods,
    cannot_start,
    claim_pending,
    config_missing,
    crashing,
    deadline_exceeded,
    ended_for_good,
    ends_by_itself,
    evicted,
    failed_mount,
    held_by_finalizer,
    image_pull,
    init_running,
    invalid_image_name,
    job_failed,
    never_pulled,
    no_load_balancer,
    no_metrics,
    no_scheduler,
    no_selector,
    node_missing,
    node_not_ready,
    out_of_memory,
    paused,
    port_name_unknown,
    port_not_declared,
    post_start,
    pre_stop,
    readiness,
    refused_by_node,
    restarted_while_probed,
    scaled_to_zero,
    scheduling_gated,
    selector_matches_nothing,
    startup,
    suspended,
    unschedulable,
)
from tutoriallab.grade.diagnosis.evidence import JOB, POD, REPLICA_SET, SERVICE, Evidence
from tutoriallab.grade.diagnosis.finding import Body, Finding, spec, status
from tutoriallab.kube.conditions import has_ended, is_ready

Cause = Callable[[Body, Evidence], Finding | None]
Below = Callable[[Body, Evidence], list[Body]]

#: What is wrong with an object of a kind itself, the first that holds.
FIRST: Mapping[str, tuple[Cause, ...]] = {
    "Pod": (
        scheduling_gated.find,
        no_scheduler.find,
        claim_pending.of_pod,
        unschedulable.find,
        node_missing.find,
        evicted.find,
        refused_by_node.find,
        node_not_ready.of_pod,
        invalid_image_name.find,
        never_pulled.find,
        image_pull.find,
        config_missing.find,
        failed_mount.find,
        cannot_start.find,
        post_start.find,
        pre_stop.find,
        out_of_memory.find,
        startup.find,
        crashing.find,
        ends_by_itself.find,
        ended_for_good.find,
        init_running.find,
        restarted_while_probed.find,
        readiness.find,
    ),
    "Deployment": (cannot_create_pods.find, scaled_to_zero.find),
    "ReplicaSet": (cannot_create_pods.find, scaled_to_zero.find),
    "StatefulSet": (scaled_to_zero.find, cannot_create_pods.find),
    "DaemonSet": (unschedulable.of_daemon_set, cannot_create_pods.find),
    "Job": (suspended.find, cannot_create_pods.find),
    "CronJob": (suspended.find,),
    "HorizontalPodAutoscaler": (no_metrics.find,),
    "Service": (selector_matches_nothing.find, port_name_unknown.find),
    "PersistentVolumeClaim": (claim_pending.find,),
    "Node": (node_not_ready.find,),
}
#: What is wrong with it when nothing below says more.
LAST: Mapping[str, tuple[Cause, ...]] = {
    "Deployment": (paused.find, deadline_exceeded.find),
    "Service": (no_load_balancer.find, port_not_declared.find, no_selector.find),
    "Job": (job_failed.find,),
}


#: Why what is to go stays: of something that there should be less of, nothing else need be in order.
LINGERS: frozenset[Cause] = frozenset(
    {held_by_finalizer.find, node_not_ready.find, node_not_ready.of_pod, pre_stop.find}
)
#: Pods that are looked at behind one object: two dozen causes are asked of each that is not sound.
MOST = 40


def diagnose(roots: Sequence[Body], evidence: Evidence, *, too_many: bool = False) -> Finding | None:
    """The first broken link behind these objects; None where nothing of what is seen is wrong.

    `too_many`: they are wanted to be fewer, or gone.
    """
    pods = [root for root in roots if root.get("kind") == "Pod"]
    if len(pods) > MOST:
        roots = [*(root for root in roots if root.get("kind") != "Pod"), *_telling(pods)]
    return next((found for root in roots for found in _findings(root, evidence, too_many)), None)


def _findings(one: Body, evidence: Evidence, too_many: bool) -> Iterator[Finding]:
    kind = one.get("kind", "")
    if kind == "Pod" and _is_sound(one):
        return
    causes = (*FIRST.get(kind, ()), held_by_finalizer.find)
    yield from _caused([each for each in causes if not too_many or each in LINGERS], one, evidence)
    for below in BELOW[kind](one, evidence) if kind in BELOW else ():
        yield from _findings(below, evidence, too_many)
    if not too_many:
        yield from _caused(LAST.get(kind, ()), one, evidence)


def _is_sound(pod: Body) -> bool:
    """Whether a pod runs as it should, so that no cause need be looked for: most pods do."""
    return (
        is_ready(pod)
        and "deletionTimestamp" not in pod["metadata"]
        and not any(one.get("restartCount") for one in status(pod).get("containerStatuses") or ())
    )


def _caused(causes: Sequence[Cause], one: Body, evidence: Evidence) -> Iterator[Finding]:
    return (found for cause in causes if (found := cause(one, evidence)))


def _newest(deployment: Body, evidence: Evidence) -> list[Body]:
    """The ReplicaSet of its present template: the older ones have done their work."""
    return evidence.owned(deployment, REPLICA_SET)[:1]


def _jobs(cron_job: Body, evidence: Evidence) -> list[Body]:
    """The Job that it has started last."""
    return evidence.owned(cron_job, JOB)[:1]


def _pods(owner: Body, evidence: Evidence) -> list[Body]:
    return _unready_first(evidence.owned(owner, POD))


def _replicas(replica_set: Body, evidence: Evidence) -> list[Body]:
    """Its pods; those that it has replaced, which have ended, last, and only while some are missing."""
    pods = sorted(evidence.owned(replica_set, POD), key=has_ended)
    if status(replica_set).get("readyReplicas", 0) >= spec(replica_set).get("replicas", 1):
        pods = [pod for pod in pods if not has_ended(pod)]
    return _unready_first(pods)


def _selected(service: Body, evidence: Evidence) -> list[Body]:
    """The pods that a Service selects; without any, the workloads that would make them."""
    pods = selector_matches_nothing.selected(service, evidence)
    return _unready_first(pods) or selector_matches_nothing.workloads(service, evidence)


def _service(endpoints: Body, evidence: Evidence) -> list[Body]:
    """The Service that a slice of endpoints belongs to."""
    name = (endpoints["metadata"].get("labels") or {}).get("kubernetes.io/service-name")
    service = evidence.one(SERVICE, name) if name else None
    return [service] if service else []


def _unready_first(pods: list[Body]) -> list[Body]:
    """A pod that is not ready says more than one that is."""
    return sorted(pods, key=is_ready) if len(pods) <= MOST else _telling(pods)


def _telling(pods: Sequence[Body]) -> list[Body]:
    """Of many the few that say most: what is wrong with hundreds is wrong with the first of them."""

    def all_run(pod: Body) -> bool:
        states = status(pod).get("containerStatuses") or ()
        return bool(states) and all("running" in (one.get("state") or {}) for one in states)

    return sorted(pods, key=lambda pod: (is_ready(pod), all_run(pod)))[:MOST]


BELOW: Mapping[str, Below] = {
    "Deployment": _newest,
    "ReplicaSet": _replicas,
    "StatefulSet": _pods,
    "DaemonSet": _pods,
    "Job": _pods,
    "CronJob": _jobs,
    "Service": _selected,
    "EndpointSlice": _service,
}
