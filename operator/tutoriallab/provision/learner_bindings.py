"""Who learns in a namespace, and the bindings that let them work in its labs' workspaces and on leased nodes.

Called by `learners.py`. A learner is a subject of a RoleBinding to the ClusterRole tutoriallab-learner; only somebody
who may `bind` that role can have made it. What is handed on is a role of our own list of rights, never `admin`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from tutoriallab.kube.apply import apply
from tutoriallab.kube.objects import get
from tutoriallab.kube.session import Session
from tutoriallab.lab.model import Manifest
from tutoriallab.provision import marks
from tutoriallab.provision.kinds import CLUSTER_ROLE_BINDING, ROLE_BINDING

Subject = tuple[str, str, str]
"""Kind (User, Group, ServiceAccount), namespace (empty but for a ServiceAccount) and name."""

_RBAC = "rbac.authorization.k8s.io"
#: Part of the fields that we apply alone: what else stands in the ClusterRoleBinding is the installation's.
_FIELD_MANAGER = "tutoriallab-learners"


def learners(bindings: Iterable[Mapping[str, Any]]) -> frozenset[Subject]:
    """The subjects of those of a namespace's RoleBindings that make learners."""
    return frozenset(one for binding in bindings if _makes_learners(binding) for one in subjects(binding))


def subjects(binding: Mapping[str, Any]) -> frozenset[Subject]:
    """The subjects of a RoleBinding or ClusterRoleBinding."""
    return frozenset(
        (one.get("kind", ""), one.get("namespace") or "", one.get("name", ""))
        for one in binding.get("subjects") or ()
    )


def _makes_learners(binding: Mapping[str, Any]) -> bool:
    role = binding.get("roleRef") or {}
    # A Role of that name is none of ours: the namespace's admin may have made it.
    return (role.get("kind"), role.get("name")) == ("ClusterRole", marks.LEARNER)


def workspace_binding(workspace: str, who: Iterable[Subject]) -> Manifest:
    """The RoleBinding that lets these learners work in a workspace; nobody, when there are none."""
    return {
        "apiVersion": f"{_RBAC}/v1",
        "kind": "RoleBinding",
        "metadata": {
            "name": marks.LEARNERS,
            "namespace": workspace,
            "labels": {marks.MANAGED_BY: marks.MANAGER},
        },
        "roleRef": {"apiGroup": _RBAC, "kind": "ClusterRole", "name": marks.IN_WORKSPACE},
        "subjects": _listed(who),
    }


def nodes_binding(who: Iterable[Subject]) -> Manifest:
    """The ClusterRoleBinding that lets these learners change the nodes that their labs have leased."""
    return {
        "apiVersion": f"{_RBAC}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": marks.NODE_LEARNERS},
        "roleRef": {"apiGroup": _RBAC, "kind": "ClusterRole", "name": marks.NODE_LEARNER},
        "subjects": _listed(who),
    }


def _listed(who: Iterable[Subject]) -> list[dict[str, str]]:
    return [
        {"kind": kind, "name": name, **({"namespace": namespace} if namespace else {"apiGroup": _RBAC})}
        for kind, namespace, name in sorted(who)
    ]


async def bind_in_workspace(session: Session, workspace: str, who: Iterable[Subject]) -> None:
    """Let these learners, and no others, work in a workspace; raises ApiError."""
    await apply(session, ROLE_BINDING, workspace_binding(workspace, who))


async def bind_on_nodes(session: Session, who: Iterable[Subject]) -> None:
    """Let these learners, and no others, change leased nodes; raises ApiError."""
    await apply(session, CLUSTER_ROLE_BINDING, nodes_binding(who), manager=_FIELD_MANAGER)


async def bound_on_nodes(session: Session) -> frozenset[Subject]:
    """Whom the cluster lets change leased nodes now; raises ApiError (NotFound: install tutoriallab again)."""
    return subjects(await get(session, CLUSTER_ROLE_BINDING, marks.NODE_LEARNERS))
