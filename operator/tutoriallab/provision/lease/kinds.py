"""The kinds that leases read and write; every cluster serves them, so no discovery is asked."""

from tutoriallab.kube.resources import Resource

NODE = Resource("v1", "Node", "nodes", namespaced=False)
POD = Resource("v1", "Pod", "pods", namespaced=True)
CONFIG_MAP = Resource("v1", "ConfigMap", "configmaps", namespaced=True)
