"""The rights that the operator's roles give, and which of them a run of all tests has used, by the API server's log.

Called by `rights_run.py`. An RBAC rule is a product of groups, resources, names and verbs; a right is one of it. A
right that nothing used is one that a thief of the operator's token has and nobody else needs.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tutoriallab.cluster import install

MANIFESTS = Path(install.__file__).parent / "manifests"
OPERATOR = "system:serviceaccount:tutoriallab-system:tutoriallab-operator"
PAGE = "system:serviceaccount:tutoriallab-system:tutoriallab-page"
#: A provisioner's user name, whatever its workspace.
PROVISIONER = ":tutoriallab-provisioner"
#: The roles that programs of ours hold, and which; all others are for people.
HELD_BY = {
    "tutoriallab-operator": OPERATOR,
    "tutoriallab-operator-outside": OPERATOR,
    "tutoriallab-operator-extra-kinds": OPERATOR,
    "tutoriallab-leases": OPERATOR,
    "tutoriallab-provisioner": PROVISIONER,
    "tutoriallab-page": PAGE,
}
RBAC = "rbac.authorization.k8s.io"
FORBIDDEN = 403
CREATED = 201


class Right(NamedTuple):
    """One verb on one resource, for one holder; `name` and `namespace` are empty where any will do."""

    holder: str
    group: str
    resource: str
    """With its subresource: tutoriallabs/status."""
    verb: str
    name: str = ""
    namespace: str = ""

    def allows(self, asked: "Right") -> bool:
        """Whether this right is enough for what was asked, as RBAC sees it."""
        return (
            self[:4] == asked[:4]
            and self.name in ("", asked.name)
            and self.namespace in ("", asked.namespace)
        )


@dataclass(frozen=True)
class Rule:
    """A rule of a role: where it stands, counted from 1, and the rights that it gives."""

    file: str
    role: str
    number: int
    rights: tuple[Right, ...]


class Need(NamedTuple):
    """Why a right is needed that no request asks for: what checks it, and the test that fails without it."""

    reason: str
    test: str


_BINDS = "the API server asks for it when a binding to this role is written"
#: Rights that are asked for within other requests, which an audit log does not tell.
WITHIN: Mapping[Right, Need] = {
    Right(OPERATOR, RBAC, "clusterroles", "bind", "tutoriallab-provisioner"): Need(
        _BINDS, "tests/integration/test_life.py::test_a_lab_is_prepared_watched_graded_and_removed"
    ),
    Right(OPERATOR, RBAC, "clusterroles", "bind", "tutoriallab-in-workspace"): Need(
        _BINDS,
        "tests/integration/test_learners.py::test_learners_are_let_in_and_out_while_their_binding_changes",
    ),
    Right(OPERATOR, RBAC, "clusterroles", "bind", "tutoriallab-node-learner"): Need(
        _BINDS,
        "tests/integration/test_trust_people.py::test_the_lab_taints_is_finished_by_a_learner_with_kubectl_alone",
    ),
    Right(OPERATOR, "tutoriallab.dev", "tutoriallabs", "outside"): Need(
        "policies ask for it before the operator touches anything outside of workspaces",
        "tests/integration/test_outside.py::test_what_the_learner_makes_outside_is_graded_and_goes_with_the_lab",
    ),
}


def rules(manifests: Path = MANIFESTS) -> list[Rule]:
    """Every rule of the roles that the operator and the provisioners hold, in the order of files."""
    found: list[Rule] = []
    for file in sorted(manifests.rglob("*.yaml")):
        for one in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            if one["kind"] in {"Role", "ClusterRole"} and one["metadata"]["name"] in HELD_BY:
                found += rules_of(one, str(file.relative_to(manifests)))
    return found


def rules_of(role: Mapping[str, Any], file: str) -> Iterator[Rule]:
    """The rules of one role."""
    metadata = role["metadata"]
    for number, rule in enumerate(role["rules"], start=1):
        rights = tuple(
            Right(HELD_BY[metadata["name"]], group, resource, verb, name, metadata.get("namespace", ""))
            for group in rule["apiGroups"]
            for resource in rule["resources"]
            for verb in rule["verbs"]
            for name in rule.get("resourceNames") or [""]
        )
        yield Rule(file, metadata["name"], number, rights)


def asked(line: str) -> Iterator[Right]:
    """What a line of the log asked for and got. What was refused, be it by a policy, has used nothing."""
    event = json.loads(line)
    place = event.get("objectRef")
    code = event.get("responseStatus", {}).get("code", 0)
    allowed = event.get("annotations", {}).get("authorization.k8s.io/decision") == "allow"
    if not place or not allowed or code == FORBIDDEN:
        return
    user, worn = event["user"]["username"], event.get("impersonatedUser", {}).get("username", "")
    if worn:
        yield _to_wear(user, worn)
    subresource = place.get("subresource", "")
    right = Right(
        holder=PROVISIONER if worn.endswith(PROVISIONER) else worn or user,
        group=place.get("apiGroup", ""),
        resource=place["resource"] + (f"/{subresource}" if subresource else ""),
        verb=event["verb"],
        # Who creates by POST cannot be held to a name, though the log knows it afterwards.
        name="" if event["verb"] == "create" else place.get("name", ""),
        namespace=place.get("namespace", ""),
    )
    yield right
    if right.verb == "patch" and code == CREATED:
        # Server-side apply of what was not there: the API server asks for create as well, with the name.
        yield right._replace(verb="create")


def _to_wear(user: str, worn: str) -> Right:
    """The right to impersonate a ServiceAccount, system:serviceaccount:NAMESPACE:NAME."""
    namespace, _, name = worn.removeprefix("system:serviceaccount:").partition(":")
    return Right(user, "", "serviceaccounts", "impersonate", name, namespace)


def used(given: Iterable[Rule], lines: Iterable[str]) -> set[Right]:
    """The rights that the lines of a log have used."""
    rights = {right for rule in given for right in rule.rights}
    by_verb: dict[tuple[str, ...], list[Right]] = {}
    for right in rights:
        by_verb.setdefault(right[:4], []).append(right)
    seen = {one for line in lines for one in asked(line)}
    return {right for one in seen for right in by_verb.get(one[:4], ()) if right.allows(one)}


def unused(given: Iterable[Rule], seen: set[Right]) -> list[str]:
    """A sentence for each right that nothing used, with its rule and its file."""
    return [
        f"{rule.file}: {rule.role}, rule {rule.number}: nothing used {_told(right)}"
        for rule in given
        for right in rule.rights
        if right not in seen and right not in WITHIN
    ]


def _told(right: Right) -> str:
    group = f".{right.group}" if right.group else ""
    name = f" named {right.name}" if right.name else ""
    return f"`{right.verb}` on {right.resource}{group}{name}"
