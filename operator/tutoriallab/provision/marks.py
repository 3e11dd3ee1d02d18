"""The labels, annotations and names by which the cluster tells what is ours; called throughout `provision/`.

The policies in `cluster/manifests/confinement.yaml` rest on MANAGED_BY: change both together.
"""

from collections.abc import Mapping
from typing import Any

#: Label of every object that a lab provisions: the lab's name.
LAB = "tutoriallab.dev/lab"
#: Label of a workspace: the namespace in which its lab stands.
LAB_NAMESPACE = "tutoriallab.dev/lab-namespace"
#: Annotation of a workspace: the UID of its lab. It alone says whose the workspace is.
LAB_UID = "tutoriallab.dev/lab-uid"
#: Label of a workspace: the operator may change and delete namespaces that carry it, and no other.
MANAGED_BY = "app.kubernetes.io/managed-by"
#: Its value.
MANAGER = "tutoriallab"

#: Annotation of an object outside of workspaces that a learner made: the UID of the lab with which it is removed.
#: The operator may delete what carries it (`cluster/manifests/confinement-outside.yaml`).
OUTSIDE_OF = "tutoriallab.dev/outside-of"

#: ServiceAccount, RoleBinding and ClusterRole with which a lab's objects are made and its Secrets are read.
PROVISIONER = "tutoriallab-provisioner"
#: ResourceQuota on the number of objects in a workspace.
COUNTS = "tutoriallab-counts"
#: ClusterRole that makes somebody a learner of the labs of a namespace, by a RoleBinding there.
LEARNER = "tutoriallab-learner"
#: ClusterRole that learners hold in workspaces, and the RoleBinding there that says so.
IN_WORKSPACE = "tutoriallab-in-workspace"
LEARNERS = "tutoriallab-learners"
#: ClusterRoleBinding of the learners whose labs have nodes, and its ClusterRole.
NODE_LEARNERS = "tutoriallab-node-learners"
NODE_LEARNER = "tutoriallab-node-learner"
#: Names of the operator's own objects begin with it; no lab may provision such a name.
RESERVED_PREFIX = "tutoriallab-"


def provisioner_user(workspace: str) -> str:
    """The user name of a workspace's provisioner, for the header Impersonate-User."""
    return f"system:serviceaccount:{workspace}:{PROVISIONER}"


def is_workspace_of(namespace: Mapping[str, Any], lab_uid: str) -> bool:
    """Whether this Namespace object was made as the workspace of the lab with this UID."""
    metadata = namespace.get("metadata") or {}
    owner = (metadata.get("annotations") or {}).get(LAB_UID)
    return bool(lab_uid) and owner == lab_uid and (metadata.get("labels") or {}).get(MANAGED_BY) == MANAGER
