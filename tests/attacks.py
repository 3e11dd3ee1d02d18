"""What somebody tries who may make labs in one namespace: each lab with how it is refused; used by test_trust.py."""

from dataclasses import dataclass
from typing import Any

from builders import Json, check, lab, step
from samples import deployment, plain

#: The namespace whose admin the attacker is.
HOME = "mallory"
CONTAINERS = [{"name": "c", "image": "busybox"}]


@dataclass(frozen=True)
class Attack:
    """A lab, and what the operator must say of it: condition, reason, a part of the message."""

    name: str
    spec: Json
    condition: str
    reason: str
    message: str

    @property
    def lab(self) -> Json:
        """As it is applied."""
        steps = self.spec.get("steps") or [step("first", check(given={}, expect=["true"]))]
        rest = {key: value for key, value in self.spec.items() if key != "steps"}
        return plain(lab(self.name, *steps, namespace=HOME, **rest))


def manifest(kind: str, api_version: str = "v1", name: str = "x", **rest: Any) -> Json:
    """A manifest, as a lab provisions it."""
    return {"apiVersion": api_version, "kind": kind, "metadata": {"name": name}, **rest}


def pod(**spec: Any) -> Json:
    """A pod, as a lab provisions it."""
    return manifest("Pod", spec={"containers": CONTAINERS, **spec})


def _elsewhere() -> Json:
    found = manifest("ConfigMap")
    found["metadata"]["namespace"] = "kube-system"
    return found


def _provisions(name: str, what: Json, reason: str, message: str) -> Attack:
    return Attack(name, {"provision": [what]}, "Provisioned", reason, message)


def _token() -> Json:
    found = manifest("Secret", type="kubernetes.io/service-account-token")
    found["metadata"]["annotations"] = {"kubernetes.io/service-account.name": "tutoriallab-provisioner"}
    return found


RBAC = "rbac.authorization.k8s.io/v1"
MINE = [{"kind": "ServiceAccount", "name": "mallory", "namespace": HOME}]
ALL = [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]
MIGHTY = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"}
NO_KIND = "labs may not provision this kind"
CLUSTER = "is cluster-scoped, and a lab provisions into its workspace alone"
HOST = {"name": "root", "hostPath": {"path": "/"}}
PRIVILEGED = [{**CONTAINERS[0], "securityContext": {"privileged": True}}]

#: What a lab's starting state must not reach.
PROVISIONS = [
    Attack(
        "another-namespace", {"provision": [_elsewhere()]},
        "Accepted", "Invalid", "spec.provision[0].metadata.namespace: leave it out",
    ),
    _provisions("a-namespace", manifest("Namespace", name="kube-more"), "ClusterScoped", CLUSTER),
    _provisions("cluster-role", manifest("ClusterRole", RBAC, rules=ALL), "ClusterScoped", CLUSTER),
    _provisions(
        "cluster-role-binding", manifest("ClusterRoleBinding", RBAC, roleRef=MIGHTY, subjects=MINE),
        "ClusterScoped", CLUSTER,
    ),
    _provisions("a-role", manifest("Role", RBAC, rules=ALL), "Forbidden", NO_KIND),
    _provisions(
        "role-binding", manifest("RoleBinding", RBAC, roleRef=MIGHTY, subjects=MINE), "Forbidden", NO_KIND
    ),
    _provisions(
        "crd", manifest("CustomResourceDefinition", "apiextensions.k8s.io/v1"), "ClusterScoped", CLUSTER
    ),
    _provisions(
        "policy-binding", manifest("ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io/v1"),
        "ClusterScoped", CLUSTER,
    ),
    _provisions(
        "volume", manifest("PersistentVolume", spec={"hostPath": {"path": "/"}}), "ClusterScoped", CLUSTER
    ),
    _provisions("a-node", manifest("Node"), "ClusterScoped", CLUSTER),
    _provisions(
        "network-policy", manifest("NetworkPolicy", "networking.k8s.io/v1", spec={"podSelector": {}}),
        "Forbidden", NO_KIND,
    ),
    _provisions("endpoints", manifest("Endpoints", subsets=[]), "Forbidden", NO_KIND),
    _provisions(
        "slice", manifest("EndpointSlice", "discovery.k8s.io/v1", addressType="IPv4", endpoints=[]),
        "Forbidden", NO_KIND,
    ),
    _provisions("a-lab", manifest("TutorialLab", "tutoriallab.dev/v1alpha1", spec={}), "Forbidden", NO_KIND),
    _provisions("privileged", pod(containers=PRIVILEGED), "Refused", "privileged"),
    _provisions("host-path", pod(volumes=[HOST]), "Refused", "hostPath volumes"),
    _provisions("host-network", pod(hostNetwork=True), "Refused", "host namespaces"),
    _provisions("host-pid", pod(hostPID=True), "Refused", "host namespaces"),
    _provisions(
        "system-priority", pod(priorityClassName="system-node-critical"), "Refused", "no system priority"
    ),
    _provisions(
        "external-ip", manifest("Service", spec={"ports": [{"port": 443}], "externalIPs": ["10.96.0.1"]}),
        "Refused", "no externalIPs",
    ),
    _provisions(
        "provisioner-worn", pod(serviceAccountName="tutoriallab-provisioner"), "Refused",
        "the ServiceAccount tutoriallab-provisioner is the operator's",
    ),
    _provisions(
        "provisioners-token", _token(), "Refused", "the API server does not accept it"
    ),
    _provisions(
        "more-quota", manifest("ResourceQuota", name="tutoriallab-counts", spec={"hard": {"pods": "9999"}}),
        "ReservedName", "names that begin with tutoriallab- belong to the operator",
    ),
    Attack(
        "outside-kube-system", {"outside": [{"apiVersion": "v1", "kind": "Namespace", "name": "kube-system"}]},
        "Accepted", "Invalid", "spec.outside[0].name",
    ),
    Attack(
        "outside-of-somebody", {"outside": [{"apiVersion": "v1", "kind": "Namespace", "name": HOME}]},
        "Provisioned", "OutsideExists", HOME,
    ),
    Attack(
        "privileged-level", {"requires": {"podSecurity": "privileged"}},
        "Provisioned", "PrivilegedNotAllowed", "privileged pods, which this operator does not allow",
    ),
]  # fmt: skip


def reads(name: str, message: str, **given: Any) -> Attack:
    """A lab whose check selects what it must not."""
    peeking = check("peek", given={"x": given}, expect=["size(x) > 0"])
    return Attack(name, {"steps": [step("first", peeking)]}, "Accepted", "Invalid", message)


#: What a lab's checks must not read.
READS = [
    reads("reads-namespaces", "checks read only Namespaces by name that spec.outside has",
          apiVersion="v1", kind="Namespace"),
    reads("reads-roles", f"checks cannot read {RBAC} ClusterRole", apiVersion=RBAC, kind="ClusterRole"),
    reads("reads-labs", "checks cannot read tutoriallab.dev/v1alpha1 TutorialLab",
          apiVersion="tutoriallab.dev/v1alpha1", kind="TutorialLab"),
]  # fmt: skip


def computes(name: str, expression: str, message: str) -> Attack:
    """A lab whose check would cost too much."""
    given = {"pods": {"apiVersion": "v1", "kind": "Pod"}}
    costly = check("costly", given=given, expect=[expression])
    path = f"spec.steps[0].checks[0].expect[0]: {message}"
    return Attack(name, {"steps": [step("first", costly)]}, "Accepted", "Invalid", path)


_NESTED = "pods.all(a, pods.all(b, pods.all(c, pods.all(d, a == b && c == d))))"
_DOUBLED = "[1,1].map(a, [a,a].map(b, [b,b].map(c, [c,c,c] + [c,c,c]))).size() > 0"

#: CEL that would run for ever, or eat memory.
CEL = [
    computes("cel-nested", _NESTED, ""),
    computes("cel-doubling", _DOUBLED, ""),
    computes("cel-concatenation", "pods.map(p, p.metadata.name + p.metadata.name).size() > 0", ""),
    computes("cel-regex", "pods.all(p, p.metadata.name.matches('(a{1,1000}){1,1000}'))", ""),
    computes("cel-deep", "(" * 200 + "true" + ")" * 200, ""),
]


def too_many(count: int) -> Json:
    """A lab that provisions so many objects."""
    provision = [manifest("ConfigMap", name=f"c{i}") for i in range(count)]
    return plain(lab("many", namespace=HOME, provision=provision))


def over_the_quota() -> Json:
    """A lab within the schema's limits whose steps together provision more than a workspace may hold."""
    half = [manifest("ConfigMap", name=f"c{i}") for i in range(90)]
    more = [manifest("ConfigMap", name=f"d{i}") for i in range(90)]
    given = {"one": {"apiVersion": "v1", "kind": "ConfigMap", "name": "c1"}}
    return plain(
        lab("quota", step("first", check(given=given, expect=["true"]), provision=more),
            namespace=HOME, provision=half)
    )  # fmt: skip


def victim(name: str) -> Json:
    """An honest lab."""
    return plain(lab(name, step("first", check("scaled")), provision=[deployment("web")]))
