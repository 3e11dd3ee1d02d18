"""Labs that try to gain more than a workspace of their own; docs/security.md has the table of what was tried.

Mallory is a ServiceAccount with `admin` in one namespace, who may create labs there. Anna is a learner in `academy`.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

from attacks import CEL, HOME, PROVISIONS, READS, Attack, manifest, over_the_quota, too_many, victim
from builders import Json, check, lab, step
from operator_process import eventually
from people import Person
from running_cluster import RunningCluster
from samples import deployment, plain
from world import World

pytestmark = pytest.mark.integration


# Labs ----------------------------------------------------------------------------------------------------------------


def refusal(world: World, name: str, condition: str) -> tuple[str, str, str]:
    """Status, reason and message of a lab's condition, once it is there and says no."""
    eventually(
        lambda: world.condition(name, condition, HOME).get("status") == "False",
        f"{name}: {condition} is False",
        lambda: world.status(name, HOME),
    )
    found = world.condition(name, condition, HOME)
    return found["status"], found["reason"], found["message"]


@pytest.mark.parametrize("attack", [*PROVISIONS, *READS, *CEL], ids=lambda attack: attack.name)
def test_a_lab_that_reaches_beyond_its_workspace_is_refused(
    world: World, mallory: Person, attack: Attack
) -> None:
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(attack.lab))
    _, reason, message = refusal(world, attack.name, attack.condition)
    assert reason == attack.reason
    assert attack.message in message
    world.until_phase(attack.name, "Blocked", "Failed", namespace=HOME)
    mallory.kubectl("delete", "lab", attack.name, "--wait=false")


def test_a_secret_of_another_namespace_is_not_read(world: World, mallory: Person) -> None:
    given = {"x": {"apiVersion": "v1", "kind": "Secret", "name": "s", "namespace": "kube-system"}}
    peeking = plain(
        lab("peek", step("first", check(given=given, expect=["size(x.data) > 0"])), namespace=HOME)
    )
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(peeking))
    told = world.until_phase("peek", "Blocked", "Failed", namespace=HOME)["next"]
    assert "spec.steps[0].checks[0].given.x.namespace" in told
    mallory.kubectl("delete", "lab", "peek", "--wait=false")


def test_a_workload_that_hides_a_privileged_pod_gets_none(world: World, mallory: Person) -> None:
    hidden = deployment("hidden")
    hidden["spec"]["template"]["spec"]["volumes"] = [{"name": "root", "hostPath": {"path": "/"}}]
    mallory.kubectl(
        "create", "-f", "-", stdin=yaml.safe_dump(plain(lab("hiding", namespace=HOME, provision=[hidden])))
    )
    eventually(
        lambda: (
            "violates PodSecurity" in world.kubectl("get", "events", "-n", "mallory-hiding", "-o", "yaml")
        ),
        "the pod is refused",
    )
    assert world.names("pod", "mallory-hiding") == []
    mallory.kubectl("delete", "lab", "hiding", "--wait=false")


def test_a_namespace_of_somebody_else_is_no_workspace_and_survives_the_lab(
    world: World, mallory: Person
) -> None:
    world.kubectl("create", "namespace", "mallory-victim")
    world.kubectl("create", "configmap", "precious", "-n", "mallory-victim")
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(plain(lab("victim", namespace=HOME))))
    assert refusal(world, "victim", "Provisioned")[1:] == (
        "WorkspaceTaken",
        "Namespace mallory-victim exists and is not this lab's: delete it, or give the lab another name",
    )
    mallory.kubectl("delete", "lab", "victim", "--timeout=30s")
    assert "precious" in world.names("configmap", "mallory-victim")
    world.kubectl("delete", "namespace", "mallory-victim", "--wait=false")


def test_the_workspace_of_a_lab_with_a_colliding_name_is_not_shared(world: World, mallory: Person) -> None:
    """Lab mallory-twin of default and lab twin of mallory would have one workspace: who comes second is refused."""
    world.apply(victim("mallory-twin"))
    world.until_phase("mallory-twin", "Active")
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(plain(lab("twin", namespace=HOME))))
    assert refusal(world, "twin", "Provisioned")[1] == "WorkspaceTaken"
    mallory.kubectl("delete", "lab", "twin", "--timeout=30s")
    assert world.names("deployment.apps", "mallory-twin") == ["web"]
    world.discard("mallory-twin")


def test_a_status_that_came_with_a_lab_does_not_count(world: World, mallory: Person) -> None:
    forged = {"phase": "Completed", "workspace": "kube-system", "provisioned": True, "progress": "1/1"}
    body = {**plain(lab("forged", step("first", check()), namespace=HOME)), "status": forged}
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(body))
    status = world.until_phase("forged", "Active", namespace=HOME)
    assert (status["workspace"], status["progress"]) == ("mallory-forged", "0/1")
    patched = mallory.tries("patch", "lab", "forged", "--subresource=status", "--type=merge", "-p", "{}")
    assert 'resource "tutoriallabs/status"' in patched.refused
    mallory.kubectl("delete", "lab", "forged", "--wait=false")


# Too much ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (lab("big", namespace=HOME, title={"en": "x" * 1_000_000}), "spec.title.en: Too long"),
        (lab("big", step("s", task={"en": "x" * 1_000_000}), namespace=HOME), "spec.steps[0].task.en: Too long"),
        (lab("big", step("s", check(expect=["x" * 100_000])), namespace=HOME), "expect[0]: Too long"),
        (lab("big", namespace=HOME, provision=[manifest("ConfigMap", name="../../kube-system/configmaps/x")]),
            "spec.provision[0].metadata.name: Invalid value"),
        (too_many(10_000), "spec.provision: Too many: 10000: must have at most 100 items"),
        (lab("big", *(step(f"s{i}") for i in range(1_000)), namespace=HOME), "spec.steps: Too many"),
    ],
    ids=["a title of 1 MB", "a task of 1 MB", "an expression of 100 kB", "a path for a name", "10,000 objects", "1,000 steps"],
)  # fmt: skip
def test_what_the_schema_can_tell_is_refused_at_apply_with_its_path(
    world: World, mallory: Person, body: Json, told: str
) -> None:
    assert told in mallory.tries("create", "-f", "-", stdin=yaml.safe_dump(plain(body))).refused


def test_steps_that_together_provision_too_much_are_stopped_by_the_quota(
    world: World, mallory: Person
) -> None:
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(over_the_quota()))
    eventually(
        lambda: world.condition("quota", "Provisioned", HOME).get("reason") == "QuotaExceeded",
        "the quota is named",
        lambda: world.status("quota", HOME),
    )
    assert "exceeded quota: tutoriallab-counts" in world.condition("quota", "Provisioned", HOME)["message"]
    mallory.kubectl("delete", "lab", "quota", "--wait=false")


def test_a_learners_thousands_of_objects_are_stopped_by_the_quota(world: World, anna: Person) -> None:
    flood = yaml.safe_dump_all([manifest("ConfigMap", name=f"flood-{i}") for i in range(150)])
    refused = anna.tries("create", "-n", "academy-exam", "-f", "-", stdin=flood).refused
    assert "exceeded quota: tutoriallab-counts, requested: configmaps=1, used: configmaps=100" in refused
    # The cluster's own may have been made in the moment before the quota counted what there is.
    flooded = [name for name in world.names("configmap", "academy-exam") if name != "kube-root-ca.crt"]
    assert len(flooded) in {99, 100}
    anna.kubectl("scale", "deployment", "web", "-n", "academy-exam", "--replicas=10000")
    eventually(lambda: len(world.names("pod", "academy-exam")) > 80, "pods come up")
    time.sleep(1)
    assert len(world.names("pod", "academy-exam")) <= 100
    anna.kubectl("scale", "deployment", "web", "-n", "academy-exam", "--replicas=1")
    anna.kubectl("delete", "configmaps", "-n", "academy-exam", "--all")


# The grader ----------------------------------------------------------------------------------------------------------

#: Accepted, and as costly as accepted expressions are on a hundred large objects.
COSTLY = [
    "cms.all(p, p.data.a.contains('ac') || p.data.a.contains('ad') || p.data.a.contains('ae') || true)",
    "cms == cms",
    "cms.all(p, cms.exists(q, q.metadata.uid == p.metadata.uid))",
    "cms.map(p, p.data.a).size() == 1",
]


def test_the_costliest_checks_hold_up_no_other_lab(world: World, mallory: Person) -> None:
    world.apply(victim("beside"))
    world.until_phase("beside", "Active")
    given = {"cms": {"apiVersion": "v1", "kind": "ConfigMap"}}
    checks = [check(f"c{i}", given=given, expect=[COSTLY[i % len(COSTLY)]]) for i in range(20)]
    objects = [manifest("ConfigMap", name=f"c{i}", data={"a": "ab" * 2_000}) for i in range(90)]
    body = plain(lab("costly", step("first", *checks), namespace=HOME, provision=objects))
    mallory.kubectl("create", "-f", "-", stdin=yaml.safe_dump(body))
    world.until_phase("costly", "Active", namespace=HOME)
    before = memory(world)
    # Every change has all twenty checks judged anew, over ninety objects.
    stir = subprocess.Popen(
        ["sh", "-c", f"for i in $(seq 40); do {mallory.kubectl_path} --kubeconfig {world.cluster.kubeconfig} "
         "-n mallory-costly annotate configmap c1 n=$i --overwrite >/dev/null; done"]
    )  # fmt: skip
    try:
        began = time.monotonic()
        world.kubectl("-n", "beside", "scale", "deployment", "web", "--replicas=2")
        world.until_verdict("beside", "first/scaled", "Failing", "spec.replicas is 2, wanted 3", timeout=10)
        took = time.monotonic() - began
    finally:
        stir.wait(timeout=60)
    print(f"beside costly checks a verdict took {took:.2f} s, kubectl's own time included")
    assert memory(world) - before < 64_000
    mallory.kubectl("delete", "lab", "costly", "--wait=false")
    world.discard("beside")


def memory(world: World) -> int:
    """Resident memory of the operator, in KiB."""
    process = world.operator.process
    assert process is not None
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0])


# Texts ---------------------------------------------------------------------------------------------------------------

ESCAPES = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred \x9b1mbold \u202eflip\u202c [red]markup[/red] [link](javascript:1)"
)


def test_escapes_in_texts_reach_no_terminal(world: World, cluster: RunningCluster, mallory: Person) -> None:
    hostile = {"en": f"Fine {ESCAPES}"}
    asked = check("quiz", says=hostile, given={}, answer={}, expect=["answer == 'x'"])
    body = plain(
        lab("texts", step("s", asked, title=hostile, task=hostile, hints=[hostile]), namespace=HOME,
            title=hostile, debrief=hostile)
    )  # fmt: skip
    mallory.kubectl("create", "-f", "-", stdin=json.dumps(body))
    world.until_phase("texts", "Active", namespace=HOME)
    answer = json.dumps({"spec": {"answers": {"quiz": ESCAPES}}})
    world.kubectl("patch", "lab", "texts", "-n", HOME, "--type=merge", "-p", answer)
    eventually(lambda: "is not the answer" in str(world.checks("texts", HOME)), "it is judged")
    for arguments in (["status", "texts"], ["status", "texts", "-o", "json"], ["hint", "texts"], ["ls"]):
        said = _types(cluster, *arguments, *(["-n", HOME] if len(arguments) > 1 else []))
        assert not [one for one in said if (ord(one) < 32 and one not in "\n\t") or 127 <= ord(one) < 160], (
            arguments
        )
        assert not set(said) & set("\u202e\u202c\u2066\u2069")
    assert "[red]markup[/red]" in _types(cluster, "status", "texts", "-n", HOME)
    mallory.kubectl("delete", "lab", "texts", "--wait=false")


def _types(cluster: RunningCluster, *arguments: str) -> str:
    environment = {"KUBECONFIG": str(cluster.kubeconfig), "TUTORIALLAB_KUBECTL": str(cluster.kubectl_path)}
    return subprocess.run(
        [sys.executable, "-m", "tutoriallab", *arguments],
        env=environment | {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(cluster.kubeconfig.parent)},
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
