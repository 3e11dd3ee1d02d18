"""People and programs with rights of their own, as tests of trust need them: a ServiceAccount, its token, kubectl."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from world import Cluster

RBAC = "rbac.authorization.k8s.io/v1"


@dataclass(frozen=True)
class Done:
    """What a kubectl said; `refused` is its error, empty when it was obeyed."""

    said: str
    refused: str


@dataclass(frozen=True)
class Person:
    """Somebody with a token of their own."""

    namespace: str
    name: str
    kubectl_path: Path
    kubeconfig: Path

    @property
    def subject(self) -> dict[str, str]:
        """As bindings name them."""
        return {"kind": "ServiceAccount", "name": self.name, "namespace": self.namespace}

    def tries(self, *arguments: str, stdin: str = "") -> Done:
        """Run kubectl, whatever comes of it."""
        command = [str(self.kubectl_path), "--kubeconfig", str(self.kubeconfig), *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=60)
        # kubectl cordon tells of a refusal and ends with 0 all the same.
        failed = done.returncode or "error: " in done.stderr
        return Done(done.stdout, done.stderr.strip() if failed else "")

    def kubectl(self, *arguments: str, stdin: str = "") -> str:
        """Run kubectl; raises AssertionError when it is refused."""
        done = self.tries(*arguments, stdin=stdin)
        assert not done.refused, f"kubectl {' '.join(arguments)}: {done.refused}"
        return done.said

    def allowed(self, rights: Sequence[tuple[str, str]], namespace: str = "") -> list[tuple[str, str]]:
        """Those of the rights (verb, resource.group/subresource) that they have; the API server is asked as them."""
        asked = [_review(verb, resource, namespace) for verb, resource in rights]
        # Without rights kubectl cannot look up whether the kind is a CRD's, and would not ask at all.
        said = self.kubectl(
            "create", "--validate=false", "-o", "json", "-f", "-", stdin=yaml.safe_dump_all(asked)
        )
        answers = list(_json_documents(said))
        assert len(answers) == len(rights)
        return [right for right, one in zip(rights, answers, strict=True) if one["status"]["allowed"]]

    def may(self, verb: str, resource: str, namespace: str = "") -> bool:
        """Whether they have this one right."""
        return bool(self.allowed([(verb, resource)], namespace))


def _review(verb: str, resource: str, namespace: str) -> dict[str, Any]:
    whole, _, subresource = resource.partition("/")
    name, _, group = whole.partition(".")
    attributes = {"verb": verb, "group": group, "resource": name, "subresource": subresource}
    return {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": {**attributes, "namespace": namespace}},
    }


def _json_documents(text: str) -> Iterator[dict[str, Any]]:
    decoder, at = json.JSONDecoder(), 0
    while at < len(text.rstrip()):
        found, at = decoder.raw_decode(text, at)
        at += len(text[at:]) - len(text[at:].lstrip())
        yield found


def person(cluster: Cluster, folder: Path, namespace: str, name: str) -> Person:
    """A ServiceAccount without any rights, with a kubeconfig of its own; the namespace is made if need be."""
    space = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}
    account = {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {"name": name, "namespace": namespace},
    }
    cluster.kubectl("apply", "-f", "-", stdin=yaml.safe_dump_all([space, account]))
    token = cluster.kubectl("create", "token", name, "-n", namespace, "--duration=2h").strip()
    config: dict[str, Any] = yaml.safe_load(cluster.kubeconfig.read_text(encoding="utf-8"))
    config["users"] = [{"name": name, "user": {"token": token}}]
    for context in config["contexts"]:
        context["context"] |= {"user": name, "namespace": namespace}
    path = folder / f"{namespace}-{name}.kubeconfig"
    path.write_text(json.dumps(config), encoding="utf-8")
    return Person(namespace, name, cluster.kubectl_path, path)


def role_binding(name: str, role: str, namespace: str, *who: Mapping[str, str]) -> dict[str, Any]:
    """A RoleBinding to a ClusterRole."""
    return {
        "apiVersion": RBAC,
        "kind": "RoleBinding",
        "metadata": {"name": name, "namespace": namespace},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [dict(one) for one in who],
    }


def token_of(who: Person) -> str:
    """What stands in their kubeconfig, and what they sign in to the page with."""
    users = yaml.safe_load(who.kubeconfig.read_text(encoding="utf-8"))["users"]
    return str(users[0]["user"]["token"])
