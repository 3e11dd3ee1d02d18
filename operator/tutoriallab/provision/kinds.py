"""The kinds that a workspace is made of; every cluster serves them, so `workspace.py` asks no discovery."""

from tutoriallab.kube.resources import Resource

NAMESPACE = Resource("v1", "Namespace", "namespaces", namespaced=False)
SERVICE_ACCOUNT = Resource("v1", "ServiceAccount", "serviceaccounts", namespaced=True)
RESOURCE_QUOTA = Resource("v1", "ResourceQuota", "resourcequotas", namespaced=True)
ROLE_BINDING = Resource("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", namespaced=True)
CLUSTER_ROLE_BINDING = Resource(
    "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", namespaced=False
)
BY_KIND = {one.kind: one for one in (NAMESPACE, SERVICE_ACCOUNT, RESOURCE_QUOTA, ROLE_BINDING)}
