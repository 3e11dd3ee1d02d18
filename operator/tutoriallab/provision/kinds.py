"""The kinds that provisioning itself reads and writes; every cluster serves them, so no discovery is asked."""

from tutoriallab.kube.resources import Resource

NAMESPACE = Resource("v1", "Namespace", "namespaces", namespaced=False)
SERVICE_ACCOUNT = Resource("v1", "ServiceAccount", "serviceaccounts", namespaced=True)
RESOURCE_QUOTA = Resource("v1", "ResourceQuota", "resourcequotas", namespaced=True)
ROLE_BINDING = Resource("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings", namespaced=True)
CLUSTER_ROLE_BINDING = Resource(
    "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings", namespaced=False
)
#: What takes longest to go when a workspace is deleted.
JOB = Resource("batch/v1", "Job", "jobs", namespaced=True)
POD = Resource("v1", "Pod", "pods", namespaced=True)
CLAIM = Resource("v1", "PersistentVolumeClaim", "persistentvolumeclaims", namespaced=True)
#: Besides Namespaces, what a lab may have its learner make outside of the workspace.
PERSISTENT_VOLUME = Resource("v1", "PersistentVolume", "persistentvolumes", namespaced=False)
STORAGE_CLASS = Resource("storage.k8s.io/v1", "StorageClass", "storageclasses", namespaced=False)
#: What leases are about, and where they are recorded.
NODE = Resource("v1", "Node", "nodes", namespaced=False)
CONFIG_MAP = Resource("v1", "ConfigMap", "configmaps", namespaced=True)
#: What a workspace is made of, besides what its lab provides.
BY_KIND = {one.kind: one for one in (NAMESPACE, SERVICE_ACCOUNT, RESOURCE_QUOTA, ROLE_BINDING)}
