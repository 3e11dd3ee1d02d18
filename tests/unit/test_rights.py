"""What the check at the end of a run of all tests rests on: the audit log of a cluster, and the rules of the roles."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from rights import HELD_BY, MANIFESTS, OPERATOR, PROVISIONER, WITHIN, Right, rules, rules_of, unused, used

ROOT = Path(__file__).resolve().parents[2]
WORN = "system:serviceaccount:demo:tutoriallab-provisioner"
OF_PEOPLE = {
    "tutoriallab-learner",
    "tutoriallab-author",
    "tutoriallab-in-workspace",
    "tutoriallab-node-learner",
}


def line(verb: str, resource: str, name: str = "", **changes: Any) -> str:
    """A line of an audit log: the operator asks for something and gets it."""
    group, _, plural = resource.rpartition("/")
    place = {"apiGroup": group, "resource": plural, "name": name, "namespace": "demo"}
    event: dict[str, Any] = {
        "verb": verb,
        "user": {"username": OPERATOR},
        "objectRef": place | changes.pop("place", {}),
        "responseStatus": {"code": changes.pop("code", 200)},
        "annotations": {"authorization.k8s.io/decision": changes.pop("decision", "allow")},
    }
    return json.dumps(event | changes)


def role(*given: dict[str, Any], name: str = "tutoriallab-operator", namespace: str = "") -> Any:
    metadata = {"name": name, **({"namespace": namespace} if namespace else {})}
    return list(rules_of({"metadata": metadata, "rules": list(given)}, "operator.yaml"))


def rule(verbs: list[str], resources: list[str], group: str = "", *names: str) -> dict[str, Any]:
    named = {"resourceNames": list(names)} if names else {}
    return {"apiGroups": [group], "resources": resources, "verbs": verbs, **named}


def never(given: Any, *lines: str) -> list[str]:
    return unused(given, used(given, lines))


def test_a_right_that_nothing_used_is_named_with_its_rule_and_file_and_a_used_one_is_not() -> None:
    given = role(rule(["list", "watch"], ["pods"]), rule(["create"], ["jobs"], "batch"))
    assert never(given, line("list", "pods"), line("watch", "pods")) == [
        "operator.yaml: tutoriallab-operator, rule 2: nothing used `create` on jobs.batch"
    ]


def test_every_verb_of_every_resource_counts_by_itself() -> None:
    given = role(rule(["get", "list"], ["pods", "nodes"]))
    told = never(given, line("get", "pods", "web"), line("list", "nodes"))
    assert [one.partition("`")[2] for one in told] == ["list` on pods", "get` on nodes"]


@pytest.mark.parametrize(
    "other",
    [
        line("list", "apps/pods"),
        line("list", "pods", place={"subresource": "status"}),
        line("list", "pods", code=403),
        line("list", "pods", decision="forbid"),
        line("list", "pods", user={"username": "system:admin"}),
        line("list", "pods", impersonatedUser={"username": WORN}),
        json.dumps({"verb": "get", "user": {"username": OPERATOR}, "requestURI": "/apis"}),
    ],
    ids=["another group", "a subresource", "refused by a policy", "no right", "somebody else", "worn", "no resource"],
)  # fmt: skip
def test_what_is_another_right_or_was_refused_has_used_nothing(other: str) -> None:
    assert len(never(role(rule(["list"], ["pods"])), other)) == 1


def test_an_object_that_is_not_there_or_changed_meanwhile_was_asked_for_all_the_same() -> None:
    given = role(rule(["get", "delete"], ["pods"]))
    assert never(given, line("get", "pods", "web", code=404), line("delete", "pods", "web", code=409)) == []


def test_a_right_on_a_name_is_used_by_that_name_alone() -> None:
    given = role(rule(["get"], ["pods"], "", "web"))
    assert never(given, line("get", "pods", "web")) == []
    assert never(given, line("get", "pods", "other"), line("get", "pods")) == [
        "operator.yaml: tutoriallab-operator, rule 1: nothing used `get` on pods named web"
    ]


def test_a_right_of_a_role_in_a_namespace_is_used_there_alone() -> None:
    given = role(rule(["get"], ["pods"]), name="tutoriallab-leases", namespace="tutoriallab-system")
    assert never(given, line("get", "pods", place={"namespace": "tutoriallab-system"})) == []
    assert len(never(given, line("get", "pods"))) == 1


def test_an_apply_uses_create_only_when_it_made_the_object() -> None:
    given = role(rule(["create", "patch"], ["pods"], "", "web"))
    assert never(given, line("patch", "pods", "web", code=201)) == []
    assert len(never(given, line("patch", "pods", "web"))) == 1


def test_who_posts_cannot_be_held_to_a_name() -> None:
    posted = line("create", "pods", "web", code=201)
    assert never(role(rule(["create"], ["pods"])), posted) == []
    assert len(never(role(rule(["create"], ["pods"], "", "web")), posted)) == 1


def test_a_subresource_is_a_right_of_its_own() -> None:
    given = role(rule(["patch"], ["pods/status"]))
    assert never(given, line("patch", "pods", "web", place={"subresource": "status"})) == []


def test_who_wears_a_provisioner_uses_both_rights() -> None:
    operators = role(rule(["impersonate"], ["serviceaccounts"], "", "tutoriallab-provisioner"))
    provisioners = role(rule(["list"], ["secrets"]), name="tutoriallab-provisioner")
    worn = line("list", "secrets", impersonatedUser={"username": WORN})
    assert never([*operators, *provisioners], worn) == []


# The roles as they are installed ---------------------------------------------------------------------------------------


def test_every_role_is_held_by_a_program_of_ours_or_by_people() -> None:
    roles = {
        one["metadata"]["name"]
        for file in MANIFESTS.rglob("*.yaml")
        for one in yaml.safe_load_all(file.read_text(encoding="utf-8"))
        if one["kind"] in {"Role", "ClusterRole"}
    }
    assert roles == {*HELD_BY, *OF_PEOPLE}
    assert {one.role for one in rules()} == HELD_BY.keys() - {"tutoriallab-operator-extra-kinds"}


def test_no_right_is_given_twice() -> None:
    given = [right for one in rules() for right in one.rights]
    twice = [
        (one, other)
        for number, one in enumerate(given)
        for other in given[number + 1 :]
        if one.allows(other) or other.allows(one)
    ]
    assert twice == []


def test_rights_that_no_request_asks_for_are_given_and_each_has_its_test() -> None:
    given = {right for one in rules() for right in one.rights}
    assert WITHIN.keys() <= given
    # Whatever is asked for by requests is told by them.
    assert {right.verb for right in WITHIN} <= {"bind", "outside"}
    assert [need.test for need in WITHIN.values() if not exists(need.test)] == []


def test_without_any_log_everything_else_is_unused() -> None:
    told = unused(rules(), set())
    assert len(told) == sum(len(one.rights) for one in rules()) - len(WITHIN)
    assert {Right(OPERATOR, "", "nodes", "patch"), Right(PROVISIONER, "", "pods", "create")} <= {
        right for one in rules() for right in one.rights
    }


def exists(test: str) -> bool:
    """Whether there is this test, named as pytest names it."""
    file, _, name = test.partition("::")
    path = ROOT / file
    return path.exists() and bool(
        re.search(rf"^(async )?def {name}\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    )


def commented() -> Iterator[tuple[str, list[str]]]:
    """Every rule of the manifests with the lines of the comment above it."""
    for file in sorted(MANIFESTS.rglob("*.yaml")):
        above: list[str] = []
        for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if text.startswith("- apiGroups:"):
                yield f"{file.name}:{number}", above
            above = [*above, text] if text.startswith("#") else []


def test_every_rule_names_its_feature_and_a_test_that_exists() -> None:
    bare, missing = [], []
    for place, comment in commented():
        tests = [one.removeprefix("# Test: ") for one in comment if one.startswith("# Test: ")]
        if not tests or len(tests) == len(comment):
            bare.append(place)
        missing += [f"{place}: {one}" for one in tests if not exists(one)]
    assert (bare, missing) == ([], [])
    assert len(list(commented())) > len(rules())
