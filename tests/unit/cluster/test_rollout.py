from typing import Any

import pytest

from tutoriallab.cluster.rollout import Rollout, rollout

Json = dict[str, Any]
REVISION = "deployment.kubernetes.io/revision"


def deployment(
    counts: Json | None = None, wanted: int = 2, observed: int = 3, condition: Json | None = None
) -> Json:
    metadata = {"name": "op", "namespace": "system", "generation": 3, "annotations": {REVISION: "2"}}
    conditions = [condition] if condition else []
    told = {"observedGeneration": observed, "conditions": conditions, **(counts or {})}
    return {"metadata": metadata, "spec": {"replicas": wanted}, "status": told}


SETS = [
    {"metadata": {"uid": "old", "annotations": {REVISION: "1"}}},
    {"metadata": {"uid": "new", "annotations": {REVISION: "2"}}},
]


def pod(name: str, of: str = "new", state: Json | None = None, restarts: int = 0, **conditions: str) -> Json:
    metadata = {"name": name, "namespace": "system", "ownerReferences": [{"uid": of}]}
    told = [
        {"type": kind, "status": value, "message": f"{kind} it is not"} for kind, value in conditions.items()
    ]
    status: Json = {"phase": "Pending", "conditions": told}
    if state:
        status["containerStatuses"] = [{"state": state, "restartCount": restarts}]
    return {"metadata": metadata, "status": status}


def waiting(reason: str, message: str = "") -> Json:
    return {"waiting": {"reason": reason, "message": message}}


ALL = {"replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}


def test_it_is_done_when_all_are_new_and_available() -> None:
    assert rollout(deployment(ALL), SETS, []) == Rollout(2, 2, done=True)


@pytest.mark.parametrize(
    "now",
    [
        deployment(ALL, observed=2),
        deployment({**ALL, "replicas": 3}),
        deployment({**ALL, "updatedReplicas": 1}),
        deployment({**ALL, "availableReplicas": 1}),
        deployment(),
    ],
    ids=["a newer template is not seen yet", "an old pod is left", "one is old", "one is not ready", "new"],
)
def test_it_is_not_done_before(now: Json) -> None:
    assert not rollout(now, SETS, []).done


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (pod("op-a", PodScheduled="False"), "pod op-a has no node: PodScheduled it is not"),
        (pod("op-a", state=waiting("ContainerCreating")), "pod op-a: ContainerCreating"),
        (pod("op-a", state={"running": {}}, Ready="False"), "pod op-a runs, and is not ready yet"),
        (pod("op-a"), "pod op-a is Pending"),
        (pod("op-a", state={"running": {}}, Ready="True"), ""),
    ],
)
def test_what_a_pod_waits_for_is_told(one: Json, text: str) -> None:
    assert rollout(deployment(), SETS, [one]).waits_for == text


def test_only_new_pods_that_are_ready_count() -> None:
    pods = [pod("op-a", Ready="True"), pod("op-b"), pod("op-c", "old", Ready="True")]
    assert rollout(deployment(), SETS, pods).ready == 1


def test_why_no_pod_is_made_is_told() -> None:
    refused = {"type": "ReplicaFailure", "status": "True", "message": "exceeded quota"}
    assert rollout(deployment(condition=refused), SETS, []).waits_for == "no pod can be made: exceeded quota"


def test_an_image_that_the_nodes_lack_ends_the_waiting_with_a_way_out() -> None:
    found = rollout(deployment(), SETS, [pod("op-a", state=waiting("ErrImageNeverPull", "not present"))])
    assert found.stuck == "pod op-a: ErrImageNeverPull, not present"
    assert found.way.startswith("load it onto the nodes, or name one")
    assert found.crashed == ""


def test_a_second_crash_is_stuck_and_has_last_words_and_the_first_may_go_by() -> None:
    def crashing(restarts: int) -> Rollout:
        return rollout(
            deployment(), SETS, [pod("op-a", "new", waiting("CrashLoopBackOff", "back-off"), restarts)]
        )

    assert crashing(1).stuck == ""
    assert crashing(2).stuck == "pod op-a: CrashLoopBackOff"
    assert crashing(2).crashed == "op-a"
    assert crashing(2).way == "see kubectl logs -n system op-a --previous"


def test_pods_of_an_older_template_and_those_that_go_do_not_count() -> None:
    going = pod("op-b", state=waiting("ErrImageNeverPull"))
    going["metadata"]["deletionTimestamp"] = "now"
    assert rollout(deployment(), SETS, [pod("op-a", "old", waiting("ImagePullBackOff")), going]).stuck == ""


def test_nobody_waits_for_none() -> None:
    found = rollout(deployment(dict.fromkeys(ALL, 0), wanted=0), SETS, [])
    assert (found.stuck, found.done) == ("it is scaled to 0", False)
    assert found.way == "kubectl scale deployment op --namespace system --replicas=2"
