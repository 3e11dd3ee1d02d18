"""What is installed, read as a reviewer would, and how a failing kubectl is told; a real one: tests/integration."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tutoriallab.cluster.install import OPTED_IN, OUTSIDE, install, manifests
from tutoriallab.lab.kinds import READABLE
from tutoriallab.provision.hasten import LATE
from tutoriallab.provision.marks import (
    COUNTS,
    IN_WORKSPACE,
    LEARNER,
    LEARNERS,
    MANAGED_BY,
    NODE_LEARNER,
    NODE_LEARNERS,
    PROVISIONER,
)
from tutoriallab.provision.order import LAST, rank
from tutoriallab.provision.render import DEFAULT_COUNTS

#: What the operator reads in each workspace as its provisioner, and nowhere else.
CONFIDENTIAL = {"secrets", "configmaps"}
WRITES = {"create", "update", "patch", "delete", "deletecollection"}

FAKE = """#!/bin/sh
case "$*" in
*" token "*) echo a-token ;;
*"config view"*) echo '{"clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:1"}}]}' ;;
*) cat >/dev/null ;;
esac
"""


def objects() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(manifests()))


def role(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(
        one["rules"] for one in objects() if (one["kind"], one["metadata"]["name"]) == ("ClusterRole", name)
    )
    return found


def rights(name: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """(group, resource, verb, resourceNames) of every right of a role."""
    for rule in role(name):
        for group in rule["apiGroups"]:
            for resource in rule["resources"]:
                for verb in rule["verbs"]:
                    yield group, resource, verb, tuple(rule.get("resourceNames", ()))


def plural(kind: str) -> str:
    """Only for the kinds that checks read, as Kubernetes' own are regular."""
    if kind == "Endpoints":
        return "endpoints"
    lower = kind.lower()
    if lower.endswith("y"):
        return lower[:-1] + "ies"
    return lower + ("es" if lower.endswith("s") else "s")


def test_everything_is_there_once() -> None:
    names = [(one["kind"], one["metadata"]["name"]) for one in objects()]
    assert len(set(names)) == len(names)
    assert ("CustomResourceDefinition", "tutoriallabs.tutoriallab.dev") in names
    assert ("ServiceAccount", "tutoriallab-operator") in names


@pytest.mark.parametrize(
    "name",
    [
        "tutoriallab-operator",
        "tutoriallab-provisioner",
        LEARNER,
        "tutoriallab-author",
        IN_WORKSPACE,
        NODE_LEARNER,
    ],
)
def test_no_role_has_a_wildcard_or_may_escalate(name: str) -> None:
    for group, resource, verb, names in rights(name):
        assert "*" not in (group, resource, verb)
        assert verb != "escalate"
        assert resource != "serviceaccounts/token"
        if verb in {"bind", "impersonate"}:
            assert names in {(PROVISIONER,), (IN_WORKSPACE,), (NODE_LEARNER,), (LEARNER,)}


def test_the_operator_itself_reads_nothing_confidential() -> None:
    assert not [right for right in rights("tutoriallab-operator") if right[1] in CONFIDENTIAL]


def test_what_the_operator_writes_on_nodes_and_pods_is_confined_by_policies() -> None:
    writes = {(resource, verb) for _, resource, verb, _ in rights("tutoriallab-operator") if verb in WRITES}
    assert {one for one in writes if one[0] in {"nodes", "pods"}} == {("nodes", "patch"), ("pods", "delete")}
    policies = [
        one["spec"]["matchConstraints"]["resourceRules"][0]
        for one in objects()
        if one["kind"] == "ValidatingAdmissionPolicy"
    ]
    assert any("nodes" in rule["resources"] and "UPDATE" in rule["operations"] for rule in policies)
    assert any("pods" in rule["resources"] and "DELETE" in rule["operations"] for rule in policies)


def test_what_leased_nodes_were_is_written_in_the_operators_own_namespace_alone() -> None:
    (leases,) = [one for one in objects() if one["kind"] == "Role"]
    assert leases["metadata"]["namespace"] == "tutoriallab-system"
    assert [rule["resources"] for rule in leases["rules"]] == [["configmaps"], ["leases"]]


def test_the_operator_writes_only_labs_events_namespaces_and_its_named_objects() -> None:
    free = {
        resource
        for _, resource, verb, names in rights("tutoriallab-operator")
        if verb in WRITES and not names
    }
    labs = {"tutoriallabs", "tutoriallabs/status"}
    assert free == {*labs, "events", "namespaces", "nodes", "pods"}
    named = {names for _, _, verb, names in rights("tutoriallab-operator") if verb in WRITES and names}
    assert named == {(PROVISIONER,), (COUNTS,), (LEARNERS,), (NODE_LEARNERS,)}


def test_the_operator_reads_exactly_the_kinds_that_checks_may_select() -> None:
    listed = {
        (group, resource)
        for group, resource, verb, _ in rights("tutoriallab-operator")
        if verb == "watch" and group not in {"tutoriallab.dev", "apiextensions.k8s.io"}
    }
    readable = {
        (version.rpartition("/")[0], plural(kind))
        for version, kind in READABLE
        if plural(kind) not in CONFIDENTIAL
    }
    assert listed - {("rbac.authorization.k8s.io", "rolebindings")} == readable


def test_a_provisioner_watches_only_what_nobody_reads_in_the_whole_cluster() -> None:
    listed = {resource for _, resource, verb, _ in rights("tutoriallab-provisioner") if verb == "watch"}
    assert listed == CONFIDENTIAL


def test_a_provisioner_deletes_only_what_would_hold_up_its_workspace() -> None:
    deleted = {
        resource for _, resource, verb, _ in rights("tutoriallab-provisioner") if verb.startswith("delete")
    }
    assert deleted == {one.plural for one in LATE}


def test_a_lab_hands_out_no_rights_and_leads_no_traffic_astray() -> None:
    written = {
        (group, resource) for group, resource, verb, _ in rights("tutoriallab-provisioner") if verb in WRITES
    }
    assert not [one for one in written if one[0] == "rbac.authorization.k8s.io"]
    assert not {resource for _, resource in written} & {
        "networkpolicies",
        "endpoints",
        "endpointslices",
        "nodes",
    }


def test_every_kind_that_a_lab_may_provision_has_its_place_in_the_order() -> None:
    kinds = {plural(kind): kind for _, kind in READABLE}
    for _, resource, verb, _ in rights("tutoriallab-provisioner"):
        if verb == "create":
            assert rank({"kind": kinds[resource]}) < LAST


def test_a_learner_gets_no_rights_to_hand_out_and_leads_no_traffic_astray() -> None:
    written = {(group, resource) for group, resource, verb, _ in rights(IN_WORKSPACE) if verb in WRITES}
    assert "rbac.authorization.k8s.io" not in {group for group, _ in written}
    never = {"networkpolicies", "endpoints", "endpointslices", "resourcequotas", "limitranges", "namespaces"}
    assert not {resource for _, resource in written} & never
    assert not [resource for _, resource in written if resource.endswith(("/status", "/token"))]


@pytest.mark.parametrize("name", [PROVISIONER, IN_WORKSPACE])
def test_every_kind_that_may_be_made_in_a_workspace_is_counted(name: str) -> None:
    made = {
        (group, resource)
        for group, resource, verb, _ in rights(name)
        if verb == "create" and "/" not in resource
    }
    uncounted = {
        (group, resource)
        for group, resource in made
        if not {resource, f"count/{resource}", f"count/{resource}.{group}"} & DEFAULT_COUNTS.keys()
    }
    assert uncounted == set()


@pytest.mark.parametrize("name", [LEARNER, "tutoriallab-author", IN_WORKSPACE, NODE_LEARNER])
def test_no_role_for_people_is_aggregated_into_another(name: str) -> None:
    labels = next(one["metadata"].get("labels") or {} for one in objects() if one["metadata"]["name"] == name)
    assert not [label for label in labels if "aggregate-to" in label]


def test_every_policy_is_bound_and_denies() -> None:
    policies = {one["metadata"]["name"] for one in objects() if one["kind"] == "ValidatingAdmissionPolicy"}
    bindings = [one["spec"] for one in objects() if one["kind"] == "ValidatingAdmissionPolicyBinding"]
    assert {one["policyName"] for one in bindings} == policies
    assert all(one["validationActions"] == ["Deny"] for one in bindings)


def test_the_operators_own_namespace_is_none_that_it_may_delete() -> None:
    own = next(one for one in objects() if one["kind"] == "Namespace")
    assert MANAGED_BY not in own["metadata"]["labels"]


def fake(folder: Path, script: str) -> list[str]:
    program = folder / "kubectl"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return [str(program)]


def test_the_operators_kubeconfig_holds_its_token_alone_and_is_private(tmp_path: Path) -> None:
    path = install(fake(tmp_path, FAKE), tmp_path / "operator")
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert written["users"] == [{"name": "tutoriallab-operator", "user": {"token": "a-token"}}]
    assert written["clusters"][0]["cluster"] == {"server": "https://127.0.0.1:1"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_rights_outside_of_workspaces_are_installed_only_on_request() -> None:
    plain = {(one["kind"], one["metadata"]["name"]) for one in objects()}
    asked = {(one["kind"], one["metadata"]["name"]) for one in yaml.safe_load_all(manifests(outside=True))}
    assert asked - plain == {("ClusterRole", OUTSIDE), ("ClusterRoleBinding", OUTSIDE)}
    # The policy that narrows these rights is there first.
    assert OUTSIDE in {
        one["spec"]["policyName"] for one in objects() if one["kind"] == "ValidatingAdmissionPolicyBinding"
    }


def test_kinds_that_are_opted_in_are_listed_and_watched_and_nothing_else() -> None:
    rule = {"apiGroups": ["example.com"], "resources": ["widgets"], "verbs": ["list", "watch"]}
    plain = {(one["kind"], one["metadata"]["name"]) for one in objects()}
    asked = list(yaml.safe_load_all(manifests(reads=[rule])))
    more = [one for one in asked if (one["kind"], one["metadata"]["name"]) not in plain]
    assert [(one["kind"], one["metadata"]["name"]) for one in more] == [
        ("ClusterRole", OPTED_IN),
        ("ClusterRoleBinding", OPTED_IN),
    ]
    assert more[0]["rules"] == [rule]
    assert more[1]["subjects"][0]["name"] == "tutoriallab-operator"
