"""What is kept of a cluster: nothing confidential, nothing of the machine, the same for the same."""

import json
from typing import Any

from corpus_recording import cluster_of, ended, keep, settled, text_of

Json = dict[str, Any]


def one(kind: str, name: str, namespace: str = "corpus-x", **more: Any) -> Json:
    metadata = {"name": name, "uid": f"uid-of-{kind}-{name}", "resourceVersion": "7", "managedFields": [{}]}
    return {"kind": kind, "metadata": {**metadata, **({"namespace": namespace} if namespace else {})}, **more}


def kept(*objects: Json) -> list[Json]:
    return keep(objects, "corpus-x", "corpus-x-lab")


def test_of_secrets_and_config_maps_only_the_names_are_kept() -> None:
    secret = one("Secret", "db", data={"password": "c29tZXRoaW5n"})
    applied = {
        "kubectl.kubernetes.io/last-applied-configuration": '{"stringData": {"password": "something"}}'
    }
    secret["metadata"]["annotations"] = applied

    text = json.dumps(kept(secret, one("ConfigMap", "settings", data={"a": "b"})))

    assert "password" not in text
    assert '"data"' not in text
    assert '"settings"' in text


def test_what_differs_from_run_to_run_and_what_is_of_the_machine_is_left_out() -> None:
    pod = one("Pod", "web", status={"hostIP": "172.18.0.3", "phase": "Running"})
    node = one("Node", "n1", "", status={"addresses": [{"address": "172.18.0.3"}], "capacity": {"cpu": "4"}})
    event = one("Event", "web.1", source={"host": "n1", "component": "kubelet"}, reportingInstance="k-host")

    text = json.dumps(kept(pod, node, event))

    assert not [word for word in ("172.18", "k-host", "managedFields", "resourceVersion") if word in text]
    assert '"Running"' in text
    assert '"cpu"' in text


def test_objects_of_other_situations_are_left_out() -> None:
    mine = one("PersistentVolume", "mine", "", spec={"claimRef": {"namespace": "corpus-x"}})
    labelled = one("PersistentVolume", "free", "", spec={})
    labelled["metadata"]["labels"] = {"tutoriallab.dev/corpus": "corpus-x"}
    theirs = one("PersistentVolume", "theirs", "", spec={"claimRef": {"namespace": "corpus-y"}})
    certificates = one("ConfigMap", "kube-root-ca.crt")
    elsewhere = one("Pod", "web", "corpus-x-lab")

    found = kept(
        mine,
        labelled,
        theirs,
        certificates,
        elsewhere,
        one("Pod", "a", "corpus-y"),
        one("Namespace", "y", ""),
    )

    assert [each["metadata"]["name"] for each in found] == ["free", "mine", "web"]


def test_uids_become_numbers_and_nodes_of_kind_lose_the_name_of_their_cluster() -> None:
    owner, pod = one("Deployment", "web"), one("Pod", "web-1", spec={"nodeName": "lab-7-worker2"})
    pod["metadata"]["ownerReferences"] = [{"uid": owner["metadata"]["uid"]}]

    text = settled(text_of({"logs": {}, "objects": [owner, pod]}), [pod, owner], "lab-7")
    first, second = json.loads(text)["objects"]

    assert first["metadata"]["uid"] == "00000000-0000-0000-0000-000000000001"
    assert second["metadata"]["ownerReferences"] == [{"uid": first["metadata"]["uid"]}]
    assert second["spec"]["nodeName"] == "kind-worker2"


def test_the_cluster_that_kind_made_is_known_by_its_control_plane() -> None:
    assert cluster_of([one("Node", "a-worker", ""), one("Node", "a-control-plane", "")]) == "a"
    assert cluster_of([one("Node", "worker1", "")]) == ""


def test_containers_that_have_ended_now_or_the_last_time() -> None:
    states = [
        {"name": "now", "state": {"terminated": {}}, "lastState": {"terminated": {}}},
        {"name": "before", "state": {"waiting": {}}, "lastState": {"terminated": {}}},
        {"name": "never", "state": {"running": {}}, "lastState": {}},
    ]
    pod = one("Pod", "web", status={"containerStatuses": states})

    assert list(ended([pod, one("Pod", "new")])) == [("web", "now", False), ("web", "before", True)]
